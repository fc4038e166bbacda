"""The bot does not sign in more often than Discord puts up with, whatever goes wrong."""

import asyncio
import logging
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord_app import sign_ins
from bot.discord_app.sign_ins import ALLOWED, DAY, FREE, INTERVAL, SignIns, pause

NOW = 1_800_000_000.0


def test_the_first_of_a_day_wait_for_nothing() -> None:
    assert pause([], NOW) == 0
    assert pause([NOW - 1] * (FREE - 1), NOW) == 0
    assert pause([NOW - DAY - 1] * 500, NOW) == 0


def test_then_there_is_some_time_between_two() -> None:
    assert pause([NOW - 10] * FREE, NOW) == INTERVAL - 10
    assert pause([NOW - INTERVAL] * FREE, NOW) == 0


def test_a_day_of_crashes_stays_far_below_what_is_allowed() -> None:
    times: list[float] = []
    now = NOW
    while now < NOW + DAY:
        now += pause(times, now)
        times.append(now)
        now += 1.0  # the process is started again at once
    assert FREE < len([each for each in times if each > now - DAY]) <= ALLOWED / 2 + 1


@given(st.lists(st.floats(-1e12, 1e12), max_size=200), st.floats(0, 1e12))
def test_no_clock_makes_it_wait_for_longer_than_the_interval(
    times: list[float], now: float
) -> None:
    assert 0 <= pause(times, now) <= INTERVAL


async def test_a_crash_forgets_nothing(tmp_path: Path) -> None:
    file = tmp_path / "sign-ins.json"
    for _ in range(3):
        await SignIns(file).note()
    assert SignIns(file).of_the_day == 3


@pytest.mark.parametrize("content", ["", "no", '{"a": 1}', "[null]", '["x"]', "\x00"])
async def test_a_file_that_is_none_is_begun_anew(tmp_path: Path, content: str) -> None:
    file = tmp_path / "sign-ins.json"
    file.write_text(content, encoding="utf-8")
    times = SignIns(file)
    assert times.of_the_day == 0
    await times.note()
    assert SignIns(file).of_the_day == 1


async def test_a_file_that_cannot_be_written_is_told_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "in the way").touch()
    times = SignIns(tmp_path / "in the way" / "sign-ins.json")
    await times.note()
    assert times.of_the_day == 1
    assert "cannot be written" in caplog.text


async def test_it_says_so_and_waits(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sign_ins, "FREE", 2)
    monkeypatch.setattr(sign_ins, "INTERVAL", 0.2)
    times = SignIns()
    for _ in range(2):
        await asyncio.wait_for(times.wait(), 0.1)
        await times.note()
    began = time.monotonic()
    with caplog.at_level(logging.WARNING):
        await asyncio.wait_for(times.wait(), 2)
    assert time.monotonic() - began > 0.1
    assert "Signed in 2 times in 24 hours; Discord allows 1000" in caplog.text
