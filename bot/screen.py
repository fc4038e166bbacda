"""The terminal adapter for people: replies drawn by rich, and a conversation."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.markdown import Markdown
from rich.styled import Styled
from rich.table import Table
from rich.text import Text

from bot.answering import Answer, Answerer, Fallback, Occasion, Query, Suggestions
from bot.console import printable
from bot.explaining import Explanation
from bot.matching.ranking import Ranking
from bot.replies import Button, Reply, act, clip, compose

PATIENCE = 2.0  # seconds of silence before saying that it takes a while
_WIDEST = 100  # columns: longer lines are hard to read
_LINE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
_GOODBYES = frozenset({"quit", "exit", "bye", "q"})
_NEAREST = 8  # wordings shown in an explanation
_SHARES = {"wording": 5, "question": 5, "entry": 4, "of": 4}  # of what the numbers leave
_MOST_WORDS = 50  # rows of the table of words
_LONGEST = 300  # characters of a text in an explanation
_NUMBERS = frozenset({"score", "confidence", "alike", "vote"})
_DECISIONS = {
    Answer: "It is answered",
    Suggestions: "Suggestions are offered",
    Fallback: "It is not answered",
}
_PROMPT = "you> "
_HOW_TO = 'The number of a line picks it; "quit" ends the conversation.'


class Screen:
    """Draws for `console` (standard output if none is given), as text with its colours in it."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)
        seen = self._console.is_terminal
        self._console.width = min(self._console.width, _WIDEST) if seen else _WIDEST

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

    def explanation(self, explanation: Explanation) -> str:
        """Draw why a question got its outcome, as tables that a moderator can follow."""
        query, ranking = explanation.outcome.query, explanation.ranking
        parts: list[RenderableType] = [Text(f"“{_clipped(query.text)}”", style="bold")]
        if ranking.terms:
            parts.append(_reading(ranking))
        if explanation.outcome.candidates:  # small talk was not looked up
            parts += [_nearest(ranking), _found(ranking)]
        decision = _DECISIONS[type(explanation.outcome)]
        parts.append(Text.assemble((f"{decision}. ", "bold"), printable(explanation.reason)))
        return self._drawn(*parts)

    def note(self, text: str) -> str:
        return self._drawn(Text(printable(text), style="dim"))

    def _drawn(self, *parts: RenderableType) -> str:
        with self._console.capture() as capture:
            self._console.print(*parts, sep="\n")
        return capture.get().rstrip("\n") + "\n"


def _markdown(text: str) -> Markdown:
    return Markdown(_as_common_mark(printable(text.strip())), hyperlinks=False)


def _reading(ranking: Ranking) -> Table:
    named = f"Subject named: {ranking.named or 'none'}"
    table = _table("How it was read", "word", "taken for", "counts", caption=named)
    for term in ranking.terms[:_MOST_WORDS]:
        weight = f"{term.weight:.0%}" if term.weight else "not at all: no wording has it"
        table.add_row(*_cells(term.said, term.word if term.weight else "", weight))
    if len(ranking.terms) > _MOST_WORDS:
        table.add_row("…")
    return table


def _nearest(ranking: Ranking) -> Table:
    nearest = ranking.neighbours[:_NEAREST]
    left_out = len(ranking.neighbours) - len(nearest)
    caption = f"and {left_out} that are less like it" if left_out else ""
    table = _table("The wordings most like it", "wording", "of", "alike", "vote", caption=caption)
    for near in nearest:
        alike, vote = f"{near.similarity:.2f}", f"{near.vote:+.2f}"
        table.add_row(*_cells(near.wording.text, near.owner, alike, vote))
    return table


def _found(ranking: Ranking) -> Table:
    table = _table("What may answer it", "entry", "question", "score", "confidence")
    for found in ranking.candidates:
        score, confidence = f"{found.score:.2f}", f"{found.confidence:.0%}"
        table.add_row(*_cells(found.entry.id, found.entry.question, score, confidence))
    if ranking.outside is not None:
        confidence = f"{ranking.outside.confidence:.0%}"
        table.add_row(*_cells("outside the FAQ", ranking.outside.topic, "", confidence))
    return table


def _table(title: str, *columns: str, caption: str = "") -> Table:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        caption=caption or None,
        caption_justify="left",
        box=SIMPLE_HEAD,
    )
    for name in columns:
        number = name in _NUMBERS
        table.add_column(
            name,
            justify="right" if number else "left",
            no_wrap=number,
            overflow="fold",
            ratio=_SHARES.get(name),
        )
    return table


def _cells(*texts: str) -> Iterator[Text]:
    """Cells with the texts as they are: rich would take a part in brackets for a style."""
    return map(Text, map(_clipped, texts))


def _clipped(text: str) -> str:
    return clip(printable(text), _LONGEST)


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
    reply = compose(Fallback(Query(""), Occasion.HELP), answerer.knowledge)
    write(screen.reply(reply, numbered=True))
    write(screen.note(_HOW_TO))
    for text in _spoken(read):
        about = answerer.knowledge.entries.get(reply.entry or "")
        reply = _pressed(text, reply.buttons, answerer) or compose(
            answerer.answer(Query(text, about)), answerer.knowledge
        )
        write(screen.reply(reply, numbered=True))
    write("")


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
