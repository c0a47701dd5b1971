"""Makes an id under the guard, and hands it to the workers."""

import multiprocessing
import uuid


def work(run_id):
    return run_id


if __name__ == "__main__":
    run_id = uuid.uuid4()
    with multiprocessing.Pool(processes=1) as pool:
        childs_id = pool.apply(work, (run_id,))
    print("The child has the parent's id:", childs_id == run_id)
