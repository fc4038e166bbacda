"""The benchmark of how soon a change is answered runs, and tells what it measured."""

import asyncio
from dataclasses import replace
from pathlib import Path
from shutil import copytree

from bot.knowledge.reading import load
from tests.benchmarks import running, saving
from tests.benchmarks.saving import Times


def test_a_change_is_answered_both_from_discord_and_from_the_file() -> None:
    times = asyncio.run(saving.measure(0))
    assert times.entries == len(running.shipped().entries)
    assert min(times.preview, times.save, times.by_hand, times.anew, times.stall) > 0


def test_the_faq_is_grown_by_files_that_are_sound(tmp_path: Path) -> None:
    folder = tmp_path / "faq"
    copytree(running.SHIPPED, folder)
    saving.grow(folder, 300)
    assert 290 < len(load(folder).entries) <= 300


def test_every_size_has_its_row() -> None:
    table = saving.table([Times(5000, 4.0, 0.05, 3.0, 3.5, 0.012)])
    assert table.rows == (
        ("5,000", "4.00 s", "0.05 s", "3.00 s", "3.50 s", "12 ms"),
        ("promised, at most", "", "1.00 s", "", "", "20 ms"),
    )


def test_a_late_answer_and_a_long_stall_break_the_promise() -> None:
    held = Times(5000, preview=9.0, save=1.0, by_hand=9.0, anew=9.0, stall=0.02)
    assert saving.is_as_promised(held)
    assert not saving.is_as_promised(replace(held, save=1.01))
    assert not saving.is_as_promised(replace(held, stall=0.021))
