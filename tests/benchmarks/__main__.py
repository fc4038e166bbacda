"""Quality and speed in one run: `python -m tests.benchmarks`."""

from pathlib import Path

import click

from tests.benchmarks import contenders, quality, readme, running, speed
from tests.benchmarks.machine import machine
from tests.benchmarks.tables import show


@click.command()
@click.option(
    "--write",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Put the figures into this Markdown file, between its marks.",
)
@running.as_markdown
def main(write: Path | None, markdown: bool) -> None:
    """Compare our matcher with others on the exam, and time them. Takes minutes."""
    running.require_extra()
    if write:
        _require_marks(write)
    knowledge = running.shipped()
    rows = running.exam_rows((running.EXAM,), knowledge.entries)
    with running.progress() as bars:
        good = quality.measure(knowledge, rows, contenders.NAMES, bars)
        fast = speed.measure(bars)
    show((*quality.tables(good), *speed.tables(fast)), as_markdown=markdown)
    click.echo(machine(), err=True)
    if write:
        document = write.read_text(encoding="utf-8")
        write.write_text(readme.rewritten(document, good, fast), encoding="utf-8")


def _require_marks(file: Path) -> None:
    try:
        readme.part(file.read_text(encoding="utf-8"))
    except readme.UnmarkedError as error:
        raise click.UsageError(f"{file}: {error}") from None


if __name__ == "__main__":
    main()
