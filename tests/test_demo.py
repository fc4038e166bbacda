"""The demo: a pretend Discord in the browser with the real bot in it."""

import asyncio
import signal
import webbrowser
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import aiohttp
import discord
import pytest

import bot.demo
from bot.answering import Answerer
from bot.demo import BOT_NAME, Demo, has_browser, open_demo, run_demo
from bot.knowledge.model import KnowledgeBase
from bot.knowledge.reading import load
from tests.simulated import WordForWord

SHIPPED = Path(__file__).parent.parent / "knowledge"
QUESTION = "Which architecture do LLMs use?"


async def said(demo: Demo) -> list[tuple[str, str]]:
    """Who said what, as the page shows it."""
    snapshot = await demo.page.snapshot()
    messages = (snapshot["messages"][identity] for identity in snapshot["timeline"])
    return [(message["author"]["name"], plain(message["content"])) for message in messages]


def plain(content: Any) -> str:
    """The words of a message as the page has it: nested pieces of text."""
    if isinstance(content, dict):
        return " ".join(plain(value) for value in content.values())
    if isinstance(content, list):
        return " ".join(map(plain, content))
    return content if isinstance(content, str) else ""


@pytest.fixture(scope="session")
def shipped() -> Answerer:
    return Answerer.build(load(SHIPPED))


async def test_the_page_opens_on_a_talk_in_which_the_bot_took_part(shipped: Answerer) -> None:
    async with open_demo(shipped, SHIPPED) as demo:
        talk = await said(demo)
        answers = [words for name, words in talk if name == BOT_NAME]
        assert any("Did you mean" in words for words in answers)
        assert sum("Automatic answer from the FAQ" in words for words in answers) >= 2
        assert talk[-1][0] == BOT_NAME
        assert talk[-2][0] == "Mia"


async def test_every_way_to_ask_works_in_it(answerer: WordForWord) -> None:
    async with open_demo(answerer, SHIPPED) as demo:
        mia, _ = demo.page.viewers
        channel = demo.page.channel

        def last() -> discord.Message:
            assert channel.last_message is not None
            return channel.last_message

        await mia.send(channel, QUESTION)
        assert "The answer of architecture-llm." in last().content
        await mia.send(channel, f"{BOT_NAME} maybe {QUESTION}")
        assert "Did you mean" in last().content
        await mia.click(last(), label=QUESTION)
        assert "The answer of architecture-llm." in last().content
        shown = await mia.slash(channel, "data", private=True)
        assert "The answer of data-both." in shown.response.content
        choices = await mia.autocomplete(channel, "ask", "question", "self-att")
        assert [choice["name"] for choice in choices] == ["What is self-attention?"]


async def test_a_moderator_can_be_looked_through_the_eyes_of(answerer: WordForWord) -> None:
    async with open_demo(answerer, SHIPPED) as demo:
        _, sam = demo.page.viewers
        message = await demo.page.viewers[0].send(demo.page.channel, "hello")
        await sam.delete(message)  # which needs a moderator's rights
        assert ("Mia", "hello") not in await said(demo)


async def test_the_pretend_server_has_todays_date(answerer: WordForWord) -> None:
    async with open_demo(answerer, SHIPPED) as demo:
        assert abs(demo.env.now() - datetime.now(UTC)) < timedelta(minutes=10)


async def test_a_changed_faq_answers_at_once_and_has_its_command(
    answerer: WordForWord, knowledge: KnowledgeBase
) -> None:
    async with open_demo(WordForWord(KnowledgeBase(knowledge.dimensions[:2])), SHIPPED) as demo:
        assert "data" not in await commands(demo)
        await demo.use(answerer)
        assert "data" in await commands(demo)


async def test_a_change_waits_while_the_page_is_busy(
    answerer: WordForWord, knowledge: KnowledgeBase
) -> None:
    async with open_demo(WordForWord(KnowledgeBase(knowledge.dimensions[:2])), SHIPPED) as demo:
        began, finish = asyncio.Event(), asyncio.Event()

        async def press() -> None:
            demo.env._begin_operation("a press that takes its time")
            began.set()
            await finish.wait()
            demo.env._end_operation()

        pressing = asyncio.create_task(press())
        await began.wait()
        using = asyncio.create_task(demo.use(answerer))
        done, _ = await asyncio.wait({using}, timeout=0.05)
        assert not done
        finish.set()
        await asyncio.gather(pressing, using)
        assert "data" in await commands(demo)


async def commands(demo: Demo) -> set[str]:
    """The names of the slash commands that the page offers."""
    base, capability = urldefrag(demo.url)
    headers = {"X-Simcord-Capability": capability}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.post(f"{base}api/pages", json={}) as opened:
            page = await opened.json()
        context = {"X-Simcord-Context": page["context"]["id"]}
        async with session.get(f"{base}api/commands", headers=context) as catalog:
            return {entry["invocation"] for entry in (await catalog.json())["entries"]}


async def test_the_page_follows_the_talk(answerer: WordForWord) -> None:
    async with open_demo(answerer, SHIPPED) as demo, aiohttp.ClientSession() as session:
        base, _ = urldefrag(demo.url)
        async with session.get(f"{base}preview.css") as style:
            assert "#channel-timeline { overflow-anchor: none }" in await style.text()
        async with session.get(f"{base}app.js") as script:
            assert "overflow-anchor" not in await script.text()


def test_a_page_that_is_made_otherwise_is_left_as_it_is() -> None:
    page: Any = object()
    bot.demo._tidy(page)


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
        ({"CI": "true", "DISPLAY": ":0"}, "linux", False),
        ({"CI": "true"}, "darwin", False),
    ],
)
def test_a_browser_is_opened_only_where_there_is_one(
    environment: dict[str, str], platform: str, expected: bool
) -> None:
    assert has_browser(environment, platform) is expected


def test_it_says_what_it_is_and_where_and_what_comes_next_until_ctrl_c(
    answerer: WordForWord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "open", opened.append)
    heard: list[str] = []

    def say(text: str) -> None:
        heard.append(text)
        signal.raise_signal(signal.SIGINT)  # the visitor presses Ctrl-C

    run_demo(answerer, tmp_path, say)
    (text,) = heard
    assert "pretend Discord server" in text
    assert "http://127.0.0.1:" in text
    assert str(tmp_path) in text
    assert "token" in text
    assert "Ctrl-C" in text
    assert len(opened) == 1
    assert opened[0] in text
