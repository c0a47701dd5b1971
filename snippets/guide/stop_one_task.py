"""Runs a function in a process, for a limited time."""

import multiprocessing
import time


def send_result(sender, function, args):
    sender.send(function(*args))


def run(function, *args, timeout):
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(
        target=send_result, args=(sender, function, args)
    )
    process.start()
    sender.close()
    try:
        if not receiver.poll(timeout):
            process.terminate()
            raise TimeoutError(f"no result after {timeout} s")
        return receiver.recv()
    finally:
        process.join()


if __name__ == "__main__":
    print(run(pow, 2, 10, timeout=30))
    try:
        print(run(time.sleep, 60, timeout=0.5))
    except TimeoutError as error:
        print(repr(error))
