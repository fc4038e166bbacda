"""The commands that keep going: run and demo."""

from importlib.util import find_spec

import click

from bot.cli.asking import converse
from bot.cli.setting_up import (
    Exit,
    build_answerer,
    end,
    knowledge_folder,
    read_settings,
    warn_of_strangers,
)

_EXTRA_DEMO = ("simcord", "linkify_it", "markdown_it", "regex", "PIL")  # what the page is made with


@click.command()
def run() -> None:
    """Run the bot on Discord until Ctrl-C or SIGTERM."""
    from bot import logs, process, settings
    from bot.discord_app.startup import UnreachableError

    chosen = read_settings()
    token = chosen.token.get_secret_value() if chosen.token else ""
    logs.set_up(chosen.log_level, token, as_json=chosen.log_format == "json")
    warn_of_strangers()
    try:
        process.run(chosen, settings.knowledge_folder(chosen), click.echo)
    except process.MisconfiguredError as error:
        end(Exit.MISCONFIGURED, f"{error}.")
    except UnreachableError as error:
        end(Exit.UNREACHABLE, f"Discord cannot be reached ({error}); try again later.")


@click.command()
def demo() -> None:
    """Try the whole bot in a browser page, without a Discord account."""
    warn_of_strangers()
    folder = knowledge_folder()
    answerer = build_answerer(folder, Exit.MISCONFIGURED)
    if not all(map(find_spec, _EXTRA_DEMO)):
        click.echo("The demo page is not installed; to add it: pip install -e '.[demo]'")
        converse(answerer)
        return
    from bot.demo import run_demo

    run_demo(answerer, folder, click.echo)
