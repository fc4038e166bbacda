"""A sweep: in every flow every request to Discord fails once, in every way.

No flow may crash the bot, hang it, answer twice, or lose what a moderator wrote.
"""

import itertools
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

import pytest

from bot.discord_app import conversing, refusals, statistics
from bot.discord_app.pace import Pace
from tests.faq_files import DATA, write_faq
from tests.wire import APPLICATION, MEMBER, FakeDiscord, Fault, ids
from tests.wire.faults import FINAL
from tests.wired import ANSWER, QUESTION, Wired, hurry, wired

Flow = Callable[[Wired, int], Awaitable[None]]
"""Something that a member does, by the number of the member."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = write_faq(tmp_path / "faq")
    (folder / "data.yaml").write_text(DATA, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)
    monkeypatch.setattr(refusals, "REST", 0.0)  # a channel that refused is tried again at once


def failing(bot: Wired, at: int, fault: Fault | None) -> Callable[[], int]:
    """Let the request number `at` fail, counting from 0; how many there were."""
    numbers = itertools.count()
    asked = [0]

    def plan(_method: str, _path: str) -> Fault | None:
        asked[0] += 1
        return fault if next(numbers) == at else None

    bot.discord.plan = plan
    return lambda: asked[0]


async def sweep(
    bot: Wired,
    flow: Flow,
    check: Callable[[Fault | None], None],
    faults: Iterable[Fault] = Fault,
) -> int:
    """Do the flow with every request failing in every way; how many requests it has."""
    members = itertools.count(MEMBER + 1)
    asked = failing(bot, -1, None)
    await flow(bot, next(members))
    check(None)
    requests = asked()
    for at in range(requests):
        for fault in faults:
            bot.discord.messages.clear()
            bot.discord.sent.clear()
            bot.discord.answered.clear()
            failing(bot, at, fault)
            await flow(bot, next(members))
            check(fault)
            await bot.still_answers(next(members))
    assert not bot.serving.done()
    return requests


async def test_a_question_in_the_channel(discord_itself: FakeDiscord, folder: Path) -> None:
    async with wired(discord_itself, folder) as bot:

        async def ask(bot: Wired, member: int) -> None:
            await bot.discord.hears(f"<@{APPLICATION}> {QUESTION}", member)
            await bot.settle()

        def answered_once(fault: Fault | None) -> None:
            assert len(bot.said) == (0 if fault in FINAL else 1)

        assert await sweep(bot, ask, answered_once) == 1


async def test_a_question_that_is_edited_and_deleted(
    discord_itself: FakeDiscord, folder: Path
) -> None:
    async with wired(discord_itself, folder) as bot:

        async def change_it(bot: Wired, member: int) -> None:
            event = await bot.discord.hears(f"<@{APPLICATION}> {QUESTION}", member)
            await bot.settle()
            await bot.discord.hears_again(event, f"<@{APPLICATION}> What is generative AI?")
            await bot.settle()
            await bot.discord.loses(event)
            await bot.settle()

        def never_twice(_: Fault | None) -> None:
            assert len(bot.said) <= 1

        assert await sweep(bot, change_it, never_twice) == 3


async def test_a_slash_command(discord_itself: FakeDiscord, folder: Path) -> None:
    async with wired(discord_itself, folder) as bot:

        async def ask(bot: Wired, _: int) -> None:
            await bot.discord.commands("ask", question=QUESTION)
            await bot.settle()

        def answered_at_most_once(fault: Fault | None) -> None:
            given = [each for each in bot.discord.answered.values() if ANSWER in str(each)]
            assert len(given) <= 1
            assert fault or given

        assert await sweep(bot, ask, answered_at_most_once) >= 1


async def test_a_button(discord_itself: FakeDiscord, folder: Path) -> None:
    async with wired(discord_itself, folder) as bot:

        async def press(bot: Wired, member: int) -> None:
            await bot.discord.hears(f"<@{APPLICATION}> {QUESTION}", member)
            await bot.settle()
            for message in list(bot.discord.messages.values()):
                (rows,) = [each["components"] for each in bot.discord.sent]
                items = [item for row in rows for item in row["components"]]
                for item in (items[0], *items[-2:]):  # a related question, Not quite, Dismiss
                    await bot.discord.presses(item["custom_id"], message | {"components": rows})
                    await bot.settle()

        assert await sweep(bot, press, lambda _: None) > 2


async def test_a_moderators_edit(discord_itself: FakeDiscord, folder: Path) -> None:
    words = itertools.count()
    async with wired(discord_itself, folder) as bot:

        async def edit(bot: Wired, _: int) -> None:
            text = f"Text number {next(words)}."
            await bot.discord.commands("faq edit", entry="data-llm")
            await bot.settle()
            drafts = list(bot.client.desk.drafts._drafts)
            if not drafts:  # the form did not open: nothing was written yet
                return
            token = drafts[-1]
            form = await bot.discord.fills_in(
                f"faqdesk:entry:{token}", question="Which data do LLMs learn from?", answer=text
            )
            await bot.settle()
            button = {"type": 2, "style": 3, "label": "Save", "custom_id": f"faqdesk:save:{token}"}
            rows = [{"type": 1, "components": [button]}]
            screen = ids.message(1, "", ids.me()) | {"components": rows}
            saving = await bot.discord.presses(str(button["custom_id"]), screen)
            await bot.settle()
            answered = str([bot.discord.answered.get(each) for each in (form, saving)])
            saved = text in (folder / "data.yaml").read_text(encoding="utf-8")
            kept = bot.client.desk.drafts.of(token, MEMBER) is not None
            assert saved or kept or "draft.txt" in answered, "the text is lost"

        assert await sweep(bot, edit, lambda _: None) >= 5


COMMANDS: dict[str, dict[str, str]] = {
    "help": {},
    "topics": {},
    "compare": {"topic": "overview"},
    "overview": {},
    "privacy": {"mine": "delete"},
    "doctor": {},
    "stats": {},
    "settings listening": {},
    "settings desk": {},
    "settings report": {},
    "faq add": {"dimension": "data"},
    "faq remove": {"entry": "data-llm"},
    "faq show": {"entry": "data-llm"},
    "faq find": {"words": "learn"},
    "faq history": {},
    "faq undo": {},
    "faq missed": {},
    "faq explain": {"question": QUESTION},
    "faq check": {},
    "faq export": {},
    "faq reload": {},
}


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_other_command(
    command: str, discord_itself: FakeDiscord, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statistics, "draw_bars", no_picture)
    files = {file.name: file.read_bytes() for file in folder.iterdir()}
    async with wired(discord_itself, folder) as bot:
        bot.client.desk_clicks = Pace(1000, 60.0)

        async def type_it(bot: Wired, _: int) -> None:
            await bot.discord.commands(command, **COMMANDS[command])
            await bot.settle()

        def answered(fault: Fault | None) -> None:
            assert fault or bot.discord.answered

        kinds = (Fault.DOWN, Fault.CUT, Fault.LOST, Fault.GONE, Fault.TRUNCATED)
        assert await sweep(bot, type_it, answered, kinds) >= 1
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == files


async def no_picture(*_: object) -> None:
    """Pictures have tests of their own, and take their time."""


async def test_discord_down_for_a_while(
    discord_itself: FakeDiscord, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversing, "_WAITS", (1.0,) * 20)
    async with wired(discord_itself, folder) as bot:
        down = itertools.count()
        bot.discord.plan = lambda _method, _path: Fault.DOWN if next(down) < 15 else None
        for member in range(3):
            await bot.discord.hears(f"<@{APPLICATION}> {QUESTION}", MEMBER + member)
        await bot.until(lambda: len(bot.said) == 3, "every question answered")
        await bot.settle()
        assert len(bot.said) == 3


async def test_an_interaction_that_comes_twice_or_is_unknown(
    discord_itself: FakeDiscord, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with wired(discord_itself, folder) as bot:
        await bot.discord.commands("ask", question=QUESTION)
        event = bot.discord._events[-1]
        await bot.discord.send(event)
        await bot.settle()
        (given,) = bot.discord.answered.values()
        assert len(given) == 1
        await bot.discord.send(event | {"d": event["d"] | {"id": "1", "token": "late"}})
        await bot.settle()
        await bot.still_answers(MEMBER + 1)
    assert not [each for each in caplog.records if each.exc_info and "bot." in each.name]
