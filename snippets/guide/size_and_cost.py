"""What 200,000 numbers cost on their way, in several wrappings."""

import array
import pickle
import time


def milliseconds_and_size(thing):
    start = time.perf_counter()
    data = pickle.dumps(thing)
    pickle.loads(data)
    return (time.perf_counter() - start) * 1000, len(data)


if __name__ == "__main__":
    numbers = range(200_000)
    cost = {}
    for name, thing in {
        "list of dicts": [{"number": number} for number in numbers],
        "list": list(numbers),
        "array": array.array("q", numbers),
        "range": numbers,
    }.items():
        cost[name], size = milliseconds_and_size(thing)
        print(f"{name:13} {size:9,} bytes {cost[name]:8.2f} ms")
    if cost["array"] < cost["list of dicts"]:
        print("The array was quicker than the list of dicts.")
