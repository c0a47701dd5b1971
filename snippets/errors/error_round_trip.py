"""Tests without a pool whether an exception comes back."""

import pickle


class JobError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


if __name__ == "__main__":
    pickled = pickle.dumps(JobError(1, "failed"))
    print("pickled")
    pickle.loads(pickled)
    print("unpickled")
