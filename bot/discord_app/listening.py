"""What was said lately in the channels that are listened to: only what manners need, in memory.

Quick messages of one author are one question; people answer first; nothing is said twice in a row.
"""

import asyncio
import time
from dataclasses import dataclass

QUICK = 15.0
"""Seconds within which an author goes on with what they began to ask."""
COOL_DOWN = 120.0
"""Seconds in which an entry is not repeated in a channel."""

_MOST_PARTS = 5  # messages that are read as one
_MOST_OPEN = 100  # questions that wait in a channel
_MOST_CHANNELS = 5000  # remembered
_MOST_ANSWERS = 20_000


@dataclass(slots=True)
class _Burst:
    """What one author wrote in a channel since somebody else did."""

    author: int
    texts: list[str]
    last: float


@dataclass(slots=True, eq=False)
class _Question:
    """A question that people may still answer before the bot does."""

    message: int
    author: int
    over: bool = False


class Listener:
    """The state of all channels. All of it may be lost without harm."""

    def __init__(self) -> None:
        self._bursts: dict[int, _Burst] = {}
        self._open: dict[int, list[_Question]] = {}
        self._answered: dict[tuple[int, str], float] = {}

    def joined(self, channel: int, author: int, text: str) -> str:
        """`text` with what its author wrote in the channel just before it."""
        now, burst = time.monotonic(), self._bursts.pop(channel, None)
        if burst is None or burst.author != author or now - burst.last > QUICK:
            burst = _Burst(author, [], now)
        burst.texts = [*burst.texts, text][-_MOST_PARTS:]
        burst.last = now
        self._bursts[channel] = burst
        if len(self._bursts) > _MOST_CHANNELS:
            del self._bursts[next(iter(self._bursts))]
        return "\n".join(burst.texts)

    def has_open(self, channel: int) -> bool:
        """Whether some question in the channel waits for people to answer it."""
        return channel in self._open

    def interrupted(self, channel: int, author: int, *, answers: int | None = None) -> None:
        """Somebody wrote what may be an answer: to the message `answers`, else to all others."""
        self._bursts.pop(channel, None)
        for question in self._open.get(channel, ()):
            if question.author != author and answers in {None, question.message}:
                question.over = True

    def taken_back(self, channel: int, message: int) -> None:
        """A question was deleted, or is another one now."""
        for question in self._open.get(channel, ()):
            if question.message == message:
                question.over = True

    async def nobody_answers(self, channel: int, message: int, author: int, delay: float) -> bool:
        """Give people `delay` seconds; whether none of them answered the question.

        It takes the place of what its author asked before it: that is a part of it. Where very many
        wait in the channel already, it gets no answer.
        """
        if delay <= 0:
            return True
        if len(self._open.get(channel, ())) >= _MOST_OPEN:
            return False
        question = _Question(message, author)
        for earlier in self._open.get(channel, ()):
            if earlier.author == author:
                earlier.over = True
        self._open.setdefault(channel, []).append(question)
        try:
            await asyncio.sleep(delay)
        finally:
            self._open[channel].remove(question)
            if not self._open[channel]:
                del self._open[channel]
        return not question.over

    def may_say(self, channel: int, entry: str) -> bool:
        """Whether the entry was not said in the channel lately; if so, it counts as said now."""
        now, said = time.monotonic(), self._answered.pop((channel, entry), None)
        fresh = said is None or now - said >= COOL_DOWN
        self._answered[channel, entry] = now if fresh or said is None else said
        if len(self._answered) > _MOST_ANSWERS:
            del self._answered[next(iter(self._answered))]
        if fresh:
            self._bursts.pop(channel, None)  # what comes next is another question
        return fresh
