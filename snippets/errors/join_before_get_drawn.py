"""The wrong order, stopped after half a second; the right one."""

import multiprocessing
from time import perf_counter


def produce(queue, told):
    began = perf_counter()
    queue.put("x" * 1_000_000)
    told.put((began, perf_counter()))


def run(group, get_first):
    def row(lane, span, began, ended):
        times = f"{began - zero:.4f}  {ended - zero:.4f}"
        print(f"{group:<14}{lane:<8}{span:<20}{times}")

    queue = multiprocessing.Queue()
    told = multiprocessing.SimpleQueue()
    process = multiprocessing.Process(
        target=produce, args=(queue, told)
    )
    zero = perf_counter()
    process.start()
    began, put = told.get()

    asked = perf_counter()
    if get_first:
        queue.get()
        joining = perf_counter()
        process.join()
    else:
        joining = asked
        process.join(timeout=0.5)
    done = perf_counter()
    stopped = process.is_alive()
    process.terminate()
    process.join()

    row("parent", "starts", zero, asked)
    if get_first:
        row("parent", "get()", asked, joining)
    row("parent", "waits in join()", joining, done)
    row("child", "starts", zero, began)
    row("child", "put()", began, put)
    row("child", "waits for a reader", put, done)
    print(f"{group}: stopped by force: {stopped}")


if __name__ == "__main__":
    run("join() first", get_first=False)
    run("get() first", get_first=True)
