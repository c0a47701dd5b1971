"""The parent closes its copy of the child's end: EOFError comes."""

import multiprocessing


def send(sender):
    sender.send("the only item")
    sender.close()


if __name__ == "__main__":
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=send, args=(sender,))
    process.start()
    sender.close()
    try:
        while True:
            print(receiver.recv())
    except EOFError:
        print("end of the data")
    process.join()
