"""A summary as tables for a terminal, and as one object for programs."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.console import printable
from bot.exam.marking import ANSWERABLE, UNANSWERABLE, Marked, Verdict
from bot.exam.summary import Summary, Tally, share, size
from bot.replies import clip

MOST_PAIRS = 12
_WIDEST = 100  # columns
_LONGEST = 60  # characters of an example


def show(summary: Summary, console: Console) -> None:
    """Print the summary."""
    console.width = min(console.width, _WIDEST) if console.is_terminal else _WIDEST
    console.print(Group(*_parts(summary)))


def as_json(summary: Summary) -> str:
    """The summary as one line of JSON; shares and confidences from 0 to 1."""
    return json.dumps(
        {
            "rows": summary.rows,
            "total": summary.total,
            "by_kind": summary.by_kind,
            "by_dimension": summary.by_dimension,
            "confusions": [asdict(each) for each in summary.confusions],
            "reliability": [asdict(each) for each in summary.reliability],
            "calibration_error": summary.calibration_error,
            "curve": [asdict(each) for each in summary.curve],
            "policy": asdict(summary.policy),
            "failed": [_failed(each) for each in summary.failed],
        }
    )


def _failed(marked: Marked) -> dict[str, object]:
    place = marked.row.place
    return {
        "ask": marked.row.ask,
        "expect": marked.row.expect,
        "verdict": marked.verdict,
        "first": marked.first,
        "confidence": marked.confidence,
        "file": str(place.file),
        "line": place.line,
    }


def _parts(summary: Summary) -> Iterator[RenderableType]:
    if any(summary.by_dimension):
        yield _tallies("By dimension", summary.by_dimension, ANSWERABLE, summary.total)
    for sort in (ANSWERABLE, UNANSWERABLE):
        of_sort = {kind: t for kind, t in summary.by_kind.items() if size(t, sort[0])}
        if of_sort:
            title = "By kind" if sort is ANSWERABLE else "What the FAQ does not answer"
            yield _tallies(title, of_sort, sort, summary.total)
    if summary.confusions:
        yield _confusions(summary)
    yield _reliability(summary)
    yield _curve(summary)


def _tallies(
    title: str, tallies: Mapping[str, Tally], verdicts: tuple[Verdict, ...], total: Tally
) -> Table:
    table = _table(title, "", "rows", *verdicts)
    for name, tally in [*tallies.items(), ("all", total)]:
        shares = (f"{share(tally, verdict):.1%}" for verdict in verdicts)
        style = "bold" if tally is total else ""
        table.add_row(Text(printable(name)), str(size(tally, verdicts[0])), *shares, style=style)
    return table


def _confusions(summary: Summary) -> Table:
    table = _table("Answered with another entry", "", "expected", "answered", "for example")
    for each in summary.confusions[:MOST_PAIRS]:
        example = clip(printable(each.example), _LONGEST)
        table.add_row(
            f"{each.count} ×", *(Text(cell) for cell in (each.expected, each.answered, example))
        )
    return table


def _reliability(summary: Summary) -> Table:
    note = (
        f"They differ by {summary.calibration_error:.1%} on average (expected calibration error)."
    )
    table = _table(
        "How sure it was, and how often rightly", "confidence", "rows", "stated", "right"
    )
    table.caption, table.caption_justify = note, "left"
    for each in summary.reliability:
        table.add_row(
            f"{each.low:.0%} to {each.high:.0%}",
            str(each.count),
            f"{each.stated:.0%}",
            f"{each.right:.0%}",
        )
    return table


def _curve(summary: Summary) -> Table:
    table = _table(
        "If it always answered from a confidence on",
        "threshold",
        "right",
        "wrong",
        "though none fits",
    )
    table.caption = f"Today's threshold: {summary.policy.answer:.0%}"
    table.caption_justify = "left"
    today = min(summary.curve, key=lambda each: abs(each.threshold - summary.policy.answer))
    for each in summary.curve:
        table.add_row(
            f"{each.threshold:.0%}",
            *(f"{value:.1%}" for value in (each.right, each.wrong, each.false)),
            style="bold" if each is today else "",
        )
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    words = {"", "expected", "answered", "for example"}
    for at, name in enumerate(columns):
        left = name in words and not (at == 0 and "expected" in columns)
        table.add_column(name, justify="left" if left else "right", overflow="fold")
    return table
