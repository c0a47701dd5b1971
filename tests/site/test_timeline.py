"""Recorded spans as lanes: what is drawn, and what is told."""

import re

from byexample.figures import timeline

POOL = """A pool  parent    waits           0.0000  0.3000
A pool  worker 1  task 1          0.0500  0.3000
A pool  worker 2  waits for work  0.0000  0.3000
A line that is no row
"""


def test_lines_that_are_no_rows_are_left_out():
    assert [span.lane for span in timeline.parse(POOL)] == ["parent", "worker 1", "worker 2"]


def test_a_drawing_for_each_width_tells_the_same_story():
    drawn = timeline.draw(timeline.parse(POOL))
    told = re.findall(r'aria-label="([^"]+)"', drawn)
    assert len(told) == 2 and len(set(told)) == 1
    assert "Worker 1" not in told[0] and "worker 1: task 1 from 50 to 300 ms" in told[0]


def test_waiting_is_hatched_and_says_for_what():
    drawn = timeline.draw(timeline.parse(POOL))
    assert drawn.count('class="waits"') == 4 and drawn.count(">waits for work<") == 2
    assert ">waits<" not in drawn


def test_short_runs_are_told_in_milliseconds_and_long_ones_in_seconds():
    (span,) = timeline.parse("Run  parent  work  0.0  0.25")
    assert ">250 ms<" in timeline.draw([span])
    (span,) = timeline.parse("Run  parent  work  0.0  2.5")
    assert ">2.5 s<" in timeline.draw([span])


def test_many_spans_are_told_in_sums():
    rows = [f"Threads  thread 1  {'waits' if at % 2 else 'computes'}  {at / 100}  {(at + 1) / 100}" for at in range(20)]
    told = timeline.story(timeline.parse("\n".join(rows)))
    assert "computes 10 times, 100 ms in all, waits 10 times, 100 ms in all" in told


def test_only_the_parent_has_no_colour():
    spans = timeline.parse(
        "A  parent  work  0  1\nA  child  work  0  1\nA  worker 2  work  0  1\nA  worker 2  task 3  0  1"
    )
    assert [span.colour for span in spans] == [0, 1, 2, 3]


def test_the_total_stands_behind_the_lane_that_ends_last():
    drawn = timeline.draw(timeline.parse("A  worker 1  task 1  0  1\nA  worker 2  task 2  0  4"))
    first = drawn.index("worker 2")
    assert first < drawn.index(">4.0 s<")
