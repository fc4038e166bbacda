"""The pictures: they are some, their bars are where they belong, and they cost the bot nothing."""

import asyncio
import sys
from io import BytesIO
from pathlib import Path

import pytest
from anyio import BrokenWorkerProcess, to_process

from bot import plotting
from bot.plotting import draw_bars

PARTS = {"answered": [1, 5, 0], "suggested": [0, 2, 0], "missed": [3, 0, 0]}
GREEN, ORANGE, RED = (0, 158, 115), (230, 159, 0), (213, 94, 0)


async def test_the_bars_have_their_colours_and_heights() -> None:
    image = pytest.importorskip("PIL.Image")
    drawn = await draw_bars(["1 Mar", "2 Mar", "3 Mar"], PARTS)
    assert drawn
    picture = image.open(BytesIO(drawn)).convert("RGB")
    counts = dict(map(reversed, picture.getcolors(picture.width * picture.height)))
    bars = picture.crop((0, 50, picture.width, picture.height))  # below the legend
    found = dict(map(reversed, bars.getcolors(bars.width * bars.height)))
    assert found[GREEN] / found[ORANGE] == pytest.approx(6 / 2, rel=0.15)
    assert found[RED] / found[ORANGE] == pytest.approx(3 / 2, rel=0.15)
    assert counts[GREEN] > found[GREEN]


async def test_it_draws_however_the_bot_was_started(monkeypatch: pytest.MonkeyPatch) -> None:
    # The process that draws reads the file with which the bot was started, as Python's own do.
    started = Path(plotting.__file__).with_name("__main__.py")
    monkeypatch.setattr(sys.modules["__main__"], "__file__", str(started), raising=False)
    monkeypatch.setattr(plotting, "_PATIENCE", 10.0)
    assert await draw_bars(["1 Mar", "2 Mar", "3 Mar"], PARTS)


async def test_who_waits_too_long_gets_no_picture(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def draw_for_ever(*_: object, **__: object) -> bytes:
        await asyncio.sleep(60)
        return b""

    monkeypatch.setattr(to_process, "run_sync", draw_for_ever)
    monkeypatch.setattr(plotting, "_PATIENCE", 0.01)
    assert await draw_bars(["1 Mar"], {"a": [1], "b": [1], "c": [1]}) is None
    assert "could not be drawn: TimeoutError" in caplog.text


async def test_the_bot_itself_does_not_load_matplotlib() -> None:
    await draw_bars(["1 Mar"], {"a": [1], "b": [1], "c": [1]})
    assert "matplotlib" not in sys.modules


async def test_without_matplotlib_there_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plotting, "find_spec", lambda _: None)
    assert await draw_bars(["1 Mar"], {"a": [1], "b": [1], "c": [1]}) is None


async def test_a_process_that_dies_leaves_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    async def die(*_: object, **__: object) -> bytes:
        raise BrokenWorkerProcess

    monkeypatch.setattr(to_process, "run_sync", die)
    assert await draw_bars(["1 Mar"], {"a": [1], "b": [1], "c": [1]}) is None
