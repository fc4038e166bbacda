"""From the folder of knowledge files to a knowledge base, or every problem of all files at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bot.knowledge.checking import check
from bot.knowledge.drafts import (
    Draft,
    dimension_draft,
    outside_draft,
    sources_draft,
    vocabulary_draft,
)
from bot.knowledge.folder import EXAM, OUTSIDE, RESERVED, SOURCES, VOCABULARY, contents, survey
from bot.knowledge.model import KnowledgeBase, KnowledgeError, Problem, Severity, Vocabulary
from bot.knowledge.strict_yaml import Node, parse


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a folder gave: `knowledge` is None where one of the problems is an error.

    `problems`: errors first, then by file and line.
    """

    knowledge: KnowledgeBase | None
    problems: tuple[Problem, ...]


def load(folder: Path) -> KnowledgeBase:
    """The knowledge base in `folder`. Raises KnowledgeError with all problems if there is none."""
    reading = read(folder)
    if reading.knowledge is None:
        raise KnowledgeError(reading.problems)
    return reading.knowledge


def read(folder: Path) -> Reading:
    """Read and check the knowledge files in `folder`. Bad content never raises."""
    files, problems = survey(folder)
    return read_contents(folder, {file: contents(file) for file in files}, problems)


def read_contents(
    folder: Path, files: Mapping[Path, bytes | Problem], problems: tuple[Problem, ...] = ()
) -> Reading:
    """As `read`, from what the files of `folder` hold or shall hold, in the order of the FAQ.

    `problems` are those that are known already.
    """
    roots: dict[Path, Node | None] = {}
    for file, data in files.items():
        if file.name == EXAM:  # a mistake in it must not keep the FAQ from being used
            continue
        roots[file], found = _root(file, data)
        problems += found
    draft, unfit = _drafted(folder, roots)
    problems = _in_order((*problems, *unfit, *check(draft)))
    broken = any(problem.severity is Severity.ERROR for problem in problems)
    knowledge = None if broken else _knowledge(draft)
    # Let go of the drafts one by one: all at once would hold up the running bot until it is done.
    drafts = list(draft.dimensions)
    del draft
    roots.clear()
    while drafts:
        drafts.pop()
    return Reading(knowledge, problems)


def _drafted(folder: Path, roots: Mapping[Path, Node | None]) -> tuple[Draft, Iterator[Problem]]:
    """The draft of all files, and what does not fit. An absent file is as good as an empty one."""
    absent = Node(1, None)
    dimensions, unfit = [], []
    for file, root in roots.items():
        if file.name not in RESERVED:
            dimension, problems = dimension_draft(root, file)
            dimensions.append(dimension)
            unfit.append(problems)
    file = folder / SOURCES
    sources, unfit_sources = sources_draft(roots.get(file, absent), file)
    file = folder / VOCABULARY
    vocabulary, unfit_vocabulary = vocabulary_draft(roots.get(file, absent), file)
    file = folder / OUTSIDE
    outside, unfit_outside = outside_draft(roots.get(file, absent), file)
    draft = Draft(tuple(dimensions), sources, vocabulary, outside)
    return draft, chain(*unfit, unfit_sources, unfit_vocabulary, unfit_outside)


def _root(file: Path, data: bytes | Problem) -> tuple[Node | None, tuple[Problem, ...]]:
    if isinstance(data, Problem):
        return None, (data,)
    document = parse(data, file)
    return document.root, document.problems


def _knowledge(draft: Draft) -> KnowledgeBase:
    return KnowledgeBase(
        dimensions=tuple(one.dimension for one in draft.dimensions),
        sources=draft.sources.sources,
        vocabulary=draft.vocabulary.vocabulary if draft.vocabulary else Vocabulary(),
        outside=draft.outside,
    )


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    def key(problem: Problem) -> tuple[bool, str, int]:
        place = problem.place
        return problem.severity is not Severity.ERROR, str(place.file), place.line

    return tuple(sorted(problems, key=key))
