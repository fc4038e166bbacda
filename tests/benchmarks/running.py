"""What the programs here have in common when they are run."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from bot.knowledge.model import KnowledgeBase
from bot.knowledge.reading import load
from tests.benchmarks.contenders import missing

as_markdown = click.option("--markdown", is_flag=True, help="Print Markdown.")


def shipped() -> KnowledgeBase:
    """The FAQ that comes with the bot."""
    return load(Path(__file__).parents[2] / "knowledge")


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
