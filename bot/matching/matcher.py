"""The matcher: a knowledge base made searchable, once, for as long as it lives."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress, islice, zip_longest
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import Entry, KnowledgeBase, Subject, Vocabulary, Wording
from bot.matching.confidence import Calibration, calibrate
from bot.matching.coverage import Coverage
from bot.matching.denials import Denials
from bot.matching.index import POOL, Index, Near
from bot.matching.lexicon import Lexicon, Stems, Term, stems_of
from bot.matching.ranking import Candidate, Candidates, Neighbour, Outside, Ranking
from bot.matching.subjects import Subjects, agreement
from bot.matching.text import words
from bot.matching.vectors import Space, Vector
from bot.matching.voting import Votes, vote

Scores = NDArray[np.float64]
"""One number for each entry, then one for each outside topic."""

BALANCE = 0.2
"""How much an entry with few wordings is helped against one with many (0: not at all)."""
WORDINGS_EACH = 8
"""Wordings looked at for each entry that is to be found while a question is being typed."""
SAMPLES = 256
"""Wordings tried for the calibration."""


class Matcher:
    """Ranks the entries of a knowledge base for a text. Never changes once made."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._entries = tuple(knowledge.entries.values())
        self._at = {id_: at for at, id_ in enumerate(knowledge.entries)}
        self._topics = tuple(topic.topic for topic in knowledge.outside)
        owned, denied = list(_owned(knowledge)), list(_denied(knowledge))
        self.lexicon, texts = _read(owned + denied, knowledge.vocabulary)
        self.subjects = Subjects(knowledge.vocabulary.subjects, self.lexicon)
        self._wordings = [wording for wording, _ in owned]
        self._owner = np.array([at for _, at in owned], np.int64)
        self._owners = len(self._entries) + len(self._topics)
        self._space, cells = Space.fit(texts, self._owner)
        self._index = Index(cells, features=self._space.size)
        self._coverage = Coverage(cells, self._owner, self._space.content, self._space.words)
        examples, denies = texts[len(owned) :], np.array([at for _, at in denied], np.int64)
        self._denials = Denials(examples, denies, self._owner, self.subjects)
        self._worth = self._worths()
        self._exact = self._unmistakable(texts[: len(owned)])
        self.calibration = Calibration()
        self.calibration = calibrate(list(self._hidden(texts)))

    def rank(self, text: str, limit: int = 5) -> Ranking:
        """The entries most likely to answer `text`, at most `limit`."""
        return self._rank(self.lexicon.terms(text), limit)[0]

    def explain(self, text: str, limit: int = 5) -> Ranking:
        """The same, with the wordings that spoke for and against."""
        ranking, votes = self._rank(self.lexicon.terms(text), limit)
        neighbours = tuple(
            Neighbour(self._wordings[row], self._owner_name(row), float(similarity), float(weight))
            for row, similarity, weight in zip(
                votes.rows, votes.similarities, votes.votes, strict=True
            )
        )
        return replace(ranking, neighbours=neighbours)

    def complete(self, text: str, limit: int) -> tuple[Entry, ...]:
        """The entries with the wordings most like a `text` that is still being typed."""
        vector = self._space.vector(self.lexicon.as_typed(text))
        near = self._near(vector, WORDINGS_EACH * limit)
        owners = dict.fromkeys(self._owner[near.rows].tolist())
        inside = (owner for owner in owners if owner < len(self._entries))
        return tuple(self._entries[at] for at in islice(inside, limit))

    def undecided(
        self, terms: Sequence[Term], entry: Entry, others: Sequence[Entry]
    ) -> tuple[Entry, ...]:
        """Those of `others` that no word of a text tells apart from `entry`.

        That would be a content word that `entry` has, and the other one has not.
        """
        owners = np.array([self._at[each.id] for each in others], np.int64)
        words = self._space.content_of(terms)
        return tuple(compress(others, self._coverage.have_all(words, self._at[entry.id], owners)))

    def owner_of(self, terms: Sequence[Term]) -> Entry | None:
        """The entry that a text is a wording of, if there is one, and no other one has it."""
        at = self._exact.get(stems_of(terms), len(self._entries))
        return self._entries[at] if at < len(self._entries) else None

    def _rank(self, terms: tuple[Term, ...], limit: int) -> tuple[Ranking, Votes]:
        vector = self._space.vector(terms)
        near = self._index.nearest(vector)
        votes = vote(self._index, near.only(near.rows < len(self._owner)))
        named, stems = self.subjects.named(terms), stems_of(terms)
        scores = self._scores(votes, named, vector)
        if (certain := self._exact.get(stems)) is not None:
            scores[certain] = max(1.0, scores.max())
        scores[self._denials.against(near, named, stems)] = 0.0
        found, outside = self._found(scores, limit)
        return Ranking(terms, named, found, outside), votes

    def _found(self, scores: Scores, limit: int) -> tuple[Candidates, Outside | None]:
        """The best candidates, and the outside topic that fits better than every entry."""
        owners = (scores > 0).nonzero()[0]
        owners = owners[(-scores[owners]).argsort(kind="stable")]
        best = scores[owners].tolist()
        found = list(zip(owners.tolist(), best, self.calibration.confidences(best), strict=True))
        most = len(self._entries)
        inside = islice((each for each in found if each[0] < most), limit)
        candidates = tuple(Candidate(self._entries[at], score, conf) for at, score, conf in inside)
        if not found or found[0][0] < most:
            return candidates, None
        topic, _, confidence = found[0]
        return candidates, Outside(self._topics[topic - most], confidence)

    def _near(self, vector: Vector, most: int = POOL) -> Near:
        """At most `most` wordings like `vector`, without the `not:` examples."""
        near = self._index.nearest(vector, most)
        return near.only(near.rows < len(self._owner))

    def _scores(
        self, votes: Votes, named: Subject | None, vector: Vector, author: int | None = None
    ) -> Scores:
        """The sum of an owner's votes, balanced; less for what speaks against the owner.

        That is, when the query names the other side, and when it has words that the owner lacks.
        `author`: whose wording the query is, if it is one that is left out.
        """
        sums = np.bincount(self._owner[votes.rows], votes.votes, self._owners)
        scores = sums * self._worth[named]
        found = (scores > 0).nonzero()[0]
        scores[found] *= self._coverage.factors(vector, found, author)
        return np.asarray(scores)

    def _owner_name(self, row: int) -> str:
        at = int(self._owner[row])
        inside = at < len(self._entries)
        return self._entries[at].id if inside else self._topics[at - len(self._entries)]

    def _unmistakable(self, texts: list[tuple[Term, ...]]) -> dict[Stems, int]:
        """The wordings, as read, that only one owner has: asked exactly so, it is meant."""
        owners: dict[Stems, set[int]] = {}
        for text, owner in zip(texts, self._owner.tolist(), strict=True):
            owners.setdefault(stems_of(text), set()).add(owner)
        return {text: found.pop() for text, found in owners.items() if len(found) == 1}

    def _worths(self) -> dict[Subject | None, Scores]:
        """For each subject that a query may name, what a vote for each owner is worth."""
        counts = np.bincount(self._owner, minlength=self._owners)
        boosts = (counts.mean() / np.maximum(counts, 1)) ** BALANCE if len(counts) else counts
        boosts[len(self._entries) :] = 1.0
        outside = [1.0] * len(self._topics)
        return {
            named: boosts * [*(agreement(named, e.subject) for e in self._entries), *outside]
            for named in (None, *Subject)
        }

    def leave_one_out(self, limit: int = 3) -> Iterator[tuple[Wording, Entry, Candidates]]:
        """Every wording, its entry, and what the other wordings alone make of it."""
        mine = np.flatnonzero(self._owner < len(self._entries))
        for at in mine.tolist():
            terms = self.lexicon.terms(self._wordings[at].text)
            inside = self._without(terms, at, np.arange(len(self._owner)) == at)
            found, _ = self._found(inside, limit)
            yield self._wordings[at], self._entries[int(self._owner[at])], found

    def _hidden(self, texts: list[tuple[Term, ...]]) -> Iterator[float]:
        """The best scores for some of the FAQ's own wordings with their whole entries hidden."""
        if len(self._entries) > 1:
            for at in self._drawn()[:SAMPLES]:
                own = self._owner == self._owner[at]
                yield float(self._without(texts[at], at, own).max())

    def _drawn(self) -> list[int]:
        """The entries' wordings as if shuffled: first one of each entry, then another of each.

        By their checksums, so that nearly the same ones come first after an edit: what has not
        changed is to keep its confidence.
        """
        wordings: dict[int, list[int]] = {}
        for at in np.flatnonzero(self._owner < len(self._entries)).tolist():
            wordings.setdefault(int(self._owner[at]), []).append(at)
        shuffled = [sorted(rows, key=self._checksum) for rows in wordings.values()]
        shuffled.sort(key=lambda rows: self._checksum(rows[0]))
        return [at for turn in zip_longest(*shuffled) for at in turn if at is not None]

    def _checksum(self, row: int) -> int:
        return crc32(self._wordings[row].text.encode())

    def _without(self, terms: tuple[Term, ...], row: int, hidden: NDArray[np.bool_]) -> Scores:
        """The entries' scores for the wording `row`, were the `hidden` wordings not there."""
        vector, owner = self._index.vector(row), int(self._owner[row])
        near = self._near(vector)
        votes = vote(self._index, near.only(~hidden[near.rows]))
        scores = self._scores(votes, self.subjects.named(terms), vector, owner)
        return scores[: len(self._entries)]


def _read(
    owned: list[tuple[Wording, int]], vocabulary: Vocabulary
) -> tuple[Lexicon, list[tuple[Term, ...]]]:
    """The lexicon of all wordings, and how it reads each."""
    running = [words(wording.text) for wording, _ in owned]
    lexicon = Lexicon(running, vocabulary.same, vocabulary.fillers)
    return lexicon, list(map(lexicon.terms_of, running))


def _owned(knowledge: KnowledgeBase) -> Iterator[tuple[Wording, int]]:
    """Every wording with the number of its owner: the entries first, then the outside topics."""
    entries = knowledge.entries.values()
    for at, entry in enumerate(entries):
        yield from ((wording, at) for wording in entry.wordings)
    for at, topic in enumerate(knowledge.outside, len(entries)):
        yield from ((example, at) for example in topic.examples)


def _denied(knowledge: KnowledgeBase) -> Iterator[tuple[Wording, int]]:
    """Every `not:` example with the number of the entry that it must not lead to."""
    for at, entry in enumerate(knowledge.entries.values()):
        yield from ((example, at) for example in entry.counterexamples)
