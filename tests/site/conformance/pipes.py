"""Pipe with its end, connection.wait, Listener and Client."""

import array
import multiprocessing
import time
from multiprocessing import connection


def caught(call):
    try:
        return call()
    except BaseException as error:
        return type(error).__name__, str(error)


def echo(end):
    try:
        while True:
            end.send(end.recv())
    except EOFError:
        print("the child meets the end", flush=True)


def sends(end, *what):
    for one in what:
        end.send(one)
    end.close()


def sleeps(end):
    time.sleep(0.2)
    end.send("late")
    time.sleep(60)


def gets_an_end(end):
    other = end.recv()
    other.send("through the end that was sent")
    other.close()


def serves(listener_is_ready, family):
    with connection.Listener(family=family, authkey=b"key") as listener:
        listener_is_ready.send(listener.address)
        with listener.accept() as link:
            print("asked:", link.recv(), flush=True)
            link.send("answered")


def rejects(listener_is_ready):
    with connection.Listener(authkey=b"another key") as listener:
        listener_is_ready.send(listener.address)
        refused = caught(listener.accept)
        listener_is_ready.recv()
        print("server:", refused, flush=True)


def started(target, *args):
    child = multiprocessing.Process(target=target, args=args)
    child.start()
    return child


def main():
    here, there = multiprocessing.Pipe()
    child = started(echo, there)
    there.close()
    for one in (1, "two", [3], {"four": 4.0}, None, b"x" * 100_000):
        here.send(one)
        print(here.recv() == one)
    print(here.poll(), here.poll(0.01), here.closed, here.readable, here.writable)
    here.close()
    child.join()
    print(child.exitcode)
    print(here.closed, caught(lambda: here.send(1)), caught(here.recv), caught(here.poll))

    reader, writer = multiprocessing.Pipe(duplex=False)
    print(reader.readable, reader.writable, writer.readable, writer.writable)
    print(caught(lambda: reader.send(1)), caught(writer.recv), caught(writer.poll))
    writer.send_bytes(b"0123456789", 2, 3)
    writer.send_bytes(array.array("i", [1, 2]))
    print(reader.recv_bytes(), len(reader.recv_bytes()))
    writer.send_bytes(b"abc")
    buffer = bytearray(5)
    print(reader.recv_bytes_into(buffer, 1), buffer)
    writer.send_bytes(b"too long")
    print(caught(lambda: reader.recv_bytes_into(bytearray(3))))
    writer.send_bytes(b"too long")
    print(caught(lambda: reader.recv_bytes(3)))
    print(caught(lambda: writer.send_bytes(b"abc", 5)), caught(lambda: writer.send_bytes(b"abc", -1)))
    reader.close()
    print(caught(lambda: writer.send(1)))

    with multiprocessing.Pipe()[0] as end:
        print(end.closed)
    print(end.closed)

    pipes = [multiprocessing.Pipe(duplex=False) for _ in range(3)]
    children = [started(sends, writer, number, number + 10) for number, (_, writer) in enumerate(pipes)]
    for _, writer in pipes:
        writer.close()
    readers = [reader for reader, _ in pipes]
    got = []
    while readers:
        for reader in connection.wait(readers):
            try:
                got.append(reader.recv())
            except EOFError:
                readers.remove(reader)
    print(sorted(got))
    for child in children:
        child.join()
    here, there = multiprocessing.Pipe()
    child = started(sleeps, there)
    print(connection.wait([here, child.sentinel], timeout=0.01), connection.wait([], timeout=0.01))
    print(connection.wait([here, child.sentinel]) == [here], here.recv())
    child.terminate()
    there.close()
    ready = connection.wait([child.sentinel])
    print(
        ready == [child.sentinel],
        set(connection.wait([here, child.sentinel], 5)) <= {here, child.sentinel},
        child.join(),
    )

    here, there = multiprocessing.Pipe()
    one, other = multiprocessing.Pipe()
    child = started(gets_an_end, there)
    here.send(other)
    print(one.recv())
    other.close()
    print(caught(one.recv), child.join())

    for family in ("AF_UNIX", "AF_INET"):
        here, there = multiprocessing.Pipe()
        child = started(serves, there, family)
        address = here.recv()
        print(type(address).__name__)
        with connection.Client(address, authkey=b"key") as link:
            link.send("a question")
            print(link.recv(), caught(link.recv))
        child.join()
    here, there = multiprocessing.Pipe()
    child = started(rejects, there)
    print(caught(lambda: connection.Client(here.recv(), authkey=b"a key")))
    here.send(None)
    child.join()


if __name__ == "__main__":
    main()
