"""A module that says when it is imported."""

print("announced.py is imported.")


def hello():
    print("hello() runs.")
