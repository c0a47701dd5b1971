"""The worker's function, where a new process can import it."""


def print_hello():
    print("Hello from a process!")
