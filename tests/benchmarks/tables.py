"""Tables for the terminal and, as Markdown, for documents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Drawn


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a title; `note` says how to read them. The first column is text."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def lines(table: Table) -> str:
    """The table's rows as Markdown, without its title and note."""
    ruler = ("---", *("---:" for _ in table.columns[1:]))
    return "".join(_line(cells) for cells in (table.columns, ruler, *table.rows))


def markdown(tables: Iterable[Table]) -> str:
    parts = [f"### {each.title}\n\n{each.note}\n\n{lines(each)}" for each in tables]
    return "\n".join(part.replace("\n\n\n\n", "\n\n") for part in parts)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def show(tables: Iterable[Table], *, as_markdown: bool) -> None:
    """Print the tables on standard output."""
    if as_markdown:
        click.echo(markdown(tables), nl=False)
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 120
    for table in tables:
        console.print(_drawn(table))
        if table.note:
            console.print(table.note, style="dim")
        console.print()


def _drawn(table: Table) -> Drawn:
    drawn = Drawn(
        title=table.title,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
    )
    for at, column in enumerate(table.columns):
        drawn.add_column(column, justify="right" if at else "left", no_wrap=not at)
    for row in table.rows:
        drawn.add_row(*row)
    return drawn
