"""Task 1 cannot end before the parent opens the gate."""

import multiprocessing


def set_up(event):
    global gate
    gate = event


def work(number):
    if number == 1:
        gate.wait()
    return number


if __name__ == "__main__":
    gate = multiprocessing.Event()
    with multiprocessing.Pool(2, set_up, [gate]) as pool:
        result = pool.apply_async(work, [1])
        print("apply_async has returned, done:", result.ready())
        gate.set()
        print("  result:", result.get())

        gate.clear()
        results = pool.imap(work, [1, 2])
        try:
            results.next(timeout=0.2)
        except multiprocessing.TimeoutError:
            print("imap: nothing yet, 1 comes before 2")
        gate.set()
        print("  results:", list(results))

        gate.clear()
        results = pool.imap_unordered(work, [1, 2])
        print("imap_unordered: first", next(results))
        gate.set()
        print("  then", next(results))
