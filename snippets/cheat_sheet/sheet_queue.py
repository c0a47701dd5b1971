"""Tasks in, results out; None is the end."""

from multiprocessing import Process, Queue


def work(tasks, results):
    for x in iter(tasks.get, None):
        results.put(x * x)


if __name__ == "__main__":
    tasks, results = Queue(), Queue()
    args = (tasks, results)
    child = Process(target=work, args=args)
    child.start()
    for x in [1, 2, 3, None]:
        tasks.put(x)
    for _ in range(3):  # take all, then join
        print(results.get(timeout=20))
    child.join()
