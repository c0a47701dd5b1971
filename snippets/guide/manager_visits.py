"""Another program: changes a dictionary that a server keeps."""

import sys
from multiprocessing import AuthenticationError
from multiprocessing.managers import BaseManager, DictProxy


class Client(BaseManager):
    pass


Client.register("get_scores", proxytype=DictProxy)

if __name__ == "__main__":
    address = ("127.0.0.1", int(sys.argv[1]))
    key = bytes.fromhex(input())
    try:
        Client(address, authkey=b"a guess").connect()
    except AuthenticationError as error:
        print("wrong key:", error)
    client = Client(address, authkey=key)
    client.connect()
    scores = client.get_scores()
    scores["bob"] = 2
    print("visitor:", scores.copy())
