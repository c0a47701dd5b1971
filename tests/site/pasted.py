"""What readers paste: messages and whole tracebacks with names, paths, numbers and addresses that no page has."""

# (page, last line)
LINES = [
    ("arguments-refused", "NotImplementedError: pool objects cannot be passed between processes or pickled"),
    ("arguments-refused", "ValueError: Number of processes must be at least 1"),
    ("arguments-refused", "ValueError: cannot find context for 'fork'"),
    ("arguments-refused", "ValueError: semaphore or lock released too many times"),
    ("arguments-refused", "TypeError: 'MapResult' object is not iterable"),
    (
        "bootstrapping-phase",
        "RuntimeError: An attempt has been made to start a new process before the current process has finished its bootstrapping phase.",
    ),
    ("bootstrapping-phase", "ConnectionResetError: [Errno 104] Connection reset by peer"),
    (
        "broken-process-pool",
        "concurrent.futures.process.BrokenProcessPool: A process in the process pool was terminated abruptly while the future was running or pending.",
    ),
    (
        "broken-process-pool",
        "concurrent.futures.process.BrokenProcessPool: A child process terminated abruptly, the process pool is not usable anymore",
    ),
    ("cannot-pickle-thread-lock", "TypeError: cannot pickle '_thread.lock' object"),
    ("cannot-pickle-thread-lock", "TypeError: cannot pickle '_thread.RLock' object"),
    ("cannot-pickle-thread-lock", "TypeError: cannot pickle '_io.TextIOWrapper' object"),
    ("cannot-pickle-thread-lock", "TypeError: cannot pickle 'TextIOWrapper' instances"),
    ("cannot-pickle-thread-lock", "TypeError: cannot pickle 'generator' object"),
    ("cannot-pickle-thread-lock", "TypeError: cannot pickle 'sqlite3.Connection' object"),
    (
        "cant-get-attribute-on-main",
        "AttributeError: Can't get attribute 'fit_model' on <module '__mp_main__' from '/srv/train.py'>",
    ),
    (
        "cant-get-attribute-on-main",
        "AttributeError: Can't get attribute 'scale' on <module '__main__' (<class '_frozen_importlib.BuiltinImporter'>)>",
    ),
    ("cant-get-attribute-on-main", "AttributeError: module '__mp_main__' has no attribute 'fit_model'"),
    ("cant-get-attribute-on-main", "AttributeError: module '__main__' has no attribute 'scale'"),
    (
        "cant-pickle-lambda",
        "_pickle.PicklingError: Can't pickle <function <lambda> at 0x7f2b4c01ad40>: attribute lookup <lambda> on __main__ failed",
    ),
    (
        "cant-pickle-lambda",
        "_pickle.PicklingError: Can't pickle <function <lambda> at 0x10b2c7e20>: it's not found as train.<lambda>",
    ),
    ("cant-pickle-local-object", "AttributeError: Can't pickle local object 'run_all.<locals>.one'"),
    ("cant-pickle-local-object", "AttributeError: Can't get local object 'run_all.<locals>.one'"),
    (
        "cant-pickle-local-object",
        "_pickle.PicklingError: Can't pickle local object <function run_all.<locals>.one at 0x7fd1c2a3e0c0>",
    ),
    ("context-has-already-been-set", "RuntimeError: context has already been set"),
    ("daemonic-processes-children", "AssertionError: daemonic processes are not allowed to have children"),
    ("eof-when-reading-input", "EOFError: EOF when reading a line"),
    (
        "exception-does-not-unpickle",
        "TypeError: HttpError.__init__() missing 2 required positional arguments: 'status' and 'reason'",
    ),
    ("filenotfounderror-semlock-rebuild", "FileNotFoundError: [Errno 2] No such file or directory"),
    (
        "fork-deadlock-with-threads",
        "RuntimeError: Cannot re-initialize CUDA in forked subprocess. To use CUDA with multiprocessing, you must use the 'spawn' start method",
    ),
    (
        "fork-multi-threaded-warning",
        "/usr/lib/python3.12/multiprocessing/popen_fork.py:66: DeprecationWarning: This process (pid=31337) is multi-threaded, use of fork() may lead to deadlocks in the child.",
    ),
    ("function-not-implemented", "OSError: [Errno 38] Function not implemented"),
    (
        "leaked-shared-memory",
        "/usr/lib/python3.11/multiprocessing/resource_tracker.py:254: UserWarning: resource_tracker: There appear to be 12 leaked shared_memory objects to clean up at shutdown",
    ),
    (
        "leaked-shared-memory",
        "UserWarning: resource_tracker: There appear to be 3 leaked shared_memory objects to clean up at shutdown: {'/psm_77ac01d2', '/psm_0e51c3aa', '/psm_a20b77f1'}",
    ),
    (
        "maybe-encoding-error",
        "multiprocessing.pool.MaybeEncodingError: Error sending result: '<generator object scan at 0x7f31aa00b2e0>'. Reason: 'TypeError(\"cannot pickle 'generator' object\")'",
    ),
    ("missing-positional-argument", "TypeError: load_rows() missing 1 required positional argument: 'table'"),
    ("missing-positional-argument", "TypeError: fetch() takes 1 positional argument but 7 were given"),
    ("nameerror-in-worker", "NameError: name 'settings' is not defined"),
    ("other-end-is-gone", "BrokenPipeError: [Errno 32] Broken pipe"),
    ("other-end-is-gone", "ConnectionRefusedError: [Errno 111] Connection refused"),
    ("other-end-is-gone", "multiprocessing.context.AuthenticationError: digest sent was rejected"),
    ("pool-not-running", "ValueError: Pool not running"),
    ("pool-not-running", "ValueError: Pool is still running"),
    ("pool-not-running", "RuntimeError: cannot schedule new futures after shutdown"),
    ("process-at-the-wrong-moment", "AssertionError: can only test a child process"),
    ("process-at-the-wrong-moment", "AssertionError: can only join a started process"),
    ("process-at-the-wrong-moment", "AssertionError: cannot start a process twice"),
    ("process-at-the-wrong-moment", "ValueError: process object is closed"),
    (
        "semlock-fork-context-in-spawn",
        "RuntimeError: A SemLock created in a fork context is being shared with a process in a spawn context. This is not supported. Please use the same context to create multiprocessing objects and Process.",
    ),
    ("shared-memory-destroyed", "FileNotFoundError: [Errno 2] No such file or directory: '/psm_5f02ba9e'"),
    (
        "shared-through-inheritance",
        "RuntimeError: Lock objects should only be shared between processes through inheritance",
    ),
    (
        "shared-through-inheritance",
        "RuntimeError: Queue objects should only be shared between processes through inheritance",
    ),
    (
        "shared-through-inheritance",
        "RuntimeError: Synchronized objects should only be shared between processes through inheritance",
    ),
    ("too-many-open-files", "OSError: [Errno 24] Too many open files: '/var/data/part-0017.csv'"),
    (
        "unclosed-running-pool",
        "/usr/lib/python3.12/multiprocessing/pool.py:268: ResourceWarning: unclosed running multiprocessing pool <multiprocessing.pool.Pool state=RUN pool_size=8>",
    ),
    ("wait-timed-out", "multiprocessing.context.TimeoutError"),
    ("wait-timed-out", "_queue.Empty"),
    ("wait-timed-out", "queue.Full"),
]

REMOTE = '''multiprocessing.pool.RemoteTraceback: 
"""
Traceback (most recent call last):
  File "/usr/lib/python3.12/multiprocessing/pool.py", line 125, in worker
    result = (True, func(*args, **kwds))
                    ^^^^^^^^^^^^^^^^^^^
  File "/srv/etl/run.py", line 31, in convert
    return Row(raw)
TypeError: Row.__init__() missing 1 required positional argument: 'units'
"""

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/srv/etl/run.py", line 58, in <module>
    rows = pool.map(convert, lines)
           ^^^^^^^^^^^^^^^^^^^^^^^^
TypeError: Row.__init__() missing 1 required positional argument: 'units'
'''
CHAINED = """Traceback (most recent call last):
  File "C:\\jobs\\main.py", line 12, in start
    queue.put(lock)
RuntimeError: Lock objects should only be shared between processes through inheritance

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "C:\\jobs\\main.py", line 19, in <module>
    start()
  File "C:\\jobs\\main.py", line 15, in start
    pool.map(work, items)
ValueError: Pool not running
"""
INTERLEAVED = """Process SpawnProcess-2:
Process SpawnProcess-1:
Traceback (most recent call last):
Traceback (most recent call last):
  File "/opt/py/lib/python3.14/multiprocessing/process.py", line 313, in _bootstrap
    self.run()
  File "/opt/py/lib/python3.14/multiprocessing/process.py", line 313, in _bootstrap
    self.run()
    ~~~~~~~~^^
NameError: name 'options' is not defined
    ~~~~~~~~^^
NameError: name 'options' is not defined
"""
SEMLOCK = """Traceback (most recent call last):
  File "<string>", line 1, in <module>
  File "/usr/lib/python3.14/multiprocessing/spawn.py", line 122, in spawn_main
    exitcode = _main(fd, parent_sentinel)
  File "/usr/lib/python3.14/multiprocessing/synchronize.py", line 115, in __setstate__
    self._semlock = _multiprocessing.SemLock._rebuild(*state)
                    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~^^^^^^^^
FileNotFoundError: [Errno 2] No such file or directory
"""
DAEMON = """Traceback (most recent call last):
  File "train.py", line 88, in <module>
    results = pool.map(fit, folds)
  File "/usr/lib/python3.11/multiprocessing/pool.py", line 774, in get
    raise self._value
AssertionError: daemonic processes are not allowed to have children
"""
GUARD = """Traceback (most recent call last):
  File "<string>", line 1, in <module>
  File "C:\\Python311\\Lib\\multiprocessing\\spawn.py", line 122, in spawn_main
    exitcode = _main(fd, parent_sentinel)
  File "C:\\Python311\\Lib\\multiprocessing\\spawn.py", line 131, in _main
    prepare(preparation_data)
  File "C:\\jobs\\sim\\run.py", line 40, in <module>
    worker.start()
  File "C:\\Python311\\Lib\\multiprocessing\\spawn.py", line 140, in _check_not_importing_main
    raise RuntimeError('''
RuntimeError: 
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.

        This probably means that you are not using fork to start your
        child processes and you have forgotten to use the proper idiom
        in the main module:

            if __name__ == '__main__':
                freeze_support()
                ...

        The "freeze_support()" line can be omitted if the program
        is not going to be frozen to produce an executable.
"""
NOTES = """Traceback (most recent call last):
  File "/app/jobs.py", line 77, in <module>
    results = pool.map(score_all, rows)
              ~~~~~~~~^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.14/multiprocessing/pool.py", line 774, in get
    raise self._value
  File "/usr/lib/python3.14/multiprocessing/reduction.py", line 51, in dumps
    cls(buf, protocol).dump(obj)
    ~~~~~~~~~~~~~~~~~~~~~~~^^^^^
_pickle.PicklingError: Can't pickle local object <function build.<locals>.score_all at 0x7f66b0d1c5e0>
when serializing tuple item 0
when serializing tuple item 0
when serializing tuple item 3
"""
LAMBDA = """AttributeError: module 'report' has no attribute '<lambda>'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/report.py", line 9, in <module>
    executor.submit(lambda: 1).result()
_pickle.PicklingError: Can't pickle <function <lambda> at 0x7ffb3c0a1d00>: it's not found as report.<lambda>
when serializing dict item 'fn'
"""
BROKEN = '''concurrent.futures.process._RemoteTraceback: 
"""
Traceback (most recent call last):
  File "/usr/lib/python3.13/concurrent/futures/process.py", line 419, in wait_result_broken_or_wakeup
    result_item = result_reader.recv()
TypeError: ApiError.__init__() missing 1 required positional argument: 'body'
"""

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/srv/crawl.py", line 21, in <module>
    print(future.result())
concurrent.futures.process.BrokenProcessPool: A process in the process pool was terminated abruptly while the future was running or pending.
'''
RESPAWNING = """Process SpawnPoolWorker-41:
Traceback (most recent call last):
  File "/opt/conda/lib/python3.11/multiprocessing/process.py", line 314, in _bootstrap
    self.run()
  File "/opt/conda/lib/python3.11/multiprocessing/pool.py", line 114, in worker
    task = get()
  File "/opt/conda/lib/python3.11/multiprocessing/queues.py", line 367, in get
    return _ForkingPickler.loads(res)
AttributeError: Can't get attribute 'preprocess' on <module '__main__' (built-in)>
Process SpawnPoolWorker-42:
Traceback (most recent call last):
  File "/opt/conda/lib/python3.11/multiprocessing/process.py", line 314, in _bootstrap
    self.run()
  File "/opt/conda/lib/python3.11/multiprocessing/pool.py", line 114, in worker
    task = get()
AttributeError: Can't get attribute 'preprocess' on <module '__main__' (built-in)>
"""
PYTEST = """    def test_sum():
        lock = Lock()
>       assert pool.map(partial(add, lock), [1, 2]) == [2, 3]

tests/test_sum.py:14: 
_ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _
        if not context.get_spawning_popen():
E           RuntimeError: Lock objects should only be shared between processes through inheritance

/usr/lib/python3.12/multiprocessing/context.py:374: RuntimeError
"""
CHILD_OF_LOADER = """Exception ignored in: <function _MultiProcessingDataLoaderIter.__del__ at 0x7f2c4c1b1e50>
Traceback (most recent call last):
  File "/opt/conda/lib/python3.11/site-packages/torch/utils/data/dataloader.py", line 1479, in __del__
    self._shutdown_workers()
  File "/opt/conda/lib/python3.11/multiprocessing/process.py", line 160, in is_alive
    assert self._parent_pid == os.getpid(), 'can only test a child process'
AssertionError: can only test a child process
"""
LOGGED = """2026-03-01 10:22:07,311 ERROR worker failed
Traceback (most recent call last):
  File "/srv/app/tasks.py", line 8, in handle
    name = input("Name? ")
EOFError: EOF when reading a line
"""
INITIALIZER = """Exception in initializer:
Traceback (most recent call last):
  File "/usr/lib/python3.13/concurrent/futures/process.py", line 242, in _process_worker
    initializer(*initargs)
  File "/srv/app/pool.py", line 12, in connect
    settings = load("settings.toml")
KeyError: 'dsn'
Traceback (most recent call last):
  File "/srv/app/pool.py", line 30, in <module>
    print(list(executor.map(fetch, urls)))
concurrent.futures.process.BrokenProcessPool: A process in the process pool was terminated abruptly while the future was running or pending.
"""
INTERRUPTED = """^CProcess ForkPoolWorker-3:
Traceback (most recent call last):
  File "/usr/lib/python3.12/multiprocessing/process.py", line 314, in _bootstrap
    self.run()
  File "/usr/lib/python3.12/multiprocessing/pool.py", line 114, in worker
    task = get()
KeyboardInterrupt
"""
# (page, the whole traceback)
WHOLE = [
    ("bootstrapping-phase", GUARD),
    ("cant-get-attribute-on-main", RESPAWNING),
    ("cant-pickle-lambda", LAMBDA),
    ("cant-pickle-local-object", NOTES),
    ("ctrl-c-hangs", INTERRUPTED),
    ("daemonic-processes-children", DAEMON),
    ("eof-when-reading-input", LOGGED),
    ("exception-does-not-unpickle", BROKEN),
    ("filenotfounderror-semlock-rebuild", SEMLOCK),
    ("initializer-raises-respawns", INITIALIZER),
    ("missing-positional-argument", REMOTE),
    ("nameerror-in-worker", INTERLEAVED),
    ("pool-not-running", CHAINED),
    ("process-at-the-wrong-moment", CHILD_OF_LOADER),
    ("shared-through-inheritance", PYTEST),
]

# (page, what a reader types who has no message)
SYMPTOMS = [
    ("apply-async-error-vanishes", "apply_async error vanishes"),
    ("chunksize-1-is-slow", "imap slow chunksize"),
    ("executor-timeout-waits", "executor timeout still waits"),
    ("global-unchanged-in-parent", "global variable not changed child process"),
    ("imap-runs-ahead", "imap memory"),
    ("initializer-raises-respawns", "initializer raises"),
    ("join-hangs-after-queue-put", "join hangs queue put"),
    ("large-argument-is-slow", "large argument slow"),
    ("logs-vanish", "log messages workers vanish"),
    ("manager-nested-change-lost", "manager dict nested change lost"),
    ("output-order-varies", "output different order"),
    ("pool-exits-before-work-is-done", "with pool apply_async no work done"),
    ("pool-hangs-worker-killed", "pool hangs worker killed"),
    ("same-random-numbers", "same random numbers workers"),
    ("slower-than-a-loop", "multiprocessing slower than loop"),
    ("too-many-blas-threads", "numpy slow pool blas threads"),
    ("value-increment-loses-counts", "value increment loses counts"),
]
