"""What every command needs first: exit codes, the settings, the answerer, and an orderly end."""

import gc
import sys
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from bot.answering import Answerer, Policy
    from bot.knowledge.model import Problem
    from bot.settings import Settings


class Exit(IntEnum):
    """What the bot's exit codes mean; a supervisor must not restart it on `MISCONFIGURED`.

    A crash gives Python's own 1 and a traceback.
    """

    DONE = 0
    PROBLEMS = 1  # `check` found errors
    UNUSABLE_INPUT = 2  # also click's code for a command line that it cannot read
    UNREACHABLE = 69  # sysexits.h: EX_UNAVAILABLE
    MISCONFIGURED = 78  # sysexits.h: EX_CONFIG


def read_settings() -> "Settings":
    """The settings; where they are wrong, tell all mistakes and end."""
    from bot import settings

    try:
        return settings.load()
    except settings.SettingsError as error:
        end(Exit.MISCONFIGURED, *error.problems)


def knowledge_folder() -> Path:
    """The folder that the settings name."""
    from bot import settings

    return settings.knowledge_folder(read_settings())


def policy() -> "Policy":
    """How sure the bot must be, by the host's settings."""
    from bot.answering import Policy

    return Policy(false_answers=read_settings().false_answers)


def warn_of_strangers() -> None:
    """Tell of settings that are none."""
    from bot import settings

    for sentence in settings.strangers():
        click.echo(f"Warning: {sentence}", err=True)


def build_answerer(folder: Path, failure: Exit) -> "Answerer":
    """The answerer of the files in `folder`; where they are broken, tell why and end."""
    from bot.answering import Answerer
    from bot.knowledge.model import KnowledgeError
    from bot.knowledge.reading import load

    gc.disable()  # building makes a million objects and no garbage: looking for it takes as long
    try:
        return Answerer.build(load(folder), policy())
    except KnowledgeError as error:
        end(failure, *map(on_one_line, error.problems))
    finally:
        gc.freeze()
        gc.enable()


def on_one_line(problem: "Problem") -> str:
    """The problem as editors and CI want it."""
    return " ".join(str(problem).splitlines())


def end(code: Exit, *sentences: str) -> NoReturn:
    """Tell what is the matter on standard error, and end."""
    for sentence in sentences:
        click.echo(sentence, err=True)
    sys.exit(code)
