"""The plots of the exam page: small drawings in SVG, with their figures as text in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from bot.exam.summary import Bin, Step

_LEFT, _TOP, _SIDE, _BOTTOM = 46, 12, 300, 40  # the frame of a plot, in pixels
_GRID = (0.0, 0.25, 0.5, 0.75, 1.0)
_FULL_BAR = 100.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: its share (0 to 1), its name, and the class that gives its colour."""

    share: float
    name: str
    style: str


def bar(parts: Sequence[Part], label: str) -> str:
    """The parts of a whole, side by side."""
    drawn, at = [], 0.0
    for part in parts:
        width = part.share * _FULL_BAR
        title = escape(f"{part.name}: {part.share:.1%}")
        drawn.append(
            f'<rect class="{part.style}" x="{at:.2f}" y="0" width="{width:.2f}" height="10">'
            f"<title>{title}</title></rect>"
        )
        at += width
    told = ", ".join(f"{part.name} {part.share:.0%}" for part in parts)
    return (
        f'<svg class="bar" viewBox="0 0 {_FULL_BAR:.0f} 10" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(f"{label}: {told}")}">{"".join(drawn)}</svg>'
    )


def reliability(bins: Iterable[Bin]) -> str:
    """A dot for each tenth of confidence, the larger the more rows, beside the line of honesty."""
    dots = "".join(_dot(each) for each in bins)
    honest = f'<line class="honest" {_line(0, 0, 1, 1)} />'
    return _plot(
        "How often it was right, by how sure it said it was",
        "it said",
        "it was right",
        honest + dots,
    )


def _dot(each: Bin) -> str:
    radius = min(14.0, 3 + each.count**0.5 / 2)
    title = f"said {each.stated:.0%}, was right in {each.right:.0%} of {each.count} rows"
    x, y = _point(each.stated, each.right)
    return (
        f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
        f"<title>{title}</title></circle>"
    )


def curve(steps: Sequence[Step], threshold: float) -> str:
    """The shares answered right, wrong and in vain, by threshold; a line at today's."""
    lines = "".join(
        _polyline(
            [(each.threshold, value) for each, value in zip(steps, values, strict=True)], name
        )
        for name, values in (
            ("right", [each.right for each in steps]),
            ("wrong", [each.wrong for each in steps]),
            ("false", [each.false for each in steps]),
        )
    )
    today = f'<line class="today" {_line(threshold, 0, threshold, 1)} />'
    x, y = _point(threshold, 1)
    label = f'<text class="note" x="{x + 4:.1f}" y="{y + 12:.1f}">today</text>'
    return _plot(
        "Shares answered, by the threshold", "threshold", "share of rows", lines + today + label
    )


def _polyline(points: Sequence[tuple[float, float]], name: str) -> str:
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_point(*point) for point in points))
    return f'<polyline class="line {name}" points="{drawn}"><title>{name}</title></polyline>'


def _plot(title: str, across: str, up: str, inside: str) -> str:
    grid = "".join(
        f'<line class="grid" {_line(0, at, 1, at)} /><line class="grid" {_line(at, 0, at, 1)} />'
        for at in _GRID
    )
    width, height = _LEFT + _SIDE + 16, _TOP + _SIDE + _BOTTOM
    return (
        f'<svg class="plot" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(title)}">{grid}{_ticks()}{inside}'
        f'<text class="axis" x="{_LEFT + _SIDE / 2:.0f}" y="{height - 4}">{escape(across)}</text>'
        f'<text class="axis" transform="translate(11 {_TOP + _SIDE / 2:.0f}) rotate(-90)">'
        f"{escape(up)}</text></svg>"
    )


def _ticks() -> str:
    return "".join(
        f'<text class="tick end" x="{_LEFT - 6}" y="{_point(0, at)[1] + 4:.1f}">{at:.0%}</text>'
        f'<text class="tick mid" x="{_point(at, 0)[0]:.1f}" y="{_TOP + _SIDE + 16}">{at:.0%}</text>'
        for at in _GRID
    )


def _point(across: float, up: float) -> tuple[float, float]:
    return _LEFT + across * _SIDE, _TOP + (1 - up) * _SIDE


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    (left, bottom), (right, top) = _point(x1, y1), _point(x2, y2)
    return f'x1="{left:.1f}" y1="{bottom:.1f}" x2="{right:.1f}" y2="{top:.1f}"'
