"""The commands for those who keep the FAQ in an editor: new, fmt and missed."""

import asyncio
import re
import sys
from datetime import timedelta
from pathlib import Path

import click

from bot.cli.setting_up import Exit, end, knowledge_folder, read_settings

_PATH = click.Path(path_type=Path)
_SINCE = re.compile(r"(\d{1,3})d?")


@click.command()
@click.argument("dimension")
def new(dimension: str) -> None:
    """Print a commented skeleton of an entry of DIMENSION, to be filled in.

    A dimension that is not there yet gets a whole file. For example:
    python -m bot new data >> knowledge/data.yaml
    """
    from bot.knowledge.folder import COMMAND_NAME, OWN_COMMANDS, RESERVED
    from bot.knowledge.skeletons import entry_skeleton, file_skeleton

    name = f"{dimension}.yaml"
    fits = COMMAND_NAME.fullmatch(dimension) and dimension == dimension.lower()
    if not fits or dimension in OWN_COMMANDS or name in RESERVED:
        end(
            Exit.UNUSABLE_INPUT,
            f"{dimension!r} cannot be a dimension: take lower-case letters, digits and hyphens, "
            "and none of the bot's own commands.",
        )
    file = knowledge_folder() / name
    known = file.exists()
    click.echo(entry_skeleton(dimension) if known else file_skeleton(dimension), nl=False)
    where = f"Put it at the end of {file}" if known else f"Put it into the new file {file}"
    click.echo(f"{where}, fill it in, and run: python -m bot check", err=True)


@click.command()
@click.argument("paths", metavar="[FILE|DIR]...", nargs=-1, type=_PATH)
@click.option("--check", is_flag=True, help="Change nothing; fail where something would change.")
def fmt(paths: tuple[Path, ...], *, check: bool) -> None:
    """Bring the knowledge files into one form: quotes, lists and answers.

    Neither the meaning nor the comments are touched. Without FILE or DIR: where the bot reads.
    """
    from bot.knowledge.editing import EditError
    from bot.knowledge.folder import contents, survey
    from bot.knowledge.formatting import formatted
    from bot.knowledge.model import Problem
    from bot.knowledge.saving import SaveError, save

    changed = failed = 0
    for path in paths or (knowledge_folder(),):
        for file in survey(path)[0] if path.is_dir() else (path,):
            data = contents(file)
            if isinstance(data, Problem):
                end(Exit.UNUSABLE_INPUT, str(data))
            try:
                made = formatted(data, file)
                if made == data:
                    continue
                changed += 1
                click.echo(f"{file}: {'would be changed' if check else 'changed'}")
                if not check:
                    save(file.parent, {file.name: data}, {file.name: made})
            except (EditError, SaveError) as error:
                failed += 1
                click.echo(str(error), err=True)
    click.echo(
        f"{changed} {'file' if changed == 1 else 'files'} {'to change' if check else 'changed'}."
    )
    sys.exit(Exit.PROBLEMS if failed or (check and changed) else Exit.DONE)


@click.command()
@click.option(
    "--since", default="30d", metavar="DAYS", help="Of the last so many days, such as 7d."
)
def missed(since: str) -> None:
    """List what people asked and got no answer to, in groups, with the entries that are nearest.

    Kept only where FAQ_KEEP_MISSED is on.
    """
    found = _SINCE.fullmatch(since.strip().lower())
    if not found:
        raise click.UsageError("--since takes a number of days, such as 7d.")
    settings = read_settings()
    if not settings.keep_missed:
        end(Exit.MISCONFIGURED, "Missed questions are not kept: set FAQ_KEEP_MISSED=on.")
    questions = asyncio.run(_missed(timedelta(days=int(found[1]))))
    _tell_missed(questions)


async def _missed(since: timedelta) -> list[str]:
    from contextlib import aclosing

    from bot.process import database_url
    from bot.records.errors import RecordsError
    from bot.records.records import Records
    from bot.records.rows import today
    from bot.records.voters import Voters

    try:
        async with aclosing(Records(database_url(read_settings()), Voters(b""))) as records:
            if records.is_new():
                return []
            return [miss.text for miss in await records.store.misses(since=today() - since)]
    except RecordsError as error:
        end(Exit.UNREACHABLE, f"{error}.")


def _tell_missed(questions: list[str]) -> None:
    from bot.cli.setting_up import build_answerer
    from bot.console import printable
    from bot.curating.misses import groups, likeliest

    if not questions:
        click.echo("Nobody has asked anything that was not answered.")
        return
    answerer = build_answerer(knowledge_folder(), Exit.UNUSABLE_INPUT)
    found = groups(questions)
    for each in found:
        click.echo(f"{len(each.places)}× {printable(each.questions[0])}")
        for other in each.questions[1:]:
            click.echo(f"    also: {printable(other)}")
        for candidate in likeliest(each.questions, answerer, 3):
            entry = candidate.entry
            click.echo(f"    {candidate.confidence:>4.0%} {entry.id}: {entry.question}")
    click.echo(f"{len(questions)} questions in {len(found)} groups.")
