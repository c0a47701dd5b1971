"""Each process holds one lock and waits for the other's."""

import multiprocessing


def transfer(first, second, both_hold_one):
    with first:
        both_hold_one.wait()  # the bad moment, made certain
        with second:
            print("transferred")


if __name__ == "__main__":
    ada = multiprocessing.Lock()
    bob = multiprocessing.Lock()
    both_hold_one = multiprocessing.Barrier(3)
    processes = [
        multiprocessing.Process(
            target=transfer, args=(first, second, both_hold_one)
        )
        for first, second in [(ada, bob), (bob, ada)]
    ]
    for process in processes:
        process.start()
    both_hold_one.wait()
    print("Each process holds one lock.")
    for process in processes:
        process.join()
