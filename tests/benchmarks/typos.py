"""Seeded slips of the fingers."""

from random import Random

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    letter: row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    for row in _ROWS
    for at, letter in enumerate(row)
}
"""Letter → the keys to its left and right."""


def mistyped(text: str, random: Random) -> str:
    """`text` with one or two letters hit beside, left out, doubled, or swapped with the next."""
    for _ in range(random.choice((1, 2))):
        places = [at for at, letter in enumerate(text) if letter.lower() in _BESIDE]
        if places:
            text = _slip(text, random.choice(places), random)
    return text


def _slip(text: str, at: int, random: Random) -> str:
    before, letter, after = text[:at], text[at], text[at + 1 :]
    slips = (
        random.choice(_BESIDE[letter.lower()]),
        "",
        letter * 2,
        after[:1] + letter,
    )
    kind = random.choices(range(len(slips)), (40, 25, 15, 20))[0]
    return before + slips[kind] + (after[1:] if kind == len(slips) - 1 else after)
