"""The whole bot in a page of the browser: a pretend Discord, and in it the real client.

Nothing leaves the computer, and nobody needs an account. The server, its members and what they
asked are made up; every answer is the bot's own. This file needs the extra `demo`.
"""

import asyncio
import logging
import os
import sys
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from secrets import token_bytes
from tempfile import TemporaryDirectory
from typing import Any

import discord
import simcord

from bot.answering import Answer, Answerer, Query, Suggestions
from bot.discord_app.client import FaqClient
from bot.discord_app.desk.announcing import announce
from bot.discord_app.desk.desk import Desk
from bot.discord_app.listening import COOL_DOWN
from bot.knowledge.model import Entry, Subject
from bot.knowledge.watching import changes
from bot.process import keep_writing, stop_signals
from bot.records.listening import Mode, ServerSettings
from bot.records.records import Records, sqlite_url
from bot.records.voters import Voters
from bot.refreshing import keep_fresh

_log = logging.getLogger(__name__)

BOT_NAME = "FAQ Bot"
MEMBER, MODERATOR = "Mia", "Sam"

_PATIENCE = 120.0  # seconds that the page waits for an answer; `/faq check` takes some
_BUSY_WAIT = 0.1  # seconds until the page is tried again while it is busy with a click
_BETWEEN_MESSAGES = 60.0  # seconds of the pretend time
_MISSES_KEPT = 7  # days; for /faq missed, and gone with the demo
_MESSAGES = 5  # that members wrote before the visitor came, at most

_FOLLOW_UP = "and for LLMs?"
_VAGUE = (
    "what can they do?",
    "what is the difference?",
    "how does the training work?",
    "what about copyright?",
)

_STYLE_SHEET = "/preview.css"
# The first line keeps Chromium from leaving the bottom of the talk when an answer comes; the last
# hides what is only for the developers of bots.
_STYLE = """
#channel-timeline { overflow-anchor: none }
#channel-message-list { padding-bottom: 12px }
#capture-open, #inspector-toggle, .advanced-search { display: none }
"""

_WELCOME = """\
This is the FAQ bot in a pretend Discord server, in a page of your browser. Nothing leaves this
computer, and you need no account. The page:

    {url}

Ask something in #ask-ai, type / to see the commands, press the buttons. At the top of the page
you can change over to {moderator}, a moderator.
The answers come from the folder {folder}: change a file there, save it, and ask again.
As {moderator} you can do that in the page: type /faq. It changes these files, and /faq undo takes
it back.

To have the bot in a server of your own, it needs a token: README.md shows how to get one.
Ctrl-C ends this."""


@dataclass(frozen=True, slots=True)
class Demo:
    """A page that is being served. `url` is to be opened; who knows it can use the page."""

    env: simcord.Env
    page: simcord.Preview
    client: FaqClient

    @property
    def url(self) -> str:
        return self.page.url

    @property
    def answerer(self) -> Answerer:
        return self.client.answerer

    async def tell(self, text: str) -> None:
        """Announce it where a server wants to be told, and show that."""
        await announce(self.client, text)
        await self._refresh()

    async def use(self, answerer: Answerer) -> None:
        """Answer from `answerer` from now on, and show the commands that changed."""
        await self.client.use(answerer)
        await self._refresh()

    async def _refresh(self) -> None:
        while True:
            try:
                await self.page.refresh()
            except simcord.SetupError:  # someone is pressing something at this moment
                await asyncio.sleep(_BUSY_WAIT)
            else:
                return


def run_demo(answerer: Answerer, folder: Path, say: Callable[[str], None]) -> None:
    """Serve the page until the user ends it, answering from `folder`, whose state `answerer` is.

    `say` tells the user what this is.
    """
    asyncio.run(_run(answerer, folder, say))


async def _run(answerer: Answerer, folder: Path, say: Callable[[str], None]) -> None:
    with stop_signals() as stop:
        notices = changes(folder, stop=stop)
        async with open_demo(answerer, folder) as demo:
            say(_WELCOME.format(url=demo.url, moderator=MODERATOR, folder=folder))
            if has_browser(os.environ, sys.platform):
                await asyncio.to_thread(webbrowser.open, demo.url)
            fresh = asyncio.create_task(keep_fresh(demo.client.desk, notices, demo))
            writing = asyncio.create_task(keep_writing(demo.client.records))
            ends = {asyncio.create_task(stop.wait()), asyncio.create_task(demo.page.wait_closed())}
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            for task in (fresh, writing, *ends):
                task.cancel()
            await asyncio.wait((fresh, writing, *ends))


def has_browser(environment: Mapping[str, str], platform: str) -> bool:
    """Whether there is likely a browser to open: not on a server, and not in a build."""
    if environment.get("CI"):
        return False
    graphical = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    return bool(graphical) or platform in {"darwin", "win32"}


@asynccontextmanager
async def _kept_for_now() -> AsyncIterator[Records]:
    """Records that are gone with the demo."""
    with TemporaryDirectory(prefix="faqbot-demo-") as folder:
        records = Records(
            sqlite_url(Path(folder, "demo.sqlite3")),
            Voters(token_bytes()),
            misses_kept=_MISSES_KEPT,
        )
        await records.load()
        async with aclosing(records):
            yield records


@asynccontextmanager
async def open_demo(answerer: Answerer, folder: Path) -> AsyncIterator[Demo]:
    """Build the pretend server, let its members ask a few questions, and serve the page."""
    async with AsyncExitStack() as stack:
        records = await stack.enter_async_context(_kept_for_now())
        client = FaqClient(answerer, records, reads_messages=True, desk=Desk(folder))
        pretended = simcord.run(client, shard_count=1, check_errors=False, settle_timeout=_PATIENCE)
        env = await stack.enter_async_context(pretended)
        if client.user:
            await client.user.edit(username=BOT_NAME)
        await env.advance_time(
            max(0.0, _until_now(env.now()) - _MESSAGES * _BETWEEN_MESSAGES - COOL_DOWN)
        )
        guild = env.create_guild("AI Corner")
        channel = guild.create_text_channel(
            "ask-ai", topic="Questions about generative AI and LLMs"
        )
        listening = ServerSettings(guild.id).with_mode(Mode.ON, {channel.id})
        await records.servers.save(listening)
        may_moderate = discord.Permissions(manage_messages=True, manage_guild=True)
        moderators = guild.create_role("Moderator", permissions=may_moderate, color=0x3BA55D)
        mia = guild.add_member(env.create_user("mia", global_name=MEMBER))
        sam = guild.add_member(env.create_user("sam", global_name=MODERATOR), roles=[moderators])
        await _talk(env, channel, mia, sam, answerer)
        await env.advance_time(COOL_DOWN)  # the visitor may ask the same
        page = env.preview(channel, viewers=[mia, sam], layout="channel")
        _tidy(page)
        async with page:
            yield Demo(env, page, client)


def _tidy(page: simcord.Preview) -> None:
    """Have the page served with `_STYLE` as well.

    SimCord offers no way to add to its page. Should a later release serve it otherwise, the page
    is merely less tidy.
    """
    server = getattr(page, "_server", None)
    serve = getattr(server, "_static", None)
    if server is None or serve is None:
        return

    async def serve_tidily(request: Any) -> Any:
        response = await serve(request)
        if request.path == _STYLE_SHEET:
            response.text += _STYLE
        return response

    server._static = serve_tidily  # noqa: SLF001 -- SimCord has no public way to add a style


def _until_now(moment: datetime) -> float:
    """Seconds from `moment` to now: the pretend server shall have today's date."""
    return (datetime.now(UTC) - moment).total_seconds()


async def _talk(
    env: simcord.Env,
    channel: "simcord.ChannelHandle",
    mia: "simcord.MemberActor",
    sam: "simcord.MemberActor",
    answerer: Answerer,
) -> None:
    """What was said in the channel before the visitor came: each of the ways to ask, once."""

    async def pause() -> None:
        await env.advance_time(_BETWEEN_MESSAGES)

    await sam.send(channel, "Welcome! Just ask here; the bot answers what the FAQ knows.")
    await pause()
    for lead in islice(_leads(answerer, Subject.GENERATIVE_AI), 1):
        shown = await sam.slash(channel, lead.dimension, about=lead.subject.value)
        await pause()
        if shown.response and isinstance(answerer.answer(Query(_FOLLOW_UP, lead)), Answer):
            await mia.send(channel, _FOLLOW_UP, reply_to=shown.response)
            await pause()
    for question in islice(_vague(answerer), 1):
        await sam.send(channel, f"{BOT_NAME}, {question}")
        await pause()
    for question in islice(_clear(answerer), 1):
        await mia.send(channel, question)


def _vague(answerer: Answerer) -> Iterator[str]:
    """Questions that the bot is only nearly sure about."""
    titles = (f"{each.title.lower()}?" for each in answerer.knowledge.dimensions)
    for text in (*_VAGUE, *titles):
        if isinstance(answerer.answer(Query(text)), Suggestions):
            yield text


def _clear(answerer: Answerer) -> Iterator[str]:
    """Questions, as members word them, that the bot answers unasked."""
    for lead in _leads(answerer, Subject.BOTH):
        for wording in (*lead.wordings[1:], lead.wordings[0]):
            if answerer.overhear(wording.text):
                yield wording.text


def _leads(answerer: Answerer, subject: Subject) -> Iterator[Entry]:
    leads = (dimension.lead(subject) for dimension in answerer.knowledge.dimensions)
    return (lead for lead in leads if lead)
