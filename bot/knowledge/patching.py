"""What differs between two states of a file, as one run of lines that can be put back."""

from dataclasses import dataclass
from typing import Self

from bot.knowledge.layout import lines_of

_CONTEXT = 2  # lines before and after by which a place is found again


class PatchError(Exception):
    """The place that the patch is for does not look as it did."""


@dataclass(frozen=True, slots=True)
class Patch:
    """In `file`, from `line` (from 0) on, the lines `old` became the lines `new`.

    `before` and `after` are the lines around them, at most `_CONTEXT`.
    """

    file: str
    line: int
    old: str
    new: str
    before: str = ""
    after: str = ""

    @classmethod
    def between(cls, file: str, old: bytes, new: bytes) -> Self:
        """The smallest run of lines that leads from one to the other."""
        one, other = _lines(old), _lines(new)
        shared = min(len(one), len(other))
        head = next((n for n in range(shared) if one[n] != other[n]), shared)
        rest = shared - head
        tail = next((n for n in range(rest) if one[-1 - n] != other[-1 - n]), rest)
        return cls(
            file=file,
            line=head,
            old="".join(one[head : len(one) - tail]),
            new="".join(other[head : len(other) - tail]),
            before="".join(one[max(0, head - _CONTEXT) : head]),
            after="".join(one[len(one) - tail : len(one) - tail + _CONTEXT]),
        )

    @property
    def back(self) -> "Patch":
        """The patch that undoes this one."""
        return Patch(self.file, self.line, self.new, self.old, self.before, self.after)

    def applied(self, data: bytes) -> bytes:
        """`data` with `new` in the place of `old`, also where other lines were changed meanwhile.

        Raises PatchError where that place is gone, or is not the only one like it.
        """
        lines, old = _lines(data), lines_of(self.old)
        around = [*lines_of(self.before), *old, *lines_of(self.after)]
        start = self.line - len(lines_of(self.before))
        if lines[max(0, start) : start + len(around)] != around or start < 0:
            start = _only_place(lines, around)
        first = start + len(lines_of(self.before))
        lines[first : first + len(old)] = lines_of(self.new)
        return "".join(lines).encode(errors="surrogateescape")


def _only_place(lines: list[str], sought: list[str]) -> int:
    """Where `sought` stands in `lines`, if that is in one place alone."""
    last = len(lines) - len(sought)
    places = [n for n in range(last + 1) if lines[n : n + len(sought)] == sought]
    if len(places) != 1:
        raise PatchError("these lines have been changed since")
    return places[0]


def _lines(data: bytes) -> list[str]:
    return lines_of(data.decode(errors="surrogateescape"))
