"""Manager: dict, list, Namespace, queues, locks, Value, Array, Pool; a manager of one's own."""

import multiprocessing
import queue
from multiprocessing.managers import BaseManager


class Counter:
    def __init__(self, start=0):
        self.count = start

    def add(self, step=1):
        self.count += step
        return self.count

    def fail(self):
        raise LookupError("the counter fails")


class Own(BaseManager):
    pass


Own.register("Counter", Counter)


def caught(call):
    try:
        return call()
    except BaseException as error:
        return type(error).__name__, str(error).splitlines()[-1:]


def changes(words, numbers, space, lock, value, array, tasks):
    with lock:
        words["child"] = len(words)
        numbers.append(4)
        numbers += [5]
        space.y = space.x + 1
        value.value = 3
        array[0] = 9
        tasks.put("from the child")


def sets(event):
    event.set()


def meets(barrier):
    barrier.wait()


def counts(counter):
    counter.add(10)


def square(x):
    return x * x


def joined(target, *args):
    child = multiprocessing.Process(target=target, args=args)
    child.start()
    child.join()
    return child.exitcode


def main():
    with multiprocessing.Manager() as manager:
        words, numbers, space = manager.dict(one=1), manager.list([1, 2, 3]), manager.Namespace(x=1)
        lock, value, array, tasks = manager.Lock(), manager.Value("i", 0), manager.Array("i", [0, 1]), manager.Queue()
        print(joined(changes, words, numbers, space, lock, value, array, tasks))
        print(words, numbers, space.y, value.value, array, tasks.get())
        print(
            words.copy(),
            dict(words),
            "one" in words,
            len(words),
            sorted(words.keys()),
            sorted(words.items()),
            words.get("none"),
        )
        print(
            numbers[:],
            numbers[0],
            numbers[-2:],
            len(numbers),
            numbers.index(3),
            numbers.pop(),
            sorted(numbers, reverse=True),
        )
        print(words.pop("one"), words.setdefault("two", 2), words.update(three=3), words.popitem(), list(words))
        numbers.sort(reverse=True)
        numbers[0] = "changed"
        del numbers[1]
        print(numbers, numbers.reverse(), numbers.insert(0, 0), numbers.extend([1]), numbers.count(1), numbers)
        print(caught(lambda: words["missing"]), caught(lambda: numbers[99]), caught(lambda: space.z))
        nested = manager.dict({"inner": manager.list([1])})
        nested["inner"].append(2)
        print(nested["inner"], type(nested).__name__, isinstance(nested, multiprocessing.managers.BaseProxy))
        lost = manager.dict({"plain": []})
        lost["plain"].append("is lost")
        print(lost)
        print(space, repr(value), str(array))
        small = manager.Queue(1)
        small.put(1)
        print(
            caught(lambda: small.put_nowait(2))[0],
            small.full(),
            small.get(),
            caught(small.get_nowait)[0],
            queue.Empty.__name__,
        )
        joinable = manager.JoinableQueue()
        joinable.put(1)
        joinable.get()
        print(joinable.task_done(), joinable.join(), caught(joinable.task_done))
        again, semaphore, bounded = manager.RLock(), manager.Semaphore(1), manager.BoundedSemaphore(1)
        print(
            again.acquire(),
            again.acquire(),
            again.release(),
            again.release(),
            semaphore.acquire(),
            semaphore.acquire(False),
        )
        print(caught(bounded.release), lock.acquire(False), lock.acquire(False), lock.release())
        event, condition, barrier = manager.Event(), manager.Condition(), manager.Barrier(2)
        print(event.is_set(), joined(sets, event), event.wait(), event.is_set())
        child = multiprocessing.Process(target=meets, args=(barrier,))
        child.start()
        print(barrier.wait() in (0, 1), child.join(), child.exitcode, barrier.parties)
        with condition:
            print(condition.wait(0.01))
        with manager.Pool(1) as pool:
            print(pool.map(square, range(4)), pool.apply_async(square, (5,)).get())
        keep = manager
    print(caught(lambda: keep.dict())[0], caught(lambda: words["one"])[0])

    with Own() as own:
        counter = own.Counter(5)
        print(counter.add(), joined(counts, counter), counter.add(), caught(counter.fail))
    print(multiprocessing.active_children())


if __name__ == "__main__":
    main()
