"""Value, Array, RawValue, RawArray: numbers, text, slices, structures, locks."""

import ctypes
import multiprocessing
from multiprocessing import sharedctypes


class Point(ctypes.Structure):
    _fields_ = [("x", ctypes.c_double), ("y", ctypes.c_double), ("name", ctypes.c_char * 8)]


class Line(ctypes.Structure):
    _fields_ = [("start", Point), ("codes", ctypes.c_int * 3)]


def caught(call):
    try:
        return call()
    except BaseException as error:
        return type(error).__name__, str(error)


def changes(number, numbers, text, raw, point, points, line):
    number.value *= 2
    for index in range(len(numbers)):
        numbers[index] = -numbers[index]
    text.value = text.value.upper()
    raw[1:3] = [20, 30]
    point.x += 1
    point.name = b"moved"
    for one in points:
        one.y = one.x * 10
    line.start.x = 5
    line.codes[1] = 7


def adds(number, times):
    for _ in range(times):
        with number.get_lock():
            number.value += 1


def joined(target, *args):
    child = multiprocessing.Process(target=target, args=args)
    child.start()
    child.join()
    return child.exitcode


def main():
    number = multiprocessing.Value("i", 21)
    numbers = multiprocessing.Array("d", [1.5, 2.5, 3.5])
    text = multiprocessing.Array("c", b"hello")
    raw = multiprocessing.RawArray("i", 4)
    point = multiprocessing.Value(Point, 1.0, 2.0, b"first")
    points = multiprocessing.Array(Point, [(1, 2), (3, 4)])
    line = multiprocessing.RawValue(Line)
    print(joined(changes, number, numbers, text, raw, point, points, line))
    print(number.value, numbers[:], numbers[0], numbers[-1], numbers[::2], len(numbers), list(numbers))
    print(text.value, text.raw, len(text), raw[:], list(raw), (point.x, point.y, point.name))
    print([(one.x, one.y) for one in points], line.start.x, list(line.codes), line.codes[1])
    print(number, numbers, type(number).__name__, type(numbers).__name__)

    numbers[1] = 9
    numbers[0:2] = [7, 8]
    print(
        numbers[:],
        sum(numbers),
        8.0 in list(numbers),
        caught(lambda: numbers[5]),
        caught(lambda: numbers.__setitem__(5, 1)),
    )
    print(caught(lambda: numbers.__setitem__(0, "text")), caught(lambda: setattr(number, "value", 1.5)))
    print(caught(lambda: multiprocessing.Value("x", 1)))
    number.value = 2**31
    print(number.value)
    flags = [multiprocessing.Value(code, 1).value for code in "bBhHiIlLqQfd"]
    print(flags, multiprocessing.Value("c", b"z").value, multiprocessing.Value(ctypes.c_bool, True).value)
    print(multiprocessing.Value("u", "ü").value)

    counter = multiprocessing.Value("i", 0)
    children = [multiprocessing.Process(target=adds, args=(counter, 30)) for _ in range(2)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    print(counter.value)
    with counter:
        counter.value = 5
    print(counter.get_lock().acquire(), counter.get_lock().release(), counter.get_obj().value)
    plain = multiprocessing.Value("i", 1, lock=False)
    print(hasattr(plain, "get_lock"), plain.value)
    lock = multiprocessing.Lock()
    print(multiprocessing.Value("i", 1, lock=lock).get_lock() is lock)
    print(caught(lambda: multiprocessing.Value("i", 1, lock="no lock")))
    print(
        sharedctypes.copy(point.get_obj()).name,
        multiprocessing.Array("i", 3)[:],
        multiprocessing.Array("i", range(3))[:],
    )
    import pickle

    print(caught(lambda: pickle.dumps(counter)))


if __name__ == "__main__":
    main()
