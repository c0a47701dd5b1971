"""A context variable is set in the parent and read in the child."""

import contextvars
import multiprocessing

user = contextvars.ContextVar("user", default="nobody")


def show():
    print(f"user: {user.get()}")


if __name__ == "__main__":
    user.set("Ada")
    process = multiprocessing.Process(target=show)
    process.start()
    process.join()
