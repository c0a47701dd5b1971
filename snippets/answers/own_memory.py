"""A child changes a list; its parent does not see the change."""

import multiprocessing

shopping = ["bread"]


def add_milk():
    shopping.append("milk")
    print("child: ", shopping)


if __name__ == "__main__":
    process = multiprocessing.Process(target=add_milk)
    process.start()
    process.join()
    print("parent:", shopping)
