"""An object of an own class, kept in one process, used by all."""

import multiprocessing
import threading
from multiprocessing.managers import BaseManager


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.lock = threading.Lock()

    def deposit(self, amount):
        with self.lock:
            self.balance += amount

    def read(self):
        return self.balance


class Bank(BaseManager):
    pass


Bank.register("Account", Account)

if __name__ == "__main__":
    with Bank() as bank:
        account = bank.Account(100)
        with multiprocessing.Pool(2) as pool:
            pool.map(account.deposit, [1] * 50)
        print("balance:", account.read())
        try:
            account.balance
        except AttributeError as error:
            print("AttributeError:", error)
