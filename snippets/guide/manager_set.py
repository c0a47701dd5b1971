"""A shared set: what two workers have seen, without doubles."""

import multiprocessing


def work(seen, words):
    seen.update(words)


if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        seen = manager.set()
        tasks = [(seen, ["ant", "bee"]), (seen, ["bee", "cat"])]
        with multiprocessing.Pool(2) as pool:
            pool.starmap(work, tasks)
        print(sorted(seen.copy()))
