"""Runs in the page: programs of one answer, two processes at the same time, and Stop.

in_the_page.py runs the programs of all pages, test_live_confined.py those that want out.
"""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from ..live import Ran, in_page, ran_so_far, run, verdicts
from .conftest import ROOT

PAGE = "answers/create-a-process/"
GUARD = 'if __name__ == "__main__":\n'

START = in_page("begin")
RESULT = "async () => { await window.ended; return window.result(); }"


@pytest.fixture(scope="module")
def context(browser: Browser, address: str):
    """One for all: what a first visit keeps, the next page finds."""
    with_storage = browser.new_context()
    yield with_storage
    with_storage.close()


@pytest.fixture
def page(context: BrowserContext, address: str):
    page = context.new_page()
    page.goto(address + PAGE)
    yield page
    page.close()


def program(page: Page, source: str, *args: str) -> Ran:
    """Runs this source, which ends by itself."""
    page.evaluate(START, [source, list(args)])
    return result(page)


def result(page: Page) -> Ran:
    got = page.evaluate(RESULT)
    return ran_so_far(got | {"running": False, "said": page.locator(".live-status").inner_text()})


def until(page: Page, text: str) -> None:
    """Waits until the program has printed this."""
    page.wait_for_function("text => (window.result?.()?.stdout ?? '').includes(text)", arg=text, timeout=240_000)


def test_the_programs_of_an_answer_print_what_their_transcripts_show(context, address):
    page = context.new_page()
    found = list(verdicts(page, address, ROOT / "docs/answers/create-a-process.md"))
    page.close()
    assert [f"{one.program}: {one.why}" for one in found if one.outcome == "differs"] == []
    assert [one.outcome for one in found].count("runs") > 5


def test_nothing_is_loaded_before_a_click(browser, address):
    context = browser.new_context()
    page = context.new_page()
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address + PAGE, wait_until="networkidle")
    assert page.locator(".run").count() > 5
    assert [url for url in requests if "/run/" in url or "pyodide" in url] == []
    context.close()


def test_a_run_asks_nothing_of_other_hosts(context, address):
    page = context.new_page()
    requests = []
    context.on("request", lambda request: requests.append(request.url))
    page.goto(address + PAGE)
    assert run(page, "hello_process.py").output == "Hello from a process!\n"
    page.close()
    assert [url for url in requests if not url.startswith((address, "blob:", "data:"))] == []
    assert any("pyodide" in url for url in requests)


# Neither task can end before the other has begun, and no clock is asked.
MEET = (
    "import multiprocessing\n\ndef meet(barrier):\n    print(sorted((barrier.wait(), 0)) != [], flush=True)\n\n"
    + GUARD
    + "    barrier = multiprocessing.Barrier(2)\n"
    + "    both = [multiprocessing.Process(target=meet, args=(barrier,)) for _ in range(2)]\n"
    + "    for one in both: one.start()\n    for one in both: one.join()\n    print([one.exitcode for one in both])\n"
)
# Each computes without a pause until it sees what the other wrote: one after the other, they would never end.
COMPUTE = (
    "import multiprocessing\n\ndef look(mine, other):\n    mine.value = 1\n    looks = 0\n"
    "    while not other.value:\n        looks += 1\n\n"
    + GUARD
    + "    a, b = (multiprocessing.Value('i', 0, lock=False) for _ in range(2))\n"
    + "    both = [multiprocessing.Process(target=look, args=pair) for pair in ((a, b), (b, a))]\n"
    + "    for one in both: one.start()\n    for one in both: one.join()\n    print('both ended')\n"
)


def test_two_processes_run_at_the_same_time(page):
    assert program(page, MEET).output == "True\nTrue\n[0, 0]\n"


def test_two_processes_compute_at_the_same_time(page):
    assert program(page, COMPUTE).output == "both ended\n"


# -- Stop --------------------------------------------------------------------------------------------------------

NEVER_ENDING = {
    "an endless loop": 'print("begun", flush=True)\nwhile True: pass\n',
    "a loop in a child": (
        "import multiprocessing\n\ndef loop():\n    print('begun', flush=True)\n    while True: pass\n\n"
    )
    + GUARD
    + "    multiprocessing.Process(target=loop).start()\n",
    "a deadlock": (
        "import multiprocessing\nlock = multiprocessing.Lock()\nlock.acquire()\n"
        "print('begun', flush=True)\nlock.acquire()\n"
    ),
    "a sleep": "import time\nprint('begun', flush=True)\ntime.sleep(1000)\n",
    "a thread that is waited for": "import threading\nprint('begun', flush=True)\nthreading.Event().wait()\n",
}


@pytest.mark.parametrize("source", NEVER_ENDING.values(), ids=NEVER_ENDING)
def test_stop_ends_it(page, source):
    page.evaluate(START, [source, []])
    until(page, "begun")
    page.evaluate("window.stop()")
    stopped = result(page)
    assert stopped.said.startswith("Stopped") and stopped.status == -15
    assert program(page, "print('and the next one runs')").output == "and the next one runs\n"


@pytest.mark.parametrize("stage", ["Loading", "Starting", "Running"])
def test_stop_at_every_stage_of_a_first_visit(browser, address, stage):
    context = browser.new_context()
    page = context.new_page()
    held = []
    if stage == "Loading":
        page.route("**/python_stdlib.zip", lambda route: held.append(route))  # it does not come
    page.goto(address + PAGE)
    page.evaluate(START, ["print('begun')\nwhile True: pass\n", []])
    page.wait_for_function(
        "stage => document.querySelector('.live-status')?.textContent.startsWith(stage)", arg=stage, timeout=240_000
    )
    page.evaluate("window.stop()")
    assert page.locator(".live-status").inner_text().startswith("Stopped")
    assert page.locator(".run").first.inner_text() == "Run"
    for route in held:
        route.continue_()
    assert program(page, "print('and the next one runs')").output == "and the next one runs\n"
    context.close()


def test_two_runs_in_quick_succession(page):
    """The second click on Run takes the place of the first."""
    page.evaluate(START, ["print('first')\nwhile True: pass\n", []])
    assert program(page, "print('second')").output == "second\n"
    assert page.locator(".run.running").count() == 0


FLOOD = (
    "from multiprocessing_workers import kernel\nhandle = kernel.call('semaphore', 0, 1, 'flood')\n"
    "print('begun', flush=True)\nwhile True: kernel.tell('release', handle)\n"
)


@pytest.mark.parametrize("by", ["click", "key"])
def test_stop_acts_within_the_click(page, by):
    """And not after the messages that a program has sent until then, as everything does that is awaited."""
    page.locator(".run").first.click()
    page.wait_for_function("() => document.querySelector('.live-status')?.textContent.startsWith('Ended')")
    page.evaluate(START, [FLOOD, []])
    until(page, "begun")
    page.evaluate("""() => {
        window.button = document.querySelector(".run.running");
        window.said = new Promise((resolve) => {
            const look = () => resolve(document.querySelector(".live-status").textContent);
            button.addEventListener("click", look);  // after the one of the page
        });
    }""")
    if by == "click":
        page.evaluate("() => { button.click(); }")
    else:
        page.evaluate("() => button.focus()")
        page.keyboard.press("Enter")
    assert page.evaluate("() => said").startswith("Stopped")


def test_lines_come_to_the_page_in_few_messages(page):
    """So that programs that print in a loop leave it time for everything else."""
    page.evaluate("""() => {
        window.messages = 0;
        window.Worker = class extends Worker {
            constructor(...options) {
                super(...options);
                this.addEventListener("message", ({ data }) => { messages += data.type === "output"; });
            }
        };
    }""")
    source = "import multiprocessing\n\ndef count():\n    for number in range(5000): print(number)\n\n" + GUARD
    source += "    both = [multiprocessing.Process(target=count) for _ in range(2)]\n    for one in both: one.start()\n"
    source += "    for one in both: one.join()\n"
    ran = program(page, source)
    assert sorted(map(int, ran.stdout.split())) == sorted([*range(5000), *range(5000)])
    assert page.evaluate("() => messages") < 2000


PRINT_IN_TURN = """import multiprocessing

def print_in_turn(mine, next, name):
    for _ in range(200):
        mine.acquire()
        print(name)
        print(name)
        next.release()

if __name__ == "__main__":
    locks = [multiprocessing.Semaphore(number == 0) for number in range(3)]
    turns = [(locks[number], locks[(number + 1) % 3], "abc"[number]) for number in range(3)]
    all = [multiprocessing.Process(target=print_in_turn, args=turn) for turn in turns]
    for one in all:
        one.start()
    for one in all:
        one.join()
"""


def test_what_was_printed_before_a_lock_is_released_comes_before_what_that_lets_others_print(page):
    assert program(page, PRINT_IN_TURN).output == "a\na\nb\nb\nc\nc\n" * 200


def test_what_was_printed_shows_while_the_process_computes(page):
    source = "for number in range(100): print(number)\nwhile True: pass\n"
    page.evaluate(START, [source, []])
    until(page, "98\n99\n")
    page.evaluate("window.stop()")
    assert result(page).stdout.startswith("0\n1\n")


def test_names_of_any_length_reach_the_page_as_short_ones(page):
    source = "import multiprocessing\n\n" + GUARD
    source += "    one = multiprocessing.Process(target=print, args=('done',), name='n' * 1_000_000)\n"
    source += "    one.start()\n    one.join()\n"
    assert program(page, source).output == "done\n"
    assert page.locator(".live").evaluate("live => live.outerHTML.length") < 20_000


def test_the_button_itself_stops(page):
    page.locator(".run").first.click()
    page.wait_for_selector(".run.running")
    page.locator(".run.running").click()
    page.wait_for_function("() => !document.querySelector('.run.running')")
    assert page.locator(".live-status").inner_text().startswith(("Stopped", "Ended"))


# -- what ends in an unusual way ---------------------------------------------------------------------------------


def test_a_process_that_dies_ends_what_waits_for_it(page):
    source = "import multiprocessing, os\n\ndef die(end):\n    os._exit(3)\n\n" + GUARD
    source += "    here, there = multiprocessing.Pipe()\n    one = multiprocessing.Process(target=die, args=(there,))\n"
    source += (
        "    one.start()\n    there.close()\n    try:\n        here.recv()\n    except EOFError:\n"
        "        print('end of file')\n    one.join()\n    print(one.exitcode)\n"
    )
    assert program(page, source).output == "end of file\n3\n"


def test_a_crash_of_the_interpreter_is_the_end_of_its_process(page):
    reads = "ctypes.string_at, args=(2**32 - 16, 100)"  # behind the end of its memory
    source = (
        "import ctypes, multiprocessing\n\n"
        + GUARD
        + f"    one = multiprocessing.Process(target={reads})\n    one.start()\n    one.join()\n"
    )
    source += "    print('exit code:', one.exitcode)\n    ctypes.string_at(2**32 - 16, 100)\n"
    crashed = program(page, source)
    assert ("exit code: 1" in crashed.stdout, crashed.status) == (True, 1)
    assert crashed.stderr.count("Python itself crashed: ") == 2


FLOODS = {
    "line by line": "while True: print('x' * 50)\n",
    "all at once": "print('x\\n' * 10_000_000)\n",
    "without a line end": "while True: print('.', end='', flush=True)\n",
    "on both streams": (
        "import sys\nwhile True:\n    print('.', end='', flush=True)\n"
        "    print('!', end='', file=sys.stderr, flush=True)\n"
    ),
}


@pytest.mark.parametrize("source", FLOODS.values(), ids=FLOODS)
def test_endless_output_is_stopped(page, source):
    flooded = program(page, source)
    assert "more than a page can show" in flooded.said
    assert page.locator(".live samp, .live code").first.is_visible()
    assert page.locator(".live code *").count() <= 40_000  # two for each of 20,000 lines
    assert program(page, "print(1)").output == "1\n"


def test_too_many_processes_are_refused(page):
    source = "import multiprocessing, time\n\n" + GUARD
    source += (
        "    try:\n        for count in range(10_000):\n"
        "            multiprocessing.Process(target=time.sleep, args=(1000,), daemon=True).start()\n"
    )
    source += "    except OSError as error:\n        print(type(error).__name__)\n"
    ended = program(page, source)
    assert (ended.output, ended.status) == ("BlockingIOError\n", 0)


def test_too_much_memory_is_an_error_of_the_program(page):
    source = "hoard = []\ntry:\n    for _ in range(10): hoard.append(bytearray(10**9))\n"
    source += "except MemoryError:\n    print('MemoryError after', len(hoard), 'GB')\n"
    assert program(page, source).output == "MemoryError after 2 GB\n"


def test_garbage_in_cycles_is_collected(page):
    """6 GB of it, where a process can have 4."""
    source = (
        "import multiprocessing, threading\n\nclass Node:\n    pass\n\ndef litter():\n    for _ in range(60_000):\n"
    )
    source += (
        "        one, other = Node(), Node()\n"
        "        one.other, other.other, one.data = other, one, bytearray(10**5)\n"
        "    print('done')\n\n"
    )
    source += (
        GUARD + "    thread = threading.Thread(target=print, args=('a thread',))\n    thread.start()\n"
        "    thread.join()\n    litter()\n"
    )
    assert program(page, source).output == "a thread\ndone\n"


def test_the_collector_keeps_away_from_threads_that_wait(page):
    """If it ran as often as this program asks while a thread waits deep in its calls, the interpreter would crash."""
    source = (
        "import gc, queue, threading\n\ngc.set_threshold(100, 5, 5)\n\ndef litter(count):\n"
        "    for _ in range(count):\n        one = []\n        one.append(one)\n\n"
    )
    source += (
        "def deep(depth, numbers):\n    litter(50)\n"
        "    return deep(depth - 1, numbers) if depth else print(numbers.get())\n\n"
    )
    source += (
        "numbers = queue.Queue()\nthreads = [threading.Thread(target=deep, args=(60, numbers)) for _ in range(5)]\n"
    )
    source += "for thread in threads:\n    thread.start()\nlitter(10_000)\n"
    source += (
        "for number in range(5):\n    litter(200)\n    numbers.put(number)\n"
        "for thread in threads:\n    thread.join()\nprint(gc.get_threshold())\n"
    )
    assert program(page, source).output == "0\n1\n2\n3\n4\n(100, 5, 5)\n"


def test_what_is_no_pickle_is_an_error_of_the_program(page):
    source = "import multiprocessing, pickle\n\na, b = multiprocessing.Pipe()\na.send_bytes(b'not a pickle')\n"
    source += "try:\n    b.recv()\nexcept pickle.UnpicklingError:\n    print('UnpicklingError')\n"
    assert program(page, source).output == "UnpicklingError\n"


# -- the panel ---------------------------------------------------------------------------------------------------


def test_the_timeline_says_who_waited_for_what(page):
    source = "import multiprocessing, time\n\n" + GUARD
    source += (
        "    one = multiprocessing.Process(target=time.sleep, args=(0.2,), name='sleeper')\n"
        "    one.start()\n    one.join()\n"
    )
    program(page, source)
    page.locator(".live-timeline summary").click()
    told = page.locator(".live-timeline li").all_inner_texts()
    assert any(line.startswith("parent waits in Process.join sleeper, line 6:") for line in told), told
    assert any(line.startswith("sleeper waits in time.sleep") for line in told), told
    assert "sleeper ends with 0" in told
    page.locator(".live-timeline svg").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".live-readout").inner_text().startswith("parent runs")
    page.keyboard.press("ArrowDown")
    assert page.locator(".live-readout").inner_text().startswith("sleeper starts")


def test_a_picture_asked_for_before_the_end_does_not_replace_the_one_that_listens_to_keys(page):
    assert page.evaluate(in_page("lateFrame")) == "0"


DEADLOCK = (
    "import multiprocessing\n\ndef take(lock):\n    lock.acquire()\n\n"
    + GUARD
    + "    lock = multiprocessing.Lock()\n    lock.acquire()\n"
    "    one = multiprocessing.Process(target=take, args=(lock,))\n    one.start()\n"
    "    one.join()\n"
)


def test_a_deadlock_is_told_as_one(page):
    page.evaluate(START, [DEADLOCK, []])
    said = page.locator(".live-status", has_text="A deadlock")
    said.wait_for(timeout=240_000)
    told = said.inner_text()
    assert "parent waits in Process.join Process-1, line 11" in told
    assert "Process-1 waits in Lock.acquire (parent has it), line 4" in told
    page.evaluate("window.stop()")
    assert result(page).status == -15


def test_lines_say_which_process_wrote_them_and_where(page):
    source = "import multiprocessing, sys\n\ndef child():\n    print('from the child', file=sys.stderr)\n\n" + GUARD
    source += (
        "    print('from the parent')\n    one = multiprocessing.Process(target=child)\n"
        "    one.start()\n    one.join()\n"
    )
    program(page, source)
    assert page.locator(".live .out").all_inner_texts() == ["from the parent\n"]
    assert page.locator(".live .err").all_inner_texts() == ["from the child\n"]
    assert page.locator(".live .tag").evaluate_all("tags => tags.map((tag) => tag.title)") == [
        "MainProcess",
        "Process-1, standard error",
    ]


def test_a_program_that_cannot_run_says_why(context, address):
    page = context.new_page()
    page.goto(address + "answers/what-is-multiprocessing/")
    bar = page.locator(".bar", has=page.locator('.file:text-is("cpu_share.py")'))
    bar.get_by_role("button", name="Why no Run?").click()
    assert "CPU time" in bar.locator(".cannot").inner_text()
    page.close()


@pytest.mark.longest
@pytest.mark.thorough
def test_runs_leave_nothing(page):
    """After 200 runs there are as many workers, elements and bytes as after a few."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("HeapProfiler.enable")
    devtools.send("Performance.enable")
    left = []
    for runs in (20, 180):
        for _ in range(runs):
            assert program(page, "print(1)").output == "1\n"
        devtools.send("HeapProfiler.collectGarbage")
        nodes = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}["Nodes"]
        left.append((len(page.workers), nodes, devtools.send("Runtime.getHeapUsage")["usedSize"]))
    (_, nodes_before, bytes_before), (workers, nodes, used) = left
    assert workers <= 3  # two are kept ready, and one may be on its way out
    assert nodes < nodes_before + 100
    assert used < bytes_before + 500_000


def test_a_tab_that_sleeps_goes_on_afterwards(page):
    source = (
        "import multiprocessing, time\n\ndef child(numbers):\n    for number in range(30):\n"
        "        numbers.put(number)\n        time.sleep(0.02)\n    numbers.put(None)\n\n"
    )
    source += (
        GUARD + "    numbers = multiprocessing.Queue()\n"
        "    one = multiprocessing.Process(target=child, args=(numbers,))\n    one.start()\n"
    )
    source += (
        "    print('begun', flush=True)\n    print(sum(iter(numbers.get, None)))\n    one.join()\n"
        "    print(one.exitcode)\n"
    )
    devtools = page.context.new_cdp_session(page)
    page.evaluate(START, [source, []])
    until(page, "begun")
    devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    page.evaluate("""() => {
        Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    devtools.send("Page.setWebLifecycleState", {"state": "active"})
    assert result(page).output == "begun\n435\n0\n"
