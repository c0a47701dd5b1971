"""An object that is rebuilt by opening its file again."""

import multiprocessing


class Source:
    def __init__(self, path):
        self.path = path
        self.file = open(path, encoding="utf-8")

    def __reduce__(self):
        return Source, (self.path,)

    def first_line(self):
        with self.file:
            return self.file.readline().strip()


if __name__ == "__main__":
    source = Source(__file__)
    with multiprocessing.Pool(processes=1) as pool:
        print(pool.apply(source.first_line))
    print("still open here:", not source.file.closed)
    source.file.close()
