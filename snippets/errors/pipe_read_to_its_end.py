"""The parent reads until the other end is closed."""

import multiprocessing


def count(sending):
    with sending:
        for number in range(2):
            sending.send(number)


if __name__ == "__main__":
    receiving, sending = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.Process(target=count, args=(sending,))
    child.start()
    sending.close()  # or there would be no end
    with receiving:
        while True:
            try:
                print(receiving.recv())
            except EOFError:
                break
    child.join()
    print("end")
