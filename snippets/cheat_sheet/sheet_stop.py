"""Ask a process to stop, then make it."""

from multiprocessing import Event, Process


def work(stop):
    while not stop.wait(timeout=0.1):
        pass  # a step of the work


if __name__ == "__main__":
    stop = Event()
    child = Process(target=work, args=(stop,))
    child.start()
    stop.set()
    child.join(timeout=20)
    if child.is_alive():
        child.terminate()  # or kill()
        child.join()
    print("exit code", child.exitcode)
