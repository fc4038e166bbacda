"""The whole bot beside the barest one, and over a long run."""

import asyncio
from collections import Counter
from dataclasses import replace

import pytest

from tests.benchmarks import running, soak, whole
from tests.benchmarks.whole import LIMITS, RATE, Run

LEFT = soak.Left(memory=100.0, files=12, threads=5, tasks=3, views=0, longest=5.0)
SOUND = soak.Soak(100, 2, 1, Counter({1: 10}), warm=LEFT, end=LEFT)


def test_each_client_answers_and_what_it_takes_is_compared() -> None:
    runs = asyncio.run(whole.measure(questions=5, rounds=1))
    assert set(runs) == set(whole.CLIENTS)
    ratios = whole.compared(runs)
    assert ratios["memory, MiB"] > 1
    assert len(whole.table(runs, ratios).rows) == len(LIMITS)


def test_ratios_are_of_the_medians() -> None:
    run = Run(ready=1.0, replies=(0.002,) * 4, rate=400.0, memory=50.0)
    odd = replace(run, ready=99.0)
    runs = {"bare": [run, run, odd], "bot": [replace(run, ready=3.0, rate=200.0)] * 3}
    ratios = whole.compared(runs)
    assert (ratios["ready, s"], ratios[RATE], ratios["memory, MiB"]) == (3.0, 0.5, 1.0)


@pytest.mark.parametrize("what", LIMITS)
def test_a_figure_past_its_limit_is_too_much(what: str) -> None:
    past = -0.01 if what == RATE else 0.01
    assert whole.is_light(LIMITS)
    assert not whole.is_light(LIMITS | {what: LIMITS[what] + past})


def test_a_long_run_in_small_is_sound() -> None:
    with running.progress() as bars:
        found = asyncio.run(soak.measure(3.0, rate=20, faults=0.0, bars=bars, after=0.5))
    assert set(found.replies) == {1}
    assert found.end.longest > 0


def test_a_sound_run_is_told_from_others() -> None:
    assert soak.is_sound(SOUND)
    for end in (
        replace(LEFT, memory=LEFT.memory + soak.GROWTH),
        replace(LEFT, files=20),
        replace(LEFT, tasks=9),
        replace(LEFT, views=1),
        replace(LEFT, longest=soak.LONGEST + 1),
    ):
        assert not soak.is_sound(replace(SOUND, end=end))
    assert not soak.is_sound(replace(SOUND, replies=Counter({1: 10, 2: 1})))
    assert not soak.is_sound(replace(SOUND, replies=Counter({0: 1, 1: 10})))
