"""Changes an attribute of a class, and one of an instance."""

import multiprocessing


class Price:
    currency = "EUR"

    def __init__(self, amount):
        self.amount = amount


def show(price):
    print(price.amount, price.currency)


if __name__ == "__main__":
    price = Price(10)
    price.amount = 20
    Price.currency = "USD"
    process = multiprocessing.Process(target=show, args=(price,))
    process.start()
    process.join()
