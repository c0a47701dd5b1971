"""Two waits that give up; what they waited for goes on."""

import multiprocessing


def set_up(event):
    global gate
    gate = event


def work():
    gate.wait()
    return "done"


if __name__ == "__main__":
    gate = multiprocessing.Event()

    process = multiprocessing.Process(target=gate.wait)
    process.start()
    process.join(timeout=0.1)
    print("join: alive", process.is_alive())

    with multiprocessing.Pool(1, set_up, [gate]) as pool:
        result = pool.apply_async(work)
        try:
            result.get(timeout=0.1)
        except multiprocessing.TimeoutError as error:
            print("get:", repr(error))
        gate.set()
        print("get:", result.get())
    process.join()
    print("join: alive", process.is_alive())
