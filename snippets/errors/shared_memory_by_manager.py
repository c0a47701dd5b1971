"""The manager removes all that was made with it."""

from multiprocessing import Process, managers


def work(numbers):
    numbers[0] = 1


if __name__ == "__main__":
    with managers.SharedMemoryManager() as manager:
        numbers = manager.ShareableList([0, 0, 0])
        process = Process(target=work, args=(numbers,))
        process.start()
        process.join()
        print("first number:", numbers[0])
