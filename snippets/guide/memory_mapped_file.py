"""Workers read their parts of one large file through mmap."""

import mmap
import multiprocessing
import pathlib
import tempfile


def count(path, start, stop):
    with open(path, "rb") as file:
        number = file.fileno()
        with mmap.mmap(number, 0, access=mmap.ACCESS_READ) as data:
            return data[start:stop].count(b"1")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "ones")
        path.write_bytes(b"1" * 1_000_000)
        tasks = [(path, 0, 500_000), (path, 500_000, 1_000_000)]
        with multiprocessing.Pool(2) as pool:
            print(pool.starmap(count, tasks))
