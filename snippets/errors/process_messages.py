"""What a Process says when it is used at the wrong moment."""

import multiprocessing


def show(call):
    try:
        call()
    except (AssertionError, ValueError) as error:
        print(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    end = multiprocessing.Event()
    process = multiprocessing.Process(target=end.wait)
    show(process.join)  # before start()
    process.start()
    show(process.start)  # again
    show(process.close)  # before its end
    end.set()
    process.join()
    process.close()
    show(process.is_alive)  # after close()
