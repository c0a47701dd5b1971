"""Functions of the standard library in place of small lambdas."""

import functools
import multiprocessing
import operator

if __name__ == "__main__":
    people = [{"name": "Ada"}, {"name": "Alan"}]
    with multiprocessing.Pool(2) as pool:
        print(pool.map(operator.itemgetter("name"), people))
        print(pool.map(functools.partial(pow, 2), [1, 2, 3]))
