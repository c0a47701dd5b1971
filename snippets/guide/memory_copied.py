"""What makes a forked child copy its parent's memory (Linux)."""

import gc
import multiprocessing

SIZE = 150_000


def private():
    with open("/proc/self/smaps_rollup") as lines:
        fields = [line.split() for line in lines]
    kilobytes = [int(f[1]) for f in fields if "Private" in f[0]]
    return sum(kilobytes) / 1000


def child(function, *args):
    before = private()
    function(*args)
    grown = private() - before
    word = "copied" if grown > 5 else "still shared"
    print(f"{grown:4.1f} MB became private: {word}")


def run(what, function, *args):
    print(what, end=": ", flush=True)
    context = multiprocessing.get_context("fork")
    process = context.Process(target=child, args=(function, *args))
    process.start()
    process.join()


def read(items):
    for item in items:
        len(item)


if __name__ == "__main__":
    gc.disable()
    one_object = b"x" * 100 * SIZE
    run("read one large object", read, [one_object])
    objects = [bytes([n % 256]) * 100 for n in range(SIZE)]
    run("read many small ones", read, objects)
    lists = [[n] for n in range(SIZE)]
    run("collect garbage", gc.collect)
    gc.freeze()
    run("the same after gc.freeze()", gc.collect)
