"""submit, as_completed and map of an executor."""

from concurrent.futures import ProcessPoolExecutor, as_completed


def power(base, exponent):
    return base**exponent


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as executor:
        future = executor.submit(power, 2, exponent=10)
        print("submit:", future.result())

        print("map:", list(executor.map(power, [2, 3], [3, 2])))

        futures = {executor.submit(power, 2, n): n for n in (4, 5)}
        for future in as_completed(futures):
            exponent = futures[future]
            print(f"2 to the {exponent} is {future.result()}")
