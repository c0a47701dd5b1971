"""The words that a pickle contains."""

import functools
import pickle
import pickletools


class Person:
    species = "human"

    def __init__(self, name):
        self.name = name

    def greet(self, word):
        return f"{word}, {self.name}!"


def words(thing):
    data = pickle.dumps(thing)
    found = [word for _, word, _ in pickletools.genops(data)]
    return [word for word in found if isinstance(word, str)]


if __name__ == "__main__":
    ada = Person("Ada")
    print("function:    ", words(words))
    print("instance:    ", words(ada))
    print("bound method:", words(ada.greet))
    print("partial:     ", words(functools.partial(words, ada)))
