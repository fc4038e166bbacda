"""From misses and messages to knowledge, and why a question gets what it gets."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest

from bot.knowledge.exam_rows import read_exam
from bot.knowledge.reading import load
from bot.records.listening import Mode, ServerSettings
from bot.records.records import Records, sqlite_url
from bot.records.rows import Miss, today
from bot.records.voters import Voters
from tests.desk import Office, open_office, write_files

BOOKS = ("which novels went into it", "which novels went into it??", "what novels went into it")
WEATHER = "is it going to rain on the weekend"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "faq")


@pytest.fixture
async def keeping(tmp_path: Path) -> AsyncIterator[Records]:
    """Records that keep misses."""
    url = sqlite_url(tmp_path / "kept.sqlite3")
    async with aclosing(Records(url, Voters(b"key"), misses_kept=30)) as records:
        await records.load()
        yield records


async def miss(office: Office, records: Records, *questions: str, guild: int = 0) -> None:
    guild = guild or office.world.guild.id
    rows = [Miss(hash(text) % 2**40, guild, text, today()) for text in questions]
    await records.store.write({}, rows)


async def left(records: Records) -> set[str]:
    return {each.text for each in await records.store.misses()}


async def test_what_members_miss_comes_up_in_groups_the_most_frequent_first(
    folder: Path, keeping: Records
) -> None:
    async with open_office(folder, keeping) as office:
        await office.slash("missed")
        assert "Nobody has asked anything" in office.note
        for question in (WEATHER, *BOOKS):
            await office.world.mia.slash(office.channel, "ask", question=question)
        await miss(office, keeping, "of another server", guild=7)
        await office.slash("missed")
        assert "Missed question 1 of 2** · asked 3 times" in office.note
        assert "`which novels went into it`" in office.note
        assert "rain" not in office.note
        await office.press("Next")
        assert "Missed question 2 of 2** · asked once" in office.note
        assert WEATHER in office.note
        await office.press("Next")
        assert "Missed question 1 of 2" in office.note


async def test_a_group_becomes_phrasings_with_one_click_and_back(
    folder: Path, keeping: Records
) -> None:
    async with open_office(folder, keeping) as office:
        before = office.text("data.yaml")
        await miss(office, keeping, WEATHER, *BOOKS)
        await office.slash("missed")
        lead = office.custom_id("miss-dismiss").rpartition(":")[2]
        await office.sam.select(
            office.message,
            [office.options("faqdesk:miss-add")[0]],
            custom_id=f"faqdesk:miss-add:{lead}",
        )
        assert "It is live." in office.note
        assert (
            "Asked again:\n- `which novels went into it` is answered with"
            in office.note.replace("??", "")
        )
        assert await left(keeping) == {WEATHER}
        assert "Next" in office.labels
        await office.press("Undo")
        assert office.text("data.yaml") == before
        assert await left(keeping) == {WEATHER, *BOOKS}


async def test_a_group_becomes_a_new_entry(folder: Path, keeping: Records) -> None:
    async with open_office(folder, keeping) as office:
        await miss(office, keeping, *BOOKS)
        await office.slash("missed")
        await office.press("New entry")
        form = office.form()
        assert form["question"].startswith("wh")
        assert "novels" in form["phrasings"]
        await office.write(**{**form, "question": "Which novels?", "answer": "Many."})
        await office.press("Save")
        assert "is answered with `Which novels?`" in office.note
        assert not await left(keeping)


async def test_what_is_not_for_this_faq_becomes_an_exam_row_for_silence(
    folder: Path, keeping: Records
) -> None:
    async with open_office(folder, keeping) as office:
        await miss(office, keeping, WEATHER)
        await office.slash("missed")
        await office.press("Not for this FAQ")
        assert f"- `{WEATHER}` has no answer" in office.note
        (row,) = read_exam([folder / "exam.yaml"], load(folder).entries).rows
        assert (row.ask, row.expect) == (WEATHER, ())
        assert not await left(keeping)
        await office.press("Undo")
        assert not (folder / "exam.yaml").exists()
        assert await left(keeping) == {WEATHER}


async def test_a_group_is_dismissed_and_back(folder: Path, keeping: Records) -> None:
    async with open_office(folder, keeping) as office:
        await miss(office, keeping, WEATHER)
        await office.slash("missed")
        shown = office.shown
        await office.press("Dismiss")
        assert "Dismissed" in office.note
        assert not await left(keeping)
        await office.press("Undo")
        assert await left(keeping) == {WEATHER}
        await keeping.store.forget_miss(hash(WEATHER) % 2**40)
        office.shown = shown
        await office.slash("missed")
        assert "Nobody has asked" in office.note


async def test_misses_that_are_not_kept_are_said_to_be_none(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        await office.slash("missed")
        assert "FAQ_KEEP_MISSED" in office.note


async def test_a_message_teaches_a_phrasing(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        world = office.world
        asked = await world.mia.send(office.channel, "which novels went into a language model")
        office.shown = await office.sam.context_menu(office.channel, "Teach the FAQ", asked)
        assert "`which novels went into a language model`" in office.note
        await office.choose("teach-add", "data-llm")
        assert "is answered with `Which data do LLMs learn from?`" in office.note
        assert '"which novels went into a language model"' in office.text("data.yaml")
        await office.press("Undo")
        assert "novels" not in office.text("data.yaml")


async def test_a_wrong_reply_teaches_what_must_not_be_answered(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        world = office.world
        listening = ServerSettings(world.guild.id).with_mode(Mode.ON, {world.lobby.id})
        await records.servers.save(listening)
        await world.mia.send(office.channel, f"{world.mention} define the LLM")
        reply = world.reply(office.channel)
        assert "An LLM works with text" in reply.content
        office.shown = await office.sam.context_menu(office.channel, "Teach the FAQ", reply)
        assert "I answered it with `overview-llm`" in office.note
        assert office.options("faqdesk:teach-not")[0] == "overview-llm"
        await office.choose("teach-not", "overview-llm")
        assert '    not:\n      - "define the LLM"\n' in office.text("overview.yaml")
        assert "works with text" not in await office.answer("define the LLM")


@pytest.mark.parametrize(("said", "told"), [("", "no text"), ("x" * 301, "too long")])
async def test_what_cannot_be_learnt_is_said(
    folder: Path, records: Records, said: str, told: str
) -> None:
    async with open_office(folder, records) as office:
        content = said or "https://example.com"
        asked = await office.world.mia.send(office.channel, content)
        office.shown = await office.sam.context_menu(office.channel, "Teach the FAQ", asked)
        if said:
            assert told in office.note


async def test_a_moderator_sees_why(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        await office.slash("explain", question="define `LLM` @everyone")
        for words in (
            "Why `define 'LLM' @everyone` gets",
            "**Read as**",
            "of `overview-llm`",
            "sure: `overview-llm`",
        ):
            assert words in office.note
