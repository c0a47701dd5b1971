"""Contexts, start methods, authentication keys, pickles of what must not be pickled."""

import multiprocessing
import os
import pickle
import sys
import threading


def caught(call):
    try:
        return call()
    except BaseException as error:
        return type(error).__name__, str(error)


def tells(end):
    end.send(
        (
            multiprocessing.get_start_method(),
            __name__,
            sys.argv[0] == __file__,
            bytes(multiprocessing.current_process().authkey),
            os.environ.get("SET"),
        )
    )


def in_threads(end):
    threads = [threading.Thread(target=end.send, args=(number,), name=f"thread-{number}") for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    end.send([thread.is_alive() for thread in threads] + [threading.current_thread().name])


def main():
    print(multiprocessing.get_start_method(), multiprocessing.get_context().get_start_method())
    context = multiprocessing.get_context("spawn")
    print(
        type(context).__name__,
        caught(lambda: multiprocessing.set_start_method("spawn")),
        caught(lambda: context.set_start_method("fork")),
    )
    print(
        caught(lambda: multiprocessing.set_start_method("spawn", force=True)),
        caught(lambda: multiprocessing.get_context("nonsense")),
    )
    print(multiprocessing.freeze_support(), context.Process.__name__, context.Queue().__class__.__name__)
    os.environ["SET"] = "by the parent"
    multiprocessing.current_process().authkey = b"secret"
    here, there = context.Pipe()
    child = context.Process(target=tells, args=(there,))
    child.start()
    print(here.recv(), child.join(), type(child.authkey).__name__)
    child = context.Process(target=in_threads, args=(there,))
    child.start()
    print(sorted([here.recv(), here.recv()]), here.recv(), child.join())
    for one in (
        multiprocessing.Lock(),
        multiprocessing.Queue(),
        multiprocessing.Value("i"),
        multiprocessing.Event(),
        multiprocessing.Process(),
    ):
        print(caught(lambda one=one: pickle.dumps(one)))
    print(
        caught(lambda: pickle.dumps(threading.Lock())),
        caught(lambda: context.Process(target=print, args=(threading.Lock(),)).start()),
    )
    print(
        caught(lambda: multiprocessing.Process(None, None, "name", 5)), caught(lambda: multiprocessing.Process(group=1))
    )
    print(
        multiprocessing.TimeoutError.__mro__[1].__name__,
        issubclass(multiprocessing.AuthenticationError, multiprocessing.ProcessError),
    )


if __name__ == "__main__":
    main()
