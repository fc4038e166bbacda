"""The commands for those who write the FAQ: check and exam."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.setting_up import (
    Exit,
    build_answerer,
    end,
    knowledge_folder,
    on_one_line,
    policy,
    read_settings,
)

if TYPE_CHECKING:
    from bot.answering import Answerer
    from bot.exam.marking import Marked
    from bot.knowledge.exam_rows import ExamRow

_PATH = click.Path(path_type=Path)
_OWN_EXAM = Path("tests/exam")


@click.command()
@click.argument("folder", metavar="[DIR]", type=_PATH, required=False)
def check(folder: Path | None) -> None:
    """Check the knowledge files, in DIR or where the bot reads them."""
    from bot.curating.validating import validate
    from bot.knowledge.model import Severity
    from bot.screen import patience

    with patience("Checking"):
        checked = validate(folder or knowledge_folder())
    for problem in checked.problems:
        click.echo(on_one_line(problem))
    told = ", ".join(_count(checked.number(severity), severity) for severity in Severity)
    extent = _count(checked.files, "file")
    if checked.entries:
        extent += f", {_count(checked.entries, 'entry', 'entries')}"
    click.echo(f"{told} in {extent}.")
    if not checked.number(Severity.ERROR):
        budget, sure = read_settings().false_answers, policy().unprompted
        click.echo(
            f"Unasked, the bot answers from a confidence of {sure:.1%} on: about {budget:g} false "
            "answers in 10,000 messages (FAQ_FALSE_ANSWERS)."
        )
    sys.exit(Exit.PROBLEMS if checked.number(Severity.ERROR) else Exit.DONE)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=_PATH)
@click.option("--knowledge", type=_PATH, metavar="DIR", help="Examine these knowledge files.")
@click.option("--html", type=_PATH, metavar="FILE", help="Write a page with plots to FILE.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def exam(
    files: tuple[Path, ...], *, knowledge: Path | None, html: Path | None, as_json: bool
) -> None:
    """Put questions with known answers to the bot, and tell how it did.

    Each FILE has exam rows, as YAML or as JSON lines; of a folder, all its files are taken.
    Without any: those in tests/exam, and exam.yaml of the knowledge files.
    """
    from rich.console import Console

    from bot.exam import page, tables
    from bot.exam.summary import summarise
    from bot.knowledge.exam_rows import read_exam
    from bot.knowledge.folder import EXAM

    folder = knowledge or knowledge_folder()
    files = files or tuple(path for path in (_OWN_EXAM, folder / EXAM) if path.exists())
    if not files:
        end(Exit.UNUSABLE_INPUT, "Name a file with exam rows; knowledge/README.md shows how.")
    answerer = build_answerer(folder, Exit.UNUSABLE_INPUT)
    found = read_exam(files, answerer.knowledge.entries)
    if found.problems:
        end(Exit.UNUSABLE_INPUT, *map(on_one_line, found.problems))
    if not found.rows:
        end(Exit.UNUSABLE_INPUT, "There is no exam row in these files.")
    summary = summarise(_marked(found.rows, answerer), answerer.knowledge, answerer.policy)
    if html:
        try:
            html.write_text(page.page(summary, answerer.knowledge), encoding="utf-8")
        except OSError as error:
            end(Exit.UNUSABLE_INPUT, f"{html} cannot be written: {error.strerror}.")
        click.echo(f"The page is in {html}.", err=True)
    if as_json:
        click.echo(tables.as_json(summary))
    else:
        tables.show(summary, Console(highlight=False))


def _marked(rows: "tuple[ExamRow, ...]", answerer: "Answerer") -> "list[Marked]":
    """The marked rows; a bar on a terminal's standard error shows how far it is."""
    from rich.console import Console
    from rich.progress import track

    from bot.exam.marking import mark

    console = Console(stderr=True)
    shown = track(rows, "Asking", console=console, transient=True, disable=not console.is_terminal)
    return [mark(row, answerer) for row in shown]
