"""The part of a document that is made from the figures: what stands between two marks in it."""

import re
from textwrap import fill

from bot.exam.marking import Verdict
from bot.exam.summary import share, size
from tests.benchmarks.contenders import OURS, TIMED
from tests.benchmarks.machine import versions
from tests.benchmarks.quality import Quality
from tests.benchmarks.speed import Speed
from tests.benchmarks.tables import Table, lines, percent

BEGIN = "<!-- benchmark: made by `python -m tests.benchmarks --write README.md` -->"
END = "<!-- benchmark: end -->"
_PART = re.compile(f"{re.escape(BEGIN)}\n(.*){re.escape(END)}", re.DOTALL)


class UnmarkedError(Exception):
    """A document has no such part."""


def part(document: str) -> str:
    """What now stands between the marks."""
    found = _PART.search(document)
    if found is None:
        raise UnmarkedError(f"Put these two lines where the figures shall stand:\n{BEGIN}\n{END}")
    return found[1]


def rewritten(document: str, quality: Quality, speed: Speed) -> str:
    """`document` with the figures of today."""
    start = document.index(BEGIN) + len(BEGIN) + 1
    end = start + len(part(document))
    return f"{document[:start]}\n{made(quality, speed)}\n{document[end:]}"


def made(quality: Quality, speed: Speed) -> str:
    total = quality.exam.total
    inside, outside = size(total, Verdict.RIGHT), size(total, Verdict.UNASKED)
    right, wrong, offered = (
        percent(share(total, verdict))
        for verdict in (Verdict.RIGHT, Verdict.WRONG, Verdict.SUGGESTED)
    )
    answered = percent(1 - share(total, Verdict.LEFT_ALONE))
    exam = (
        f"Our own exam ([tests/exam](tests/exam)) has {inside} questions, most by somebody who had "
        f"not seen the phrasings, and {outside} messages that no entry answers. Under “at 1%” "
        "stands what a matcher answers right and wrong of the questions, with the threshold at "
        "which it answers at most 1% of those messages; likewise for 5%."
    )
    policy = (
        f"At its own thresholds, asked directly, the bot answers {right} right and {wrong} wrong, "
        f"and offers the right entry for {offered}; it answers {answered} of the messages, "
        f"and unasked {total[Verdict.UNASKED]} of them. Its confidence is off by "
        f"{percent(quality.exam.calibration_error)} on average."
    )
    conditions = (
        "The time is the mean for a question on one core; the FAQ is grown with made-up entries. "
        f"Measured with {versions()}."
    )
    first = _filled(exam), lines(_quality(quality))
    then = _filled(policy), lines(_speed(speed)), _filled(conditions)
    return "\n".join((*first, *then))


def _filled(text: str) -> str:
    return fill(text, 100, break_on_hyphens=False, break_long_words=False) + "\n"


def _quality(quality: Quality) -> Table:
    rows = []
    for each in quality.measured:
        answered = [f"{percent(at.right)}, {percent(at.wrong)}" for at in each.answered]
        rows.append((each.name, percent(each.first), percent(each.three), *answered))
    columns = ("matcher", "right entry first", "in first three", "at 1%: right, wrong", "at 5%")
    return Table("", columns, tuple(rows))


def _speed(speed: Speed) -> Table:
    rows = []
    for wordings in speed.timings:
        ours = speed.of(wordings, OURS)
        times = [f"{speed.of(wordings, name).asking.mean:.2f} ms" for name in TIMED]
        cost = f"{ours.built:.2f} s", f"{ours.adds:.0f} MB"
        rows.append((f"{ours.wordings:,}", *times, *cost))
    columns = ("wordings in the FAQ", *TIMED, "ours built in", "our memory")
    return Table("", columns, tuple(rows))
