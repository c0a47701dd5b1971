"""join() waits until each item has been reported as done."""

import multiprocessing


def work(tasks, total):
    while True:
        number = tasks.get()
        with total.get_lock():
            total.value += number
        tasks.task_done()


if __name__ == "__main__":
    tasks = multiprocessing.JoinableQueue()
    total = multiprocessing.Value("i", 0)
    for _ in range(2):
        multiprocessing.Process(
            target=work, args=(tasks, total), daemon=True
        ).start()
    for number in range(1, 101):
        tasks.put(number)
    tasks.join()
    print("all done, total:", total.value)
