"""The parent keeps its copy of the child's end: no EOFError."""

import multiprocessing


def send(sender):
    sender.send("the only item")
    sender.close()


if __name__ == "__main__":
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=send, args=(sender,))
    process.start()
    try:
        while True:
            print(receiver.recv())
    except EOFError:
        print("end of the data")
    process.join()
