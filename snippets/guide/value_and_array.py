"""A number and an array that three processes change."""

import multiprocessing


def work(total, squares, number):
    squares[number] = number * number
    with total.get_lock():
        total.value += number


if __name__ == "__main__":
    total = multiprocessing.Value("i", 0)
    squares = multiprocessing.Array("d", 4)
    processes = [
        multiprocessing.Process(
            target=work, args=(total, squares, number)
        )
        for number in (1, 2, 3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print("total:", total.value)
    print("squares:", squares[:])
