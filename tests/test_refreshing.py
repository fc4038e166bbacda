"""What becomes of changes made by hand."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot import refreshing
from bot.answering import Answer, Answerer, Query
from bot.curating.examining import Collision
from bot.curating.reloading import Reloaded
from bot.discord_app.desk.desk import Desk
from bot.knowledge.reading import load
from bot.refreshing import keep_fresh
from tests.faq_files import BROKEN, DATA, OVERVIEW, write_faq

STOLEN = DATA.replace('"training text of LLMs"', '"what is an LLM then"')
MENDED = OVERVIEW.replace("it reads", "it reads and reads")


@dataclass
class Served:
    answerer: Answerer
    used: list[Answerer] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    async def use(self, answerer: Answerer) -> None:
        self.used.append(answerer)
        self.answerer = answerer

    async def tell(self, text: str) -> None:
        self.told.append(text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_faq(tmp_path / "faq")


@pytest.fixture
def served(folder: Path) -> Served:
    return Served(Answerer.build(load(folder)))


async def saving(folder: Path, *files: tuple[str, str]) -> AsyncIterator[None]:
    for name, text in files:
        (folder / name).write_text(text, encoding="utf-8")
        yield


async def test_broken_files_leave_the_last_sound_faq_and_are_told_once_each(
    folder: Path, served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    other = BROKEN.replace("robots", "toasters")
    texts = (BROKEN, BROKEN, other, MENDED, BROKEN)
    await keep_fresh(
        Desk(folder), saving(folder, *(("overview.yaml", text) for text in texts)), served
    )
    assert caplog.text.count('"robots"') == 2
    assert caplog.text.count('"toasters"') == 1
    assert caplog.text.count("the last sound one goes on answering") == 3
    assert caplog.text.count("was read anew: 3 entries") == 1
    (answerer,) = served.used
    assert isinstance(answerer.answer(Query("What is an LLM?")), Answer)
    assert ["robots" in text for text in served.told] == [True, False, False, True]
    assert "`overview.yaml:11`" in served.told[0]
    assert "sound again, and in use: 3 entries" in served.told[2]


async def test_what_is_mended_to_what_it_was_is_told_but_not_built_anew(
    folder: Path, served: Served
) -> None:
    files = (("overview.yaml", BROKEN), ("overview.yaml", OVERVIEW), ("overview.yaml", OVERVIEW))
    await keep_fresh(Desk(folder), saving(folder, *files), served)
    assert not served.used
    assert len(served.told) == 2
    assert "sound again" in served.told[1]


@pytest.mark.parametrize("strict", [False, True])
async def test_an_edit_by_hand_that_steals_is_told_and_held_back_by_the_strict(
    folder: Path, served: Served, strict: bool, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "data.yaml").write_text(DATA, encoding="utf-8")
    served.answerer = Answerer.build(load(folder))
    files = (("data.yaml", STOLEN), ("data.yaml", f"{STOLEN}# by hand\n"))
    await keep_fresh(Desk(folder, strict=strict), saving(folder, *files), served)
    assert len(served.used) == (0 if strict else 1)
    (told,) = served.told
    assert "`what is an LLM then`" in told
    assert "`data-llm`" in told
    assert "`overview-llm`" in told
    assert ("FAQ_STRICT_RELOAD" in told) is strict
    assert "what is an LLM then" in caplog.text


@pytest.mark.parametrize("strict", [False, True])
async def test_an_edit_by_hand_is_served_at_once_and_looked_at_first_by_the_strict(
    folder: Path, served: Served, strict: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    served_already = []

    def look(found: Reloaded, _before: Answerer) -> tuple[Collision, ...]:
        served_already.append(found.answerer is served.answerer)
        return ()

    monkeypatch.setattr(refreshing, "brought_by", look)
    await keep_fresh(Desk(folder, strict=strict), saving(folder, ("overview.yaml", MENDED)), served)
    assert served_already == [not strict]
    assert len(served.used) == 1


async def test_what_a_moderator_saves_meanwhile_is_not_taken_for_an_edit_by_hand(
    folder: Path, served: Served
) -> None:
    desk = Desk(folder)

    async def notices() -> AsyncIterator[None]:
        async with desk.saving:
            (folder / "overview.yaml").write_text(MENDED, encoding="utf-8")
            served.answerer = Answerer.build(load(folder))
        yield

    await keep_fresh(desk, notices(), served)
    assert not served.used
