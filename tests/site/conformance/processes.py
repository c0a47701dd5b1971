"""Process: how it starts, what it knows of itself, and every way in which it ends."""

import multiprocessing
import os
import signal
import sys
import time
from multiprocessing import connection


class Greeter(multiprocessing.Process):
    def __init__(self, word):
        super().__init__(name="greeter")
        self.word = word

    def run(self):
        me = multiprocessing.current_process()
        print(self.word, me.name, me is not None, me.daemon, os.getpid() == me.pid, flush=True)
        print(multiprocessing.parent_process().pid == os.getppid(), multiprocessing.parent_process().name, flush=True)


def nothing():
    pass


def says(*words, **named):
    print(*words, sorted(named.items()), flush=True)


def leaves(how):
    if how == "os._exit":
        os._exit(4)
    sys.exit(how)


def nested():
    child = multiprocessing.Process(target=says, args=("a grandchild",))
    child.start()
    child.join()
    print("its name:", child.name, child.exitcode, flush=True)


def daemonic():
    try:
        multiprocessing.Process(target=nothing).start()
    except AssertionError as error:
        print("AssertionError:", error, flush=True)


def starts_one_that_stays(end):
    child = multiprocessing.Process(target=time.sleep, args=(60,), daemon=True)
    child.start()
    end.send(child.is_alive())


def handles(end):
    caught = []
    signal.signal(signal.SIGTERM, lambda number, frame: caught.append(signal.Signals(number).name))
    end.send("ready")
    while not caught:
        time.sleep(0.05)
    end.send(caught)


def ignores(end):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    end.send("ready")
    end.recv()
    print("goes on after SIGTERM", flush=True)
    time.sleep(60)


def interrupted(end):
    try:
        end.send("ready")
        time.sleep(60)
    except KeyboardInterrupt:
        print("KeyboardInterrupt", flush=True)


def cleans_up(end):
    try:
        end.send("ready")
        time.sleep(60)
    finally:
        print("finally", flush=True)


def with_end(target, name=None):
    here, there = multiprocessing.Pipe()
    child = multiprocessing.Process(target=target, args=(there,), name=name)
    child.start()
    print(name or target.__name__, here.recv(), flush=True)
    return child, here


def ended(child):
    child.join()
    return child.exitcode


def main():
    print(
        multiprocessing.current_process().name,
        multiprocessing.parent_process(),
        multiprocessing.cpu_count() == os.cpu_count(),
    )
    greeter = Greeter("hello")
    print(greeter.exitcode, greeter.pid, greeter.is_alive(), greeter.name)
    try:
        greeter.join()
    except AssertionError as error:
        print("AssertionError:", error)
    greeter.start()
    print(ended(greeter), greeter.is_alive())
    try:
        greeter.start()
    except AssertionError as error:
        print("AssertionError:", error)

    keywords = multiprocessing.Process(target=says, args=(1, "two"), kwargs={"three": 3})
    keywords.start()
    print(ended(keywords))
    nest = multiprocessing.Process(target=nested)
    nest.start()
    print(ended(nest), nest.name)
    child = multiprocessing.Process(target=daemonic, daemon=True)
    child.start()
    print(child.daemon, ended(child))
    child, here = with_end(starts_one_that_stays)
    print(ended(child))

    for how in (None, 0, 3, 300, -1, "os._exit", True):
        child = multiprocessing.Process(target=leaves, args=(how,))
        child.start()
        print("sys.exit", how, "gives", ended(child), flush=True)
    child = multiprocessing.Process(target=leaves, args=("a message",))
    child.start()
    print("sys.exit with a message gives", ended(child), flush=True)

    for way in ("terminate", "kill"):
        child = multiprocessing.Process(target=time.sleep, args=(60,))
        child.start()
        print(child.is_alive(), connection.wait([child.sentinel], timeout=0), child.join(0), child.exitcode)
        getattr(child, way)()
        print(connection.wait([child.sentinel]) == [child.sentinel])
        print(way, ended(child), child.is_alive(), child.exitcode)
    child.terminate()  # of an ended one: nothing happens

    child, here = with_end(handles)
    child.terminate()
    print(here.recv(), ended(child))
    child, here = with_end(ignores)
    child.terminate()
    here.send(None)
    child.join(0.5)
    print(child.exitcode)
    child.kill()
    print(ended(child))
    child, here = with_end(interrupted)
    os.kill(child.pid, signal.SIGINT)
    print(ended(child))
    child = multiprocessing.Process(target=os.abort)
    child.start()
    print("aborted:", ended(child))
    child, here = with_end(cleans_up)
    child.terminate()
    print("no finally:", ended(child))

    child = multiprocessing.Process(target=time.sleep, args=(60,), name="sleeper")
    child.start()
    print([one.name for one in multiprocessing.active_children()])
    try:
        child.close()
    except ValueError as error:
        print("ValueError:", error)
    child.kill()
    child.join()
    print(multiprocessing.active_children())
    child.close()
    for use in ("is_alive", "join", "exitcode", "terminate"):
        try:
            attribute = getattr(child, use)
            print(attribute() if callable(attribute) else attribute)
        except ValueError as error:
            print(use, "ValueError:", error)
    print(repr(child).replace(f"parent={os.getpid()}", "parent=me"))
    multiprocessing.Process(target=says, args=("joined at the end",)).start()
    multiprocessing.Process(target=time.sleep, args=(60,), daemon=True).start()


if __name__ == "__main__":
    main()
