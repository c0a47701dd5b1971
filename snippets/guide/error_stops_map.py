"""One of four tasks fails; all run, and no result comes back."""

import multiprocessing


def set_up(value):
    global count
    count = value


def invert(number):
    with count.get_lock():
        count.value += 1
    return 1 / number


if __name__ == "__main__":
    count = multiprocessing.Value("i", 0)
    with multiprocessing.Pool(2, set_up, [count]) as pool:
        try:
            print(pool.map(invert, [1, 0, 2, 4], chunksize=1))
        except ZeroDivisionError as error:
            print(error)
    print("tasks that ran:", count.value)
