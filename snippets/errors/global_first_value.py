"""With which value of a global does a child start?"""

import multiprocessing

counter = 0


def add_one():
    global counter
    print(f"child:  {counter} at first", end=", ")
    counter += 1
    print(f"{counter} at its end")


if __name__ == "__main__":
    counter = 100
    process = multiprocessing.Process(target=add_one)
    process.start()
    process.join()
    print(f"parent: {counter}")
