"""An entry as moderators write it: the values of its fields, wherever they stand in a file."""

import json
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2s
from pathlib import Path
from typing import Any, Self

from bot.knowledge import quoting
from bot.knowledge.decoding import HIDDEN
from bot.knowledge.model import Entry, Place, Subject, Wording

_LONGEST_ID = 60
_WORD = re.compile(r"[a-z0-9]+")
_SAYS_LITTLE = re.compile(
    "an?|and|are|can|did|do|does|for|how|in?|is|its?|of|on|or|that|the|there|these|to|what|when|"
    "where|which|who|why|with"
)


@dataclass(frozen=True, slots=True)
class EntryText:
    """The fields of an entry. `counterexamples` are those of `not:`."""

    id: str
    subject: Subject
    question: str
    answer: str
    phrasings: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    @classmethod
    def of(cls, entry: Entry) -> Self:
        return cls(
            id=entry.id,
            subject=entry.subject,
            question=entry.question,
            answer=entry.answer,
            phrasings=tuple(wording.text for wording in entry.wordings[1:]),
            counterexamples=tuple(wording.text for wording in entry.counterexamples),
            sources=entry.sources,
            related=entry.related,
        )

    @classmethod
    def of_fields(cls, fields: Mapping[str, Any]) -> Self:
        """From the values by the names of the fields. Raises where they cannot be an entry's."""
        return cls(
            id=fields["id"],
            subject=Subject(fields["subject"]),
            question=fields["question"],
            answer=fields["answer"],
            phrasings=tuple(fields.get("phrasings") or ()),
            counterexamples=tuple(fields.get("not") or ()),
            sources=tuple(fields.get("sources") or ()),
            related=tuple(fields.get("related") or ()),
        )

    def tidy(self) -> Self:
        """The same without what nobody sees: spaces around texts, empty ones, hidden characters."""
        return replace(
            self,
            question=one_line(self.question),
            answer=visible(self.answer).replace("\r\n", "\n").strip(),
            phrasings=_lines(self.phrasings),
            counterexamples=_lines(self.counterexamples),
            sources=_lines(self.sources),
            related=_lines(self.related),
        )

    def with_more(self, phrasings: Iterable[str] = (), counterexamples: Iterable[str] = ()) -> Self:
        """The same with more of them."""
        return replace(
            self,
            phrasings=(*self.phrasings, *phrasings),
            counterexamples=(*self.counterexamples, *counterexamples),
        ).tidy()

    @property
    def digest(self) -> str:
        """A short name for exactly this text."""
        written = json.dumps(self.tidy().fields(), ensure_ascii=False)
        return blake2s(written.encode(errors="surrogatepass"), digest_size=6).hexdigest()

    def entry(self, dimension: str) -> Entry:
        """The entry that it would be, wherever it comes to stand."""
        text = self.tidy()
        nowhere = Place(Path(f"{dimension}.yaml"), 1)

        def wordings(texts: Iterable[str]) -> tuple[Wording, ...]:
            return tuple(Wording(each, nowhere) for each in texts)

        return Entry(
            id=text.id,
            dimension=dimension,
            subject=text.subject,
            question=text.question,
            answer=text.answer,
            wordings=wordings((text.question, *text.phrasings)),
            counterexamples=wordings(text.counterexamples),
            sources=text.sources,
            related=text.related,
            place=nowhere,
        )

    def written(self) -> str:
        """The text as it stands in a file."""
        return quoting.entry(self.tidy().fields(), 2)

    def fields(self) -> dict[str, Any]:
        """The values by the names of the fields, in the order of the files; no empty ones."""
        values: dict[str, Any] = {
            "id": self.id,
            "subject": str(self.subject),
            "question": self.question,
            "phrasings": list(self.phrasings),
            "not": list(self.counterexamples),
            "answer": self.answer,
            "sources": list(self.sources),
            "related": list(self.related),
        }
        return {name: value for name, value in values.items() if value}


def visible(text: str) -> str:
    """`text` without the characters that nobody sees and the files may not hold."""
    return HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    return " ".join(visible(text).split())


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    """Each once, on one line."""
    return tuple(dict.fromkeys(filter(None, map(one_line, texts))))


def new_id(dimension: str, question: str, taken: Container[str]) -> str:
    """An id for a new entry: its dimension, and the words of its question that say most."""
    found = _WORD.findall(question.lower())
    words = [word for word in found if not _SAYS_LITTLE.fullmatch(word)]
    stem = "-".join(_WORD.findall(dimension.lower())) or "entry"
    for word in words:
        if word in stem.split("-"):
            continue
        if len(stem) + len(word) > _LONGEST_ID // 2:
            break
        stem = f"{stem}-{word}"
    stem = stem[: _LONGEST_ID - 4].strip("-")
    if stem not in taken:
        return stem
    return next(name for number in range(2, 10_000) if (name := f"{stem}-{number}") not in taken)
