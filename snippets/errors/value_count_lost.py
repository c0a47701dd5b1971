"""Two processes read the value before either of them writes it."""

import multiprocessing


def add_one(value, both_have_read):
    seen = value.value
    both_have_read.wait()
    value.value = seen + 1


if __name__ == "__main__":
    value = multiprocessing.Value("i", 0)
    barrier = multiprocessing.Barrier(2)
    processes = [
        multiprocessing.Process(
            target=add_one, args=(value, barrier)
        )
        for _ in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(f"expected 2, got {value.value}")
