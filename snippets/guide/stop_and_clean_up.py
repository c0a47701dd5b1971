"""What a process still does when it is stopped."""

import atexit
import multiprocessing
import os
import sys
import time


def work(how, sender):
    sys.stderr = open(os.devnull, "w")  # no traceback here
    atexit.register(sender.send, "atexit")
    try:
        sender.send("begun")
        if how == "sys.exit":
            sys.exit(2)
        if how == "os._exit":
            os._exit(2)
        while how != "return":
            time.sleep(0.1)
    finally:
        sender.send("finally")


def stop(how):
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(
        target=work, args=(how, sender)
    )
    process.start()
    sender.close()
    receiver.recv()
    if hasattr(process, how):
        getattr(process, how)()
    process.join()
    done = []
    try:
        while True:
            done.append(receiver.recv())
    except EOFError:
        code = process.exitcode
        print(f"{how:10}{code:5}  {' '.join(done) or 'nothing'}")


if __name__ == "__main__":
    for how in ("return", "sys.exit", "os._exit", *sys.argv[1:]):
        stop(how)
