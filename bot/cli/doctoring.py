"""The command for those who host the bot: doctor."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.setting_up import Exit, read_settings

if TYPE_CHECKING:
    from bot.replies.doctor import Finding
    from bot.settings import Settings


@click.command()
def doctor() -> None:
    """See what keeps the bot from working well, and its cure.

    Looks at the settings, the FAQ, the database and, where there is a token, at what Discord says
    of it. What is missing in a server, /doctor tells there.
    """
    from bot.replies.doctor import Health
    from bot.screen import patience

    settings = read_settings()
    with patience("Looking"):
        findings = asyncio.run(_findings(settings))
    for finding in findings:
        click.echo(str(finding))
    ill = any(finding.health is Health.BAD for finding in findings)
    sys.exit(Exit.PROBLEMS if ill else Exit.DONE)


async def _findings(settings: "Settings") -> "list[Finding]":
    from bot.discord_app.doctor import on_files, versions
    from bot.process import database_url
    from bot.records.records import trouble_with
    from bot.replies.doctor import on_database, on_setting, on_versions
    from bot.settings import knowledge_folder, strangers

    return [
        *map(on_setting, strangers()),
        on_files(knowledge_folder(settings)),
        _on_data(settings.data),
        on_database(await trouble_with(database_url(settings))),
        *await _on_token(settings),
        on_versions(versions()),
    ]


def _on_data(folder: Path) -> "Finding":
    from bot.process import MisconfiguredError, make_writable
    from bot.replies.doctor import on_start

    trouble = None
    try:
        make_writable(folder)
    except MisconfiguredError as error:
        trouble = str(error)
    return on_start(trouble, f"The data folder {folder} can be written")


async def _on_token(settings: "Settings") -> "list[Finding]":
    """What Discord says of the token, without connecting to the gateway."""
    from bot.discord_app.startup import UnreachableError, WrongTokenError, look_up
    from bot.process import NOT_GIVEN, REFUSED
    from bot.replies.doctor import on_clock, on_reading, on_start, on_unreachable

    if settings.token is None:
        return [on_start(NOT_GIVEN, "")]
    try:
        found = await look_up(settings.token.get_secret_value())
    except WrongTokenError:
        return [on_start(REFUSED, "")]
    except UnreachableError as error:
        return [on_unreachable(str(error))]
    return [
        on_start(None, f"Discord knows the bot token: this is {found.name}"),
        on_reading(listens=bool(settings.channels), reads=found.reads_messages),
        on_clock(found.clock_ahead),
    ]
