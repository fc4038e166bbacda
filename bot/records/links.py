"""Which reply of the bot belongs to which question, at hand without waiting."""

from collections.abc import Iterable

from bot.records.rows import Link

MOST = 5_000
"""Links at hand; the oldest are let go first."""


class Links:
    def __init__(self) -> None:
        self._by_question: dict[int, Link] = {}

    def add(self, link: Link) -> None:
        self._by_question.pop(link.question, None)
        self._by_question[link.question] = link
        if len(self._by_question) > MOST:
            del self._by_question[next(iter(self._by_question))]

    def of(self, question: int) -> Link | None:
        return self._by_question.get(question)

    def remove(self, question: int) -> None:
        self._by_question.pop(question, None)

    def know(self, links: Iterable[Link]) -> None:
        """Add links that are kept already, the newest first; the ones at hand are newer."""
        known = {link.question: link for link in reversed(tuple(links))}
        self._by_question = known | self._by_question

    def forget(self, guild: int) -> None:
        kept = {q: link for q, link in self._by_question.items() if link.guild != guild}
        self._by_question = kept
