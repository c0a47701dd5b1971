"""Condition: wait until what others change has become true."""

import multiprocessing


def deliver(changed, stock):
    for _ in range(3):
        with changed:
            stock.value += 1
            changed.notify_all()


if __name__ == "__main__":
    changed = multiprocessing.Condition()
    stock = multiprocessing.RawValue("i", 0)
    process = multiprocessing.Process(
        target=deliver, args=(changed, stock)
    )
    process.start()
    with changed:
        changed.wait_for(lambda: stock.value == 3)
        print("in stock:", stock.value)
    process.join()
