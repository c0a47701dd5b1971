"""Three figures for one forked child (Linux)."""

import multiprocessing


def megabytes(*names):
    with open("/proc/self/smaps_rollup") as lines:
        fields = [line.split() for line in lines]
    kilobytes = [int(f[1]) for f in fields if f[0] in names]
    return sum(kilobytes) / 1000


def child(data):
    rss = megabytes("Rss:")
    pss = megabytes("Pss:")
    private = megabytes("Private_Clean:", "Private_Dirty:")
    print(f"Rss {rss:.0f} MB, Pss {pss:.0f} MB", end=", ")
    print(f"private {private:.0f} MB")
    if private + len(data) / 1e6 < rss:
        print("The data counts in Rss, and is not private.")


if __name__ == "__main__":
    data = b"x" * 50_000_000
    context = multiprocessing.get_context("fork")
    process = context.Process(target=child, args=(data,))
    process.start()
    process.join()
