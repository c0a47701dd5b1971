"""No process passes the barrier before all four have met."""

import multiprocessing


def print_number(number, barrier):
    barrier.wait(timeout=30)
    print(f"Number from process: {number}")


if __name__ == "__main__":
    barrier = multiprocessing.Barrier(4)
    processes = []

    for i in range(1, 5):
        process = multiprocessing.Process(
            target=print_number, args=(i, barrier)
        )
        processes.append(process)
        process.start()

    for process in processes:
        process.join()
