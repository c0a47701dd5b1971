"""Each worker opens a database once, for all its tasks."""

import multiprocessing
import os
import sqlite3


def open_database(factor):
    global database
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE products (value)")
    database.create_function("scale", 1, lambda x: x * factor)


def store(number):
    insert = "INSERT INTO products VALUES (scale(?))"
    row = database.execute(insert, [number]).lastrowid
    return os.getpid(), row


if __name__ == "__main__":
    with multiprocessing.Pool(
        processes=2, initializer=open_database, initargs=(10,)
    ) as pool:
        stored = pool.map(store, range(20), chunksize=1)
    last_rows = dict(stored)
    print("databases, at most two:", len(last_rows) <= 2)
    print("rows in all of them:", sum(last_rows.values()))
