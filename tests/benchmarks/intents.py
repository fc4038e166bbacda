"""Other knowledge bases: `python -m tests.benchmarks.intents FILE`.

FILE is JSON in the form of CLINC150 (Larson et al., 2019): `train` {entry: [wordings]}, `dev`
[[question, entry]], `dev_typo` (the same with typos), `dev_oos` [questions that no entry answers].
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from pkgutil import resolve_name
from random import Random
from types import MappingProxyType
from typing import TypeVar

import click
import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import token_set_ratio
from rapidfuzz.process import extractOne

from bot.knowledge.model import Dimension, Entry, KnowledgeBase, Place, Subject, Wording
from bot.matching.matcher import Matcher
from tests.benchmarks import running
from tests.benchmarks.machine import machine, versions
from tests.benchmarks.measures import auroc, bar, calibration_error
from tests.benchmarks.tables import Table, percent, show
from tests.benchmarks.variants import WITHOUT, without

Size = tuple[int, int]
"""Entries, and wordings of each."""
SIZES: tuple[Size, ...] = ((150, 5), (150, 10), (20, 5), (20, 10), (50, 10))
"""Those that means are of: the same ones that figures published for such methods are of."""
MORE_SIZES: tuple[Size, ...] = ((150, 20),)
DRAWS = 4
"""So many times the entries of a size and their wordings are drawn."""
MOST_ASKED = 1000
"""Questions of each kind."""
OTHERS = 400
"""At most so many questions for entries that were not drawn, where they must be left alone, too."""

Asked = tuple[str, str]
Found = tuple[str, float, float]
"""The first entry, its score, its confidence (0 where the matcher states none)."""
T = TypeVar("T")
Rank = Callable[[str], Found]
Make = Callable[["Intents"], Rank]


@dataclass(frozen=True, slots=True)
class Intents:
    """Entries with their wordings, questions with their entries, questions without one."""

    train: dict[str, list[str]]
    dev: tuple[Asked, ...]
    typos: tuple[Asked, ...]
    outside: tuple[str, ...]

    def drawn(self, size: Size, others: int, random: Random) -> "Intents":
        """A smaller one, in which as many questions for the other entries are outside, too.

        At most as many entries, wordings of each and questions as there are.
        """
        entries, wordings = size
        names = set(_some(sorted(self.train), entries, random))
        left_over = [text for text, entry in self.dev if entry not in names]
        return Intents(
            {name: list(_some(self.train[name], wordings, random)) for name in sorted(names)},
            _some([asked for asked in self.dev if asked[1] in names], MOST_ASKED, random),
            _some([asked for asked in self.typos if asked[1] in names], MOST_ASKED, random),
            (*self.outside, *_some(left_over, others, random)),
        )


@dataclass(frozen=True, slots=True)
class Worth:
    """What a matcher is worth: shares from 0 to 1, `error` that of its confidence."""

    first: float
    typos: float
    auroc: float
    right_at_1: float
    right_at_5: float
    error: float


def _some(these: Sequence[T], most: int, random: Random) -> tuple[T, ...]:
    return tuple(random.sample(these, min(len(these), most)))


def read(file: Path) -> Intents:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return Intents(
            data["train"],
            tuple((text, entry) for text, entry in data["dev"]),
            tuple((text, entry) for text, entry in data["dev_typo"]),
            tuple(data["dev_oos"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise click.UsageError(f"{file} cannot be used: {error!r}") from None


def ours(intents: Intents) -> Rank:
    place = Place(Path("intents"), 1)
    entries = (
        (name, tuple(Wording(text, place) for text in texts))
        for name, texts in intents.train.items()
    )
    dimension = Dimension(
        "intents",
        "Intents",
        "intents",
        tuple(
            Entry(name, "intents", Subject.BOTH, wordings[0].text, "-", wordings)
            for name, wordings in entries
        ),
    )
    matcher = Matcher(KnowledgeBase((dimension,)))

    def rank(text: str) -> Found:
        for found in matcher.rank(text, 1).candidates:
            return found.entry.id, found.score, found.confidence
        return "", 0.0, 0.0

    return rank


def textbook(intents: Intents) -> Rank:
    textbook_of = resolve_name("tests.benchmarks.textbook:Textbook")  # it needs the extra
    names, method = list(intents.train), textbook_of(list(intents.train.values()))

    def rank(text: str) -> Found:
        best, score = method.rank(text)
        return names[best], score, 0.0

    return rank


def set_ratio(intents: Intents) -> Rank:
    owned = [(text.lower(), name) for name, texts in intents.train.items() for text in texts]
    texts = [text for text, _ in owned]

    def rank(text: str) -> Found:
        _, score, at = extractOne(text.lower(), texts, scorer=token_set_ratio)
        return owned[at][1], score, 0.0

    return rank


OURS = "this bot"
MAKERS: Mapping[str, Make] = MappingProxyType(
    {OURS: ours, "textbook": textbook, "rapidfuzz token_set_ratio": set_ratio}
)


def worth(rank: Rank, intents: Intents) -> Worth:
    scores, right, stated = _asked(rank, intents.dev)
    outside = [rank(text) for text in intents.outside]
    silent = [score for _, score, _ in outside]
    return Worth(
        first=float(right.mean()),
        typos=float(_asked(rank, intents.typos)[1].mean()),
        auroc=auroc(scores, silent),
        right_at_1=float((right & (scores > bar(silent, 0.01))).mean()),
        right_at_5=float((right & (scores > bar(silent, 0.05))).mean()),
        error=calibration_error(stated, right, [sure for _, _, sure in outside]),
    )


def _asked(
    rank: Rank, questions: Iterable[Asked]
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    """Of each question the score, whether the first entry is right, the confidence."""
    found = [(rank(text), entry) for text, entry in questions]
    scores = np.array([score for (_, score, _), _ in found], np.float64)
    right = np.array([first == entry for (first, _, _), entry in found], bool)
    return scores, right, np.array([sure for (_, _, sure), _ in found], np.float64)


def measure(
    make: Make, intents: Intents, sizes: Iterable[Size], *, others: int
) -> dict[Size, Worth]:
    """The mean over the draws of each size; every matcher gets the same draws."""
    return {
        size: mean(
            worth(make(drawn), drawn)
            for drawn in (intents.drawn(size, others, Random(draw)) for draw in range(DRAWS))
        )
        for size in sizes
    }


def mean(some: Iterable[Worth]) -> Worth:
    return Worth(*np.mean([astuple(each) for each in some], axis=0).tolist())


def _mean(found: Mapping[Size, Worth]) -> Worth:
    return mean(found[size] for size in SIZES)


_COLUMNS = ("first", "with typos", "AUROC", "right at 1%", "right at 5%", "calibration error")


def compared(about: str, rows: Sequence[tuple[str, Worth]]) -> Table:
    return Table(
        f"Other knowledge bases, other matchers: {about}",
        ("matcher", *_COLUMNS),
        tuple((name, *_shares(each, stated=not at)) for at, (name, each) in enumerate(rows)),
        f"Mean of {len(SIZES)} sizes. {versions()}.",
    )


def by_size(found: dict[Size, Worth]) -> Table:
    return Table(
        "This bot by size",
        ("entries × wordings", *_COLUMNS),
        tuple((f"{n} × {k}", *_shares(each, stated=True)) for (n, k), each in found.items()),
    )


def ablation(whole: Worth, rows: Sequence[tuple[str, Worth]]) -> Table:
    """What becomes of the whole when one idea is left out, in percentage points."""
    return Table(
        "What each idea brings",
        ("without", *_COLUMNS),
        tuple(
            (
                name,
                *(
                    f"{100 * (b - a):+.1f}"
                    for a, b in zip(astuple(whole), astuple(each), strict=True)
                ),
            )
            for name, each in rows
        ),
        "Change in points where it is left out. Of the calibration error, less is better.",
    )


def _shares(each: Worth, *, stated: bool) -> tuple[str, ...]:
    *shares, error = map(percent, astuple(each))
    return (*shares, error if stated else "–")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@running.as_markdown
def main(file: Path, markdown: bool) -> None:
    """Compare matchers on the intents in FILE (CLINC150's form), and leave out our ideas."""
    running.require_extra()
    intents = read(file)
    with running.progress() as bars:
        alone = {
            name: measure(make, intents, (*SIZES, *MORE_SIZES), others=0)
            for name, make in bars.track(MAKERS.items(), description="nobody's questions")
        }
        beside = {
            name: _mean(measure(make, intents, SIZES, others=OTHERS))
            for name, make in bars.track(MAKERS.items(), description="others' questions")
        }
        left_out = []
        for idea in bars.track(WITHOUT, description="without"):
            with without(idea):
                left_out.append((idea, _mean(measure(ours, intents, SIZES, others=OTHERS))))
    tables = (
        compared("nobody's questions", [(name, _mean(each)) for name, each in alone.items()]),
        by_size(alone[OURS]),
        compared("others' questions, too", list(beside.items())),
        ablation(beside[OURS], left_out),
    )
    show(tables, as_markdown=markdown)
    click.echo(machine(), err=True)


if __name__ == "__main__":
    main()
