"""All processes take the locks in the same order."""

import multiprocessing


def transfer(locks, accounts, source, target):
    low, high = sorted((source, target))
    for _ in range(500):
        with locks[low], locks[high]:
            accounts[source] -= 1
            accounts[target] += 1


if __name__ == "__main__":
    locks = [multiprocessing.Lock(), multiprocessing.Lock()]
    accounts = multiprocessing.RawArray("i", [1000, 1000])
    processes = [
        multiprocessing.Process(
            target=transfer, args=(locks, accounts, source, target)
        )
        for source, target in [(0, 1), (1, 0)]
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print("accounts:", list(accounts))
