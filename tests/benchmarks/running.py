"""What the programs here have in common when they are run."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from bot.knowledge.exam_rows import ExamRow, read_exam
from bot.knowledge.model import Entry, KnowledgeBase
from bot.knowledge.reading import load
from tests.benchmarks.contenders import missing

_TOP = Path(__file__).parents[2]
EXAM = _TOP / "tests" / "exam"
SHIPPED = _TOP / "knowledge"

as_markdown = click.option("--markdown", is_flag=True, help="Print Markdown.")


def shipped() -> KnowledgeBase:
    """The FAQ that comes with the bot."""
    return load(SHIPPED)


def exam_rows(paths: Iterable[Path], entries: Mapping[str, Entry]) -> tuple[ExamRow, ...]:
    """The rows of files or folders; a click error names all that is wrong with them."""
    exam = read_exam(paths, entries)
    if exam.problems:
        raise click.UsageError("\n".join(map(str, exam.problems)))
    if len({bool(row.expect) for row in exam.rows}) < 2:
        raise click.UsageError("Rows that an entry answers and rows that none does are both needed")
    return exam.rows


def progress() -> Progress:
    """Progress bars on standard error, where somebody sees them."""
    console = Console(stderr=True)
    return Progress(console=console, disable=not console.is_terminal)


def require_extra() -> None:
    if missing():
        raise click.UsageError(
            f"{' and '.join(missing())} must be installed to compare with: "
            "pip install -e '.[benchmark]'"
        )
