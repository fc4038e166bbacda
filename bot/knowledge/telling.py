"""How problems name what an author wrote: on one line, cut short, nothing invisible."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

MOST_SHOWN = 60  # characters: enough to find a text again, short enough for one line


def shown(text: str) -> str:
    """`text` as it would stand in double quotes in a YAML file, cut to `MOST_SHOWN` characters."""
    escaped = _visible(text.replace("\\", "\\\\").replace('"', '\\"'))
    return f'"{escaped}"'


def named(name: str) -> str:
    """A field's name, an id or a key as the messages print it."""
    return f"`{_visible(name)}`"


def nearest(word: str, words: Sequence[str], least: int = 2) -> str | None:
    """The one of `words` (sorted) that shares the longest beginning with `word`.

    None where fewer than `least` characters are shared. Only the two neighbours in the alphabet
    can share the most, so a file of a hundred thousand wrong names costs no more than reading it.
    """
    position = bisect_left(words, word)
    neighbours = words[max(position - 1, 0) : position + 1]
    best = max(neighbours, key=lambda neighbour: _shared(word, neighbour), default="")
    return best if _shared(word, best) >= least else None


def _shared(one: str, other: str) -> int:
    """How many characters the two have in common at their beginnings."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _visible(text: str) -> str:
    cut = text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"
    return "".join(map(_escaped, cut))


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")
