"""A simulated Discord (SimCord) with the real client in it."""

import logging
from collections.abc import AsyncIterator, Callable, Container
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.answering import (
    Answer,
    Answerer,
    Candidate,
    Fallback,
    Occasion,
    Outcome,
    Policy,
    Query,
    Suggestions,
)
from bot.discord_app.client import FaqClient
from bot.discord_app.desk.desk import Desk
from bot.discord_app.syncing import DigestStore
from bot.gate import Gate
from bot.knowledge.model import Entry, KnowledgeBase
from bot.matching.lexicon import Lexicon
from bot.records.records import Records
from bot.records.voters import Voters
from tests import payloads

SHARDS = 1
NOWHERE = Path("/nowhere/at/all")

SURE = 0.95
UNSURE = 0.3
TWO_ANSWERS = "two answers"
"""What is answered with one entry, though others come near it."""


class WordForWord(Answerer):
    """Answers what is asked exactly as the FAQ words it: these tests are not about matching.

    A wording is answered, unasked too; one followed by "perhaps" only when the bot was asked; one
    that begins with "maybe" leads to suggestions. It remembers what it was asked.
    """

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self.policy = Policy()
        self.asked: list[Query] = []
        self.budgets: list[float | None] = []
        self.gate = Gate(knowledge.vocabulary, Lexicon(()))

    def overhear(self, text: str, false_answers: float | None = None) -> Answer | None:
        self.budgets.append(false_answers)
        outcome = self.answer(Query(text))
        if isinstance(outcome, Answer) and not text.strip().endswith(" perhaps"):
            return outcome
        return None

    def answer(self, query: Query, policy: Policy | None = None) -> Outcome:
        self.asked.append(query)
        text = query.text.strip()
        if text == TWO_ANSWERS:
            found = self._candidates("Which architecture do LLMs use?", SURE)
            others = tuple(Candidate(entry, UNSURE, UNSURE) for entry in self.complete("", 2))
            return Answer(query, (*found, *others))
        exact = self._candidates(text.removesuffix(" perhaps"), SURE)
        if exact:
            return Answer(query, exact)
        offered = self._candidates(text.removeprefix("maybe "), UNSURE)
        if offered:
            others = tuple(Candidate(e, UNSURE, UNSURE) for e in self.complete("", 2))
            return Suggestions(query, (*offered, *others), (*offered, *others))
        return Fallback(query, Occasion.UNSURE if text else Occasion.EMPTY)

    def complete(self, text: str, limit: int = 25) -> tuple[Entry, ...]:
        found = (e for e in self.knowledge.entries.values() if text.lower() in e.question.lower())
        return tuple(found)[:limit]

    def _candidates(self, wording: str, confidence: float) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(entry, confidence, confidence)
            for entry in self.knowledge.entries.values()
            if wording.casefold() in {each.text.casefold() for each in entry.wordings}
        )


def unkept(always: Container[int] = frozenset()) -> Records:
    """Records with a database that is nowhere: what is to be kept waits in memory for ever."""
    return Records("sqlite+aiosqlite:////nowhere/at/all.sqlite3", Voters(b"key"), always=always)


def lone_client(answerer: Answerer, *, channels: Container[int] = frozenset()) -> FaqClient:
    """A client of which nothing is kept, and that listens to `channels`."""
    return FaqClient(
        answerer, unkept(always=channels), reads_messages=bool(channels), desk=Desk(NOWHERE)
    )


@dataclass
class World:
    """A server with the channel #ask-ai, which the bot listens to, and the lobby, which it does
    not."""

    env: simcord.Env
    guild: simcord.GuildHandle
    ask_ai: simcord.ChannelHandle
    lobby: simcord.ChannelHandle
    mia: simcord.MemberActor
    bob: simcord.MemberActor
    new_client: Callable[[], FaqClient]

    @property
    def client(self) -> FaqClient:
        assert isinstance(self.env.bot, FaqClient)
        return self.env.bot

    @property
    def mention(self) -> str:
        assert self.client.user is not None
        return self.client.user.mention

    def replies(self, channel: simcord.ChannelHandle | None = None) -> list[discord.Message]:
        """What the bot wrote in the channel (#ask-ai if none is named), oldest first."""
        assert self.client.user is not None
        history = (channel or self.ask_ai).history()
        return [message for message in history if message.author.id == self.client.user.id]

    def reply(self, channel: simcord.ChannelHandle | None = None) -> discord.Message:
        """The one message that the bot wrote in the channel."""
        replies = self.replies(channel)
        assert len(replies) == 1, [message.content for message in replies]
        return replies[0]

    def sent(self) -> list[dict[str, Any]]:
        """The payloads of the messages that the bot asked Discord to send."""
        return [
            entry.json
            for entry in self.env.http_requests
            if entry.json and entry.method == "POST" and entry.path.endswith("/messages")
        ]

    async def restart(self, client: FaqClient | None = None) -> None:
        """A new process of the bot takes the place of the old one."""
        await self.env.restart_bot(client or self.new_client())


@asynccontextmanager
async def open_world(
    answerer: Answerer,
    *,
    reads_messages: bool = True,
    dev_guild: int | None = None,
    digests: DigestStore | None = None,
    records: Records | None = None,
    desk: Desk | None = None,
) -> AsyncIterator[World]:
    listened_to: set[int] = set()

    def new_client() -> FaqClient:
        return FaqClient(
            answerer,
            records or unkept(always=listened_to),
            reads_messages=reads_messages,
            desk=desk or Desk(NOWHERE),
            dev_guild=dev_guild,
            digests=digests,
        )

    async with simcord.run(new_client(), shard_count=SHARDS) as env, _well_formed(env):
        guild = env.create_guild("AI club", id=dev_guild)
        ask_ai = guild.create_text_channel("ask-ai")
        listened_to.add(ask_ai.id)
        yield World(
            env=env,
            guild=guild,
            ask_ai=ask_ai,
            lobby=guild.create_text_channel("lobby"),
            mia=guild.add_member(env.create_user("mia")),
            bob=guild.add_member(env.create_user("bob")),
            new_client=new_client,
        )


@asynccontextmanager
async def _well_formed(env: simcord.Env) -> AsyncIterator[None]:
    """Whatever was tried meanwhile: the bot asked Discord for nothing that it would refuse."""
    yield
    payloads.check((each.method, each.path, each.json) for each in env.http_requests)


def labels(message: discord.Message) -> list[str | None]:
    """What the buttons of a message say."""
    return [button.label for button in buttons(message)]


def buttons(message: discord.Message) -> list[discord.Button]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [item for row in rows for item in row.children if isinstance(item, discord.Button)]


def complaints(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """What was logged as a warning or worse."""
    return [record for record in caplog.records if record.levelno >= logging.WARNING]
