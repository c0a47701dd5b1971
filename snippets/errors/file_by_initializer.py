"""Each worker opens the file itself, once."""

import multiprocessing


def open_file(path):
    global file
    file = open(path, encoding="utf-8")


def first_line(number):
    file.seek(0)
    return number, file.readline().strip()


if __name__ == "__main__":
    with multiprocessing.Pool(
        2, initializer=open_file, initargs=[__file__]
    ) as pool:
        print(*pool.map(first_line, [1, 2]), sep="\n")
