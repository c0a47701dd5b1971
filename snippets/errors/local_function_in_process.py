"""The target is defined inside another function."""

import multiprocessing


def main():
    def hello():
        print("Hello from a process!")

    process = multiprocessing.Process(target=hello)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
