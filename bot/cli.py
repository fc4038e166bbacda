"""The command line: the only place where the parts of the bot are put together.

Each command imports what it needs when it runs, so that `ask` does not wait for Discord.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from enum import IntEnum
from io import BufferedIOBase, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO, cast

import click

from bot import __version__

if TYPE_CHECKING:
    from bot.answering import Answerer, Policy
    from bot.knowledge.model import Problem
    from bot.settings import Settings

_FOLDER = click.Path(path_type=Path)


class Exit(IntEnum):
    """What the bot's exit codes mean; a supervisor must not restart it on `MISCONFIGURED`.

    A crash gives Python's own 1 and a traceback.
    """

    DONE = 0
    PROBLEMS = 1  # `check` found errors
    UNUSABLE_INPUT = 2  # also click's code for a command line that it cannot read
    UNREACHABLE = 69  # sysexits.h: EX_UNAVAILABLE
    MISCONFIGURED = 78  # sysexits.h: EX_CONFIG


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="faqbot", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Answer questions about generative AI and large language models from an FAQ.

    Without a command: `run` where there is a DISCORD_TOKEN, else `demo`.
    """
    if context.invoked_subcommand is None:
        context.invoke(run if _settings().token else demo)


@main.command()
def run() -> None:
    """Run the bot on Discord until Ctrl-C or SIGTERM."""
    from bot import logs, process, settings
    from bot.discord_app.startup import UnreachableError

    chosen = _settings()
    logs.set_up(chosen.log_level, chosen.token.get_secret_value() if chosen.token else "")
    _warn_of_strangers()
    try:
        process.run(chosen, settings.knowledge_folder(chosen), click.echo)
    except process.MisconfiguredError as error:
        _end(Exit.MISCONFIGURED, f"{error}.")
    except UnreachableError as error:
        _end(Exit.UNREACHABLE, f"Discord cannot be reached ({error}); try again later.")


@main.command()
def demo() -> None:
    """Try the whole bot in a browser page, without a Discord account."""
    from bot.demo import DemoUnavailableError, run_demo

    _warn_of_strangers()
    folder = _folder()
    answerer = _answerer(folder, Exit.MISCONFIGURED)
    try:
        run_demo(answerer, folder, click.echo)
    except DemoUnavailableError:
        click.echo("The demo page is not installed; to add it: pip install -e '.[demo]'")
        _converse(answerer)


@main.command(short_help="Answer questions: in a conversation, one by one, or for a program.")
@click.argument("questions", metavar="[QUESTION]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each question.")
@click.option("--explain", is_flag=True, help="Show how the answer was found.")
@click.option("--knowledge", type=_FOLDER, metavar="DIR", help="Answer from these files.")
def ask(
    questions: tuple[str, ...], *, as_json: bool, explain: bool, knowledge: Path | None
) -> None:
    """Answer each QUESTION, else each line of standard input; on a terminal, converse.

    Put a question that has spaces in quotation marks.
    """
    if as_json and explain:
        raise click.UsageError("Choose either --json or --explain.")
    answerer = _answerer(knowledge or _folder(), Exit.UNUSABLE_INPUT)
    if not (questions or as_json or explain) and sys.stdin and sys.stdin.isatty():
        _converse(answerer)
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


@main.command()
@click.argument("folder", metavar="[DIR]", type=_FOLDER, required=False)
def check(folder: Path | None) -> None:
    """Check the knowledge files, in DIR or where the bot reads them."""
    from bot.knowledge.model import Severity

    problems, extent = _checked(folder or _folder())
    for problem in problems:
        click.echo(_on_one_line(problem))
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    click.echo(f"{_count(errors, 'error')}, {_count(warnings, 'warning')} in {extent}.")
    if not errors:
        budget, sure = _settings().false_answers, _policy().unprompted
        click.echo(
            f"Unasked, the bot answers from a confidence of {sure:.1%} on: about {budget:g} false "
            "answers in 10,000 messages (FAQ_FALSE_ANSWERS)."
        )
    sys.exit(Exit.PROBLEMS if errors else Exit.DONE)


def _checked(folder: Path) -> tuple[list["Problem"], str]:
    """All problems of the files, errors first, and how much was checked."""
    from bot.answering import Answerer
    from bot.knowledge.folder import survey
    from bot.knowledge.model import Severity
    from bot.knowledge.reading import read
    from bot.reviewing import review
    from bot.screen import patience

    with patience("Checking"):
        reading = read(folder)
        problems = list(reading.problems)
        if reading.knowledge is not None:
            problems += review(Answerer.build(reading.knowledge))
    problems.sort(
        key=lambda each: (
            each.severity is not Severity.ERROR,
            str(each.place.file),
            each.place.line,
        )
    )
    extent = _count(len(survey(folder)[0]), "file")
    if reading.knowledge is not None:
        extent += f", {_count(len(reading.knowledge.entries), 'entry', 'entries')}"
    return problems, extent


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _settings() -> "Settings":
    from bot import settings

    try:
        return settings.load()
    except settings.SettingsError as error:
        _end(Exit.MISCONFIGURED, *error.problems)


def _folder() -> Path:
    from bot import settings

    return settings.knowledge_folder(_settings())


def _policy() -> "Policy":
    from bot.answering import Policy

    return Policy.allowing(_settings().false_answers)


def _warn_of_strangers() -> None:
    from bot import settings

    for sentence in settings.strangers():
        click.echo(f"Warning: {sentence}", err=True)


def _answerer(folder: Path, failure: Exit) -> "Answerer":
    """The answerer of the files in `folder`; where they are broken, tell why and end."""
    from bot.answering import Answerer
    from bot.knowledge.model import KnowledgeError
    from bot.knowledge.reading import load

    gc.disable()  # building makes a million objects and no garbage: looking for it takes as long
    try:
        return Answerer.build(load(folder), _policy())
    except KnowledgeError as error:
        _end(failure, *map(_on_one_line, error.problems))
    finally:
        gc.freeze()
        gc.enable()


def _on_one_line(problem: "Problem") -> str:
    return " ".join(str(problem).splitlines())


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
        return lambda text: console.as_json(answerer.answer(Query(text)))
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


def _converse(answerer: "Answerer") -> None:
    from bot.screen import Screen, converse

    with suppress(ImportError):
        import readline  # noqa: F401 -- gives input() line editing where there is one

    converse(answerer, Screen(), input, click.echo)


def _end(code: Exit, *sentences: str) -> NoReturn:
    for sentence in sentences:
        click.echo(sentence, err=True)
    sys.exit(code)
