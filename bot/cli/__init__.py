"""The command line: the only place where the parts of the bot are put together.

Each command imports what it needs when it runs, so that `ask` does not wait for Discord.
"""

import click

from bot import __version__
from bot.cli.asking import ask
from bot.cli.checking import check, exam
from bot.cli.doctoring import doctor
from bot.cli.editing import fmt, missed, new
from bot.cli.serving import demo, run
from bot.cli.setting_up import Exit, read_settings

__all__ = ["Exit", "main"]


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="faqbot", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Answer questions about generative AI and large language models from an FAQ.

    Without a command: `run` where there is a DISCORD_TOKEN, else `demo`.
    """
    if context.invoked_subcommand is None:
        context.invoke(run if read_settings().token else demo)


for _command in (run, demo, ask, check, exam, new, fmt, missed, doctor):
    main.add_command(_command)
