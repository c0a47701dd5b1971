"""Makes an id at the top level, to name the files of this run."""

import multiprocessing
import uuid

RUN_ID = uuid.uuid4()


def work(parents_id):
    print("The child has the parent's id:", RUN_ID == parents_id)


if __name__ == "__main__":
    process = multiprocessing.Process(target=work, args=(RUN_ID,))
    process.start()
    process.join()
