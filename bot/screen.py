"""The terminal adapter for people: replies drawn by rich, and a conversation."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, RenderableType
from rich.markdown import Markdown
from rich.styled import Styled
from rich.text import Text

from bot.answering import Answerer, Fallback, Occasion, Query
from bot.console import printable
from bot.knowledge.model import Entry
from bot.replies import Button, Reply, act, compose

PATIENCE = 2.0  # seconds of silence before saying that it takes a while
_WIDEST = 100  # columns: longer lines are hard to read
_LINE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
_GOODBYES = frozenset({"quit", "exit", "bye", "q"})
_PROMPT = "\nyou> "
_HOW_TO = 'The number of a line picks it; "quit" ends the conversation.'


class Screen:
    """Draws for `console` (standard output if none is given), as text with its colours in it."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)
        self._width = _WIDEST
        if self._console.is_terminal:
            self._width = min(self._console.width, _WIDEST)

    def reply(self, reply: Reply, *, numbered: bool = False) -> str:
        """Draw a reply; with numbers before its buttons, so that they can be picked."""
        parts: list[RenderableType] = [_markdown(reply.text)]
        if reply.footnote:
            parts += ["", Styled(_markdown(reply.footnote), "dim")]
        if reply.buttons:
            parts.append("")
        for number, button in enumerate(reply.buttons, 1):
            mark = f"{number:>2}  " if numbered else "→ "
            parts.append(Text.assemble((mark, "cyan"), printable(button.label)))
        return self._drawn(*parts)

    def note(self, text: str) -> str:
        return self._drawn(Text(printable(text), style="dim"))

    def _drawn(self, *parts: RenderableType) -> str:
        with self._console.capture() as capture:
            self._console.print(*parts, sep="\n", width=self._width)
        return capture.get().rstrip("\n") + "\n"


def _markdown(text: str) -> Markdown:
    return Markdown(_as_common_mark(printable(text.strip())), hyperlinks=False)


def _as_common_mark(text: str) -> str:
    """Discord's Markdown in CommonMark, which would run the lines of a paragraph together."""
    return _LINE_BREAK.sub("  \n", text)


def converse(
    answerer: Answerer,
    screen: Screen,
    read: Callable[[str], str],
    write: Callable[[str], object],
) -> None:
    """Answer line by line, until the person has had enough.

    Every line may follow up on the answer before it, as a reply to it would in Discord.
    """
    write(screen.reply(compose(Fallback(Query(""), Occasion.HELP), answerer.knowledge)))
    write(screen.note(_HOW_TO))
    about: Entry | None = None
    buttons: tuple[Button, ...] = ()
    for text in _spoken(read):
        reply = _pressed(text, buttons, answerer) or compose(
            answerer.answer(Query(text, about)), answerer.knowledge
        )
        write(screen.reply(reply, numbered=True))
        buttons = reply.buttons
        about = answerer.knowledge.entries.get(reply.entry or "")


def _spoken(read: Callable[[str], str]) -> Iterator[str]:
    """What the person types, without empty lines, to the goodbye, Ctrl-D or Ctrl-C."""
    while True:
        try:
            text = read(_PROMPT).strip()
        except (EOFError, KeyboardInterrupt):
            return
        if text.lower() in _GOODBYES:
            return
        if text:
            yield text


def _pressed(text: str, buttons: tuple[Button, ...], answerer: Answerer) -> Reply | None:
    """What the button with the number `text` shows, if there is one."""
    numbered = {str(number): button for number, button in enumerate(buttons, 1)}
    button = numbered.get(text)
    return act(button.action, answerer.knowledge) if button else None


@contextmanager
def patience(doing: str) -> Iterator[None]:
    """Say on a terminal's standard error what is being done, once it has taken a while."""
    console = Console(stderr=True)
    status = console.status(f"{doing}…")
    timer = threading.Timer(PATIENCE, status.start)
    if console.is_terminal:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
        status.stop()
