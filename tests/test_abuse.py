"""What people might do to the bot on purpose: the threats of SECURITY.md."""

import asyncio
import itertools
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Answerer, Query
from bot.discord_app import listening, pace
from bot.discord_app.custom_ids import Pressed, read_custom_id
from bot.discord_app.desk import items
from bot.discord_app.listening import Listener
from bot.discord_app.pace import Pace
from bot.knowledge.reading import load
from bot.matching.text import LONGEST_WORD, words
from tests.faq_files import DATA, write_faq
from tests.wire import APPLICATION, MEMBER, FakeDiscord, ids
from tests.wired import QUESTION, hurry, wired

SHIPPED = Path(__file__).parents[1] / "knowledge"


@pytest.fixture(scope="module")
def shipped() -> Answerer:
    return Answerer.build(load(SHIPPED))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = write_faq(tmp_path / "faq")
    (folder / "data.yaml").write_text(DATA, encoding="utf-8")
    return folder


DISGUISES: dict[str, Callable[[str], str]] = {
    "combining characters": lambda text: "".join(letter + "\u0301" * 3 for letter in text),
    "zero-width characters": "\u200b\u200d\ufeff".join,
    "bidirectional controls": lambda text: f"\u202e{text}\u2066\u2069\u202c",
    "soft hyphens": "\u00ad".join,
    "full-width letters": lambda text: "".join(
        chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text
    ),
    "mathematical letters": lambda text: "".join(
        chr(0x1D41A + ord(letter) - ord("a")) if "a" <= letter <= "z" else letter for letter in text
    ),
}


@pytest.mark.parametrize("how", DISGUISES)
def test_a_disguised_question_is_read_as_what_it_is(how: str, shipped: Answerer) -> None:
    plain = shipped.answer(Query("why do llms hallucinate"))
    disguised = shipped.answer(Query(DISGUISES[how]("why do llms hallucinate")))
    assert isinstance(plain, Answer)
    assert isinstance(disguised, Answer)
    assert disguised.entry == plain.entry


BOMBS = (
    "a" * 4000,
    "\u0301" * 4000,
    "e" + "\u0301" * 3999,
    "\u200b" * 4000,
    "\ufdfa" * 4000,  # one character that is eighteen after normalisation
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 800,
    "llm " * 1000,
    " ".join(f"wrd{n}" for n in range(800)),
    "```" * 1300,
    "<@1>" * 1000,
    "https://" * 500,
    "what is " * 500 + "?",
    "('" * 2000,
    "а" * 4000,  # Cyrillic
)


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_costs_no_more_than_a_long_question(bomb: str, shipped: Answerer) -> None:
    # What explodes takes minutes, and ends the run (faulthandler_timeout in pyproject.toml).
    assert len(shipped.answer(Query(bomb)).candidates) <= 5
    assert shipped.overhear(bomb) is None


def test_no_word_fills_the_memory() -> None:
    found = words("".join(chr(0x61 + n % 26) for n in range(4000)) + " and " + "x'" * 900)
    assert max(map(len, found)) <= LONGEST_WORD


@given(st.text(max_size=100))
def test_a_custom_id_of_anybodys_making_is_read_or_not(text: str) -> None:
    for custom_id in (text, f"faq:{text}", f"faqdesk:{text}"):
        assert isinstance(read_custom_id(custom_id), Pressed)
        what, about = items.read_custom_id(custom_id)
        assert custom_id.startswith(f"faqdesk:{what}") or not what + about


FORGED = (
    "faqdesk:save:no-such-token",
    "faqdesk:cancel:x",
    "faqdesk:edit:data-llm",
    "faqdesk:remove:data-llm",
    "faqdesk:undo:1",
    "faqdesk:redo:1",
    "faqdesk:reload:anyway",
    "faqdesk:history:",
    "faqdesk:change:1",
    "faqdesk:missed:",
    "faqdesk:miss-not:1.2.3",
    "faqdesk:miss-dismiss:1",
    "faqdesk:no-such-thing:../../etc/passwd",
    "faqdesk::",
    "faqset:on:1",
    "faqset:role:1",
    "faqset:care:",
    "faq:entry:../../x:y:z",
    "faq:dismiss:1:x",
    "faq:no:700000000000000000:zz.zz:x",
    "faq:share:data-llm:x",
    "faq:list:data:-5:x",
    "faq:list:data:99999999999999999999:x",
    "faq:::",
    "faq:" + "x" * 90,
)


async def test_a_member_with_forged_buttons_and_forms_changes_nothing(
    discord_itself: FakeDiscord,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hurry(monkeypatch)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    async with wired(discord_itself, folder) as bot:
        bot.client.clicks = bot.client.desk_clicks = Pace(1000, 60.0)
        for type_, custom_id in itertools.product((2, 3), FORGED):
            component: dict[str, object] = {"type": type_, "custom_id": custom_id}
            component |= {"style": 2, "label": "x"} if type_ == 2 else {"options": []}
            rows = [{"type": 1, "components": [component]}]
            message = ids.message(1, "", ids.me()) | {"components": rows}
            await bot.discord.presses(custom_id, message, permissions="0")
        for custom_id in ("faqdesk:entry:x", "faqdesk:not:x", "faqdesk:entry:", "faqdesk::", "x"):
            await bot.discord.fills_in(custom_id, permissions="0", question="a", answer="b")
        await bot.settle()
        settings = bot.client.records.servers.of(ids.GUILD)
        assert (settings.modes, settings.role, settings.audit) == ({}, 0, 0)
        assert not bot.client.desk.drafts._drafts
        await bot.still_answers(MEMBER + 5)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]


async def test_a_crowd_that_asks_at_once_is_served_and_costs_bounded_memory(
    discord_itself: FakeDiscord, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    monkeypatch.setattr(pace, "_MOST_MEMBERS", 50)
    async with wired(discord_itself, folder) as bot:
        for member in range(200):
            await bot.discord.hears(f"<@{APPLICATION}> {QUESTION}", MEMBER + member)
        await bot.until(lambda: len(bot.said) == 200, "an answer for each")
        for _ in range(100):  # one of them does not stop
            await bot.discord.hears(f"<@{APPLICATION}> {QUESTION}", MEMBER)
        await bot.settle()
        assert len(bot.said) <= 212
        await bot.still_answers(MEMBER + 500)
        assert len(bot.client.pace._times) <= 50


async def test_not_every_question_of_a_flood_waits_for_people(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listening, "_MOST_OPEN", 3)
    listener = Listener()
    waits = [
        asyncio.create_task(listener.nobody_answers(1, message, message, 0.01))
        for message in range(10)
    ]
    assert (await asyncio.gather(*waits)).count(True) == 3
    assert not listener.has_open(1)
