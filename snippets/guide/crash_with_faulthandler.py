"""A crash prints no traceback, unless faulthandler is enabled."""

import faulthandler
import multiprocessing
import signal


def crash(number):
    signal.raise_signal(signal.SIGSEGV)


def crash_and_tell(number):
    faulthandler.enable()
    crash(number)


if __name__ == "__main__":
    for target in (crash, crash_and_tell):
        print(target.__name__)
        process = multiprocessing.Process(target=target, args=(1,))
        process.start()
        process.join()
        print("exit code:", process.exitcode)
