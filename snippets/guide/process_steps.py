"""Where each method of a process runs."""

import multiprocessing


class Steps(multiprocessing.Process):
    def __init__(self, number):
        super().__init__()
        self.number = number
        self.tell("__init__")

    def start(self):
        self.tell("start")
        super().start()

    def run(self):
        self.number += 1
        self.tell("run")

    def tell(self, method):
        where = multiprocessing.current_process().name
        print(f"{method} in {where}, number {self.number}")


if __name__ == "__main__":
    process = Steps(number=1)
    process.start()
    process.join()
    process.tell("at the end")
    process.run()
