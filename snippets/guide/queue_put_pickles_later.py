"""An item that does not pickle, sent in three ways."""

import multiprocessing

if __name__ == "__main__":
    receiver, sender = multiprocessing.Pipe(duplex=False)
    simple = multiprocessing.SimpleQueue()
    for send in (sender.send, simple.put):
        try:
            send(lambda: 1)
        except Exception as error:
            print(send.__qualname__, "raised", type(error).__name__)

    queue = multiprocessing.Queue()
    queue.put(lambda: 1)
    queue.put("the next item")
    print("got from the queue:", queue.get())
