"""The command ask, and the conversation."""

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from io import BufferedIOBase, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

import click

from bot.cli.setting_up import Exit, build_answerer, knowledge_folder

if TYPE_CHECKING:
    from bot.answering import Answerer


@click.command(short_help="Answer questions: in a conversation, one by one, or for a program.")
@click.argument("questions", metavar="[QUESTION]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each question.")
@click.option("--explain", is_flag=True, help="Show how the answer was found.")
@click.option(
    "--knowledge", type=click.Path(path_type=Path), metavar="DIR", help="Answer from these files."
)
def ask(
    questions: tuple[str, ...], *, as_json: bool, explain: bool, knowledge: Path | None
) -> None:
    """Answer each QUESTION, else each line of standard input; on a terminal, converse.

    Put a question that has spaces in quotation marks.
    """
    if as_json and explain:
        raise click.UsageError("Choose either --json or --explain.")
    answerer = build_answerer(knowledge or knowledge_folder(), Exit.UNUSABLE_INPUT)
    if not (questions or as_json or explain) and sys.stdin and sys.stdin.isatty():
        converse(answerer)
        return
    out = _standard_output()
    form = _form(answerer, out, as_json=as_json, explain=explain)
    if not (as_json or explain or len(questions) == 1):
        form = _headed(form)
    try:
        for question in _questions(questions, out.flush):
            out.write(f"{form(question)}\n")
        out.flush()
    except BrokenPipeError:
        # The reader has seen enough. What is still buffered must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def _questions(arguments: tuple[str, ...], before_waiting: Callable[[], None]) -> Iterable[str]:
    """The questions to answer; what is not UTF-8 in them becomes "�"."""
    from bot.console import lines

    if arguments:
        return (os.fsencode(argument).decode("utf-8", "replace") for argument in arguments)
    if sys.stdin is None:  # it was closed before we started
        return ()
    return lines(cast("BufferedIOBase", sys.stdin.buffer), before_waiting)


def _form(
    answerer: "Answerer", out: TextIO, *, as_json: bool, explain: bool
) -> Callable[[str], str]:
    """What makes of a question the text to print."""
    from bot import console
    from bot.answering import Query
    from bot.explaining import explain as explanation
    from bot.replies import compose

    if as_json:
        return lambda text: console.as_json(
            answerer.answer(Query(text)), unprompted=answerer.overhear(text) is not None
        )
    if not (explain or out.isatty()):
        return lambda text: console.as_text(
            compose(answerer.answer(Query(text)), answerer.knowledge)
        )
    from bot.screen import Screen

    screen = Screen()
    if explain:
        return lambda text: screen.explanation(explanation(answerer, Query(text)))
    return lambda text: screen.reply(compose(answerer.answer(Query(text)), answerer.knowledge))


def _headed(form: Callable[[str], str]) -> Callable[[str], str]:
    """The form under its question, where there are several."""
    from bot.console import printable

    return lambda text: f"> {printable(text)}\n\n{form(text)}\n"


def _standard_output() -> TextIO:
    """Standard output that can print anything: what its encoding has not becomes "?"."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return sys.stdout


def converse(answerer: "Answerer") -> None:
    """Talk in the terminal until the person has had enough."""
    from bot import screen

    with suppress(ImportError):  # not everywhere; once loaded, input() can edit its line
        import_module("readline")

    screen.converse(answerer, screen.Screen(), input, click.echo)
