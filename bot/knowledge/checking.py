"""What must hold between the parts of the FAQ: nothing said twice, nothing pointing nowhere."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain

from bot.knowledge.drafts import Draft, EntryDraft, SourcesDraft, VocabularyDraft
from bot.knowledge.model import OutsideTopic, Place, Problem, Severity, Wording
from bot.knowledge.telling import named, nearest, shown

BUTTON_LABEL = 80  # characters that Discord shows on a button


def check(draft: Draft) -> Iterator[Problem]:
    """Every problem that can only be seen with all the files at hand."""
    entries = tuple(chain.from_iterable(one.entries for one in draft.dimensions))
    whole = all(one.whole for one in draft.dimensions)
    known = frozenset(chain.from_iterable(one.ids for one in draft.dimensions))
    yield from _ids_twice(entries)
    yield from _long_questions(entries)
    yield from _wordless(entries, draft.outside)
    yield from _wordings_twice(entries, draft.outside)
    yield from _contradictions(entries)
    yield from _related(entries, known, whole)
    yield from _sources(entries, draft.sources)
    if whole:
        yield from _unused_sources(entries, draft.sources)
    if draft.vocabulary:
        keys = sorted(one.dimension.key for one in draft.dimensions)
        yield from _shared_variants(draft.vocabulary)
        yield from _unknown_dimensions(draft.vocabulary, keys)


class _Letters(dict[int, int | None]):
    """For `str.translate`: drops punctuation, white space and control characters."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.category(chr(code))[0] in "PZC" else code
        self[code] = kept
        return kept


_LETTERS = _Letters()


def letters(text: str) -> str:
    """What of `text` makes it a different question from another: no case, spaces, punctuation."""
    return unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)


def _ids_twice(entries: Iterable[EntryDraft]) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for draft in entries:
        other = first.setdefault(draft.entry.id, draft.entry.place)
        if other is not draft.entry.place:
            message = f"the id {named(draft.entry.id)} is taken by the entry at {other}"
            yield Problem(draft.place("id"), message, "give this entry an id of its own")


def _long_questions(entries: Iterable[EntryDraft]) -> Iterator[Problem]:
    for draft in entries:
        length = len(draft.entry.question)
        if length > BUTTON_LABEL:
            message = f"`question` is {length} characters long: buttons show {BUTTON_LABEL}"
            cure = f"shorten it by {length - BUTTON_LABEL}"
            yield Problem(draft.place("question"), message, cure, Severity.WARNING)


def _wordless(entries: Iterable[EntryDraft], outside: Iterable[OutsideTopic]) -> Iterator[Problem]:
    asked = (draft.entry.wordings + draft.entry.counterexamples for draft in entries)
    for wording in chain.from_iterable(chain(asked, (topic.examples for topic in outside))):
        if not letters(wording.text):
            yield Problem(wording.place, f"no word in {shown(wording.text)}", "write a question")


def _wordings_twice(
    entries: Iterable[EntryDraft], outside: Iterable[OutsideTopic]
) -> Iterator[Problem]:
    """A wording leads to one entry, and an outside example to none."""
    first: dict[str, tuple[Wording, str]] = {}
    owned = chain(
        ((wording, d.entry.id) for d in entries for wording in d.entry.wordings),
        ((wording, "") for topic in outside for wording in topic.examples),
    )
    for wording, owner in owned:
        other, other_owner = first.setdefault(letters(wording.text), (wording, owner))
        if other is wording:
            continue
        whose = f"the entry {named(other_owner)}" if other_owner else "an outside topic"
        whose = "this entry" if other_owner and other_owner == owner else whose
        message = f"{shown(wording.text)} is already asked in {whose}, at {other.place.short}"
        yield Problem(wording.place, message, "keep it in one place and remove it from the other")


def _contradictions(entries: Iterable[EntryDraft]) -> Iterator[Problem]:
    for draft in entries:
        own = {letters(wording.text): wording for wording in draft.entry.wordings}
        for example in draft.entry.counterexamples:
            if same := own.get(letters(example.text)):
                message = f"{shown(example.text)} is also a wording, on line {same.place.line}"
                cure = "a question is either to be answered here or not: remove one"
                yield Problem(example.place, message, cure)


def _related(
    entries: Iterable[EntryDraft], known: frozenset[str], whole: bool
) -> Iterator[Problem]:
    """Silent on unknown ids while some file is unreadable: they may be in it."""
    in_order = sorted(known)
    for draft in entries:
        yield from _twice(draft, "related", draft.entry.related)
        for index, name in enumerate(draft.entry.related):
            place = draft.place("related", index)
            if name == draft.entry.id:
                yield Problem(place, "the entry is related to itself", "remove it")
            elif name not in known and whole:
                message = f"there is no entry {named(name)}"
                yield Problem(place, message, _guess(name, in_order, "write the id of an entry"))


def _sources(entries: Iterable[EntryDraft], draft: SourcesDraft) -> Iterator[Problem]:
    in_order = sorted(draft.places)
    for entry in entries:
        yield from _twice(entry, "sources", entry.entry.sources)
        for index, key in enumerate(entry.entry.sources):
            if key not in draft.places and draft.whole:
                cure = _guess(key, in_order, "add it to sources.yaml")
                place = entry.place("sources", index)
                yield Problem(place, f"there is no source {named(key)}", cure)


def _twice(draft: EntryDraft, field: str, names: tuple[str, ...]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield Problem(draft.place(field, index), f"{named(name)} is here twice", "remove one")
        seen.add(name)


def _guess(name: str, known: list[str], otherwise: str) -> str:
    """A cure for a name that is not known: the one that was meant, or else `otherwise`."""
    guess = nearest(name, known, least=max(2, len(name) * 2 // 3))
    return f"did you mean {guess}? If not, {otherwise}" if guess else f"{otherwise}, or remove it"


def _unused_sources(entries: Iterable[EntryDraft], draft: SourcesDraft) -> Iterator[Problem]:
    used = {key for entry in entries for key in entry.entry.sources}
    for key, place in draft.places.items():
        if key not in used:
            message = f"no answer names the source {named(key)}"
            cure = "name it in the sources of an entry, or remove it"
            yield Problem(place, message, cure, Severity.WARNING)


def _shared_variants(draft: VocabularyDraft) -> Iterator[Problem]:
    """A text that belongs to two words of `same` would have to be both."""
    first: dict[str, str] = {}
    for name, variants in draft.vocabulary.same.items():
        for index, text in enumerate((name, *variants)):
            other = first.setdefault(letters(text), name)
            if other != name:
                path = ("same", name, index - 1) if index else ("same", name)
                place = Place(draft.file, draft.node.line_of(*path))
                message = f"{shown(text)} already belongs to {named(other)}"
                yield Problem(place, message, "keep it under one of the two")


def _unknown_dimensions(draft: VocabularyDraft, keys: list[str]) -> Iterator[Problem]:
    for key in draft.vocabulary.dimensions:
        if key not in keys:
            place = Place(draft.file, draft.node.line_of("dimensions", key))
            cure = _guess(key, keys, "name a file without its .yaml")
            message = f"there is no dimension {named(key)}"
            yield Problem(place, message, cure, Severity.WARNING)
