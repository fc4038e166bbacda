"""Edits as people read them."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from bot.knowledge.layout import lines_of
from bot.knowledge.patching import Patch
from bot.knowledge.saving import Files


def patches_between(before: Files, after: Files) -> tuple[Patch, ...]:
    """What leads from one state of the files to the other; a file that is not there is empty."""
    pairs = ((name, before.get(name, b""), data) for name, data in after.items())
    return tuple(Patch.between(name, old, new) for name, old, new in pairs if old != new)


def as_diff(patches: Iterable[Patch]) -> str:
    """The changed lines with - and + before them, under the file and line where they begin."""
    return "".join(f"{line}\n" for patch in patches for line in _lines(patch))


def _lines(patch: Patch) -> Iterator[str]:
    yield f"@@ {patch.file}, line {patch.line + 1} @@"
    old, new = lines_of(patch.old), lines_of(patch.new)
    for line in lines_of(patch.before):
        yield _line(" ", line)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield from (_line(" ", line) for line in old[i1:i2])
            continue
        yield from (_line("-", line) for line in old[i1:i2])
        yield from (_line("+", line) for line in new[j1:j2])
    for line in lines_of(patch.after):
        yield _line(" ", line)


def _line(mark: str, line: str) -> str:
    # A byte that is not UTF-8 is kept as half a surrogate pair, which cannot be sent.
    return mark + line.rstrip("\r\n").encode(errors="replace").decode()
