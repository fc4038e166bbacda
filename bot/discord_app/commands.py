"""The slash commands: a few that are always there, and one for each dimension of the FAQ.

All are made from the knowledge base, so that a new dimension file is a new command.
"""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import discord
from discord import app_commands

from bot.answering import Answerer, Outcome, Query
from bot.discord_app.allowed import may_click
from bot.discord_app.conversing import note
from bot.discord_app.desk.commands import faq_commands, teach_menu
from bot.discord_app.doctor import doctor_command
from bot.discord_app.host import Interaction, host_of
from bot.discord_app.messages import plain
from bot.discord_app.privacy import privacy_command
from bot.discord_app.sending import respond
from bot.discord_app.settings_screen import settings_commands
from bot.discord_app.statistics import stats_command
from bot.discord_app.trouble import tell
from bot.knowledge.model import Dimension, Entry, KnowledgeBase, Subject
from bot.records.rows import PRIVATE
from bot.replies import (
    Reply,
    answer_with,
    clip,
    compose,
    hurried,
    show_comparison,
    show_dimension,
    show_help,
    show_topics,
    subject_name,
    with_rating,
    with_sharing,
)

_log = logging.getLogger(__name__)

Command = app_commands.Command[Any, ..., None]

MOST_COMMANDS = 100  # Discord's limits, of which discord.py checks only a few
MOST_CHOICES = 25
LONGEST_DESCRIPTION = 100
LONGEST_CHOICE = 100
LONGEST_QUESTION = 300  # ours: what someone types into a command's option

_PRIVATE = "Show the answer only to you"
_STANDING = (
    ("/ask", "answers a question in your own words"),
    ("/compare", "puts generative AI and LLMs side by side"),
    ("/topics", "shows everything that you can ask about"),
    ("/privacy", "tells what I keep, and deletes it"),
    ("/help", "shows this"),
)
_IN_SERVERS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
_FOR_MODERATORS = ("faq", "settings", "stats", "doctor")
RESERVED = frozenset({*_FOR_MODERATORS, *(typed.removeprefix("/") for typed, _ in _STANDING)})


class FaqTree(app_commands.CommandTree[Any]):
    """The commands of the bot. What goes wrong in any of them ends in one funnel."""

    def __init__(self, client: discord.Client) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
        )

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Whether the member may use a command once more; choices while typing are no use."""
        if interaction.type is discord.InteractionType.autocomplete:
            return True
        if may_click(interaction, host_of(interaction)):
            return True
        await respond(interaction, hurried(), private=True)
        return False

    async def on_error(
        self, interaction: Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        await tell(interaction, error)

    def plant(self, knowledge: KnowledgeBase, *, desk_for_all: bool) -> None:
        """Replace all commands by those that `knowledge` asks for.

        `desk_for_all`: whether Discord shows the moderators' commands to everybody. It can be told
        of permissions, but not of a role.
        """
        self.clear_commands(guild=None)
        commands = build_commands(knowledge, desk_for_all=desk_for_all)
        for command in (*commands, _answer_from_faq(), teach_menu(for_all=desk_for_all)):
            # discord.py merges that with the tree's contexts, and so undoes it.
            if command.guild_only:
                command.allowed_contexts = _IN_SERVERS
            self.add_command(command)


def build_commands(
    knowledge: KnowledgeBase, *, desk_for_all: bool = False
) -> Iterator[Command | app_commands.Group]:
    """Every command for `knowledge`; a dimension that cannot be one is skipped with a warning."""
    yield _ask()
    yield _compare(knowledge)
    yield _topics()
    yield privacy_command()
    yield _help()
    yield settings_commands()
    yield stats_command()
    yield doctor_command()
    yield faq_commands(knowledge, for_all=desk_for_all)
    for dimension in knowledge.dimensions[: MOST_COMMANDS - len(RESERVED)]:
        if dimension.key in RESERVED:
            _log.warning("The dimension %s gets no command: the name is taken", dimension.key)
            continue
        try:
            yield _show(dimension)
        except (TypeError, ValueError) as error:
            _log.warning("The dimension %s gets no command: %s", dimension.key, error)


async def _give(interaction: Interaction, make: Callable[[Answerer], Reply], private: bool) -> None:
    """Answer with what `make` makes of today's snapshot."""
    host = host_of(interaction)
    with host.in_flight.answering():
        await respond(interaction, make(host.answerer), private=private)


def _ask() -> Command:
    async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        entries = host_of(interaction).answerer.complete(typed, MOST_CHOICES)
        return [
            app_commands.Choice(name=clip(entry.question, LONGEST_CHOICE), value=_value(entry))
            for entry in entries
        ]

    @app_commands.describe(question="What you want to know, in your own words", private=_PRIVATE)
    @app_commands.autocomplete(question=complete)
    async def ask(
        interaction: Interaction,
        question: app_commands.Range[str, 1, LONGEST_QUESTION],
        private: bool = False,
    ) -> None:
        await _give(interaction, lambda a: _answer(question, a, interaction), private)

    return _command("ask", "Ask how generative AI and LLMs differ and relate", ask)


def _value(entry: Entry) -> str:
    """What comes back when the entry is picked from the list: what members also see there."""
    return entry.question if len(entry.question) <= LONGEST_CHOICE else entry.id


def _answer(question: str, answerer: Answerer, interaction: Interaction) -> Reply:
    """The question was picked from the list, or is free text."""
    entries = answerer.knowledge.entries.values()
    picked = next((entry for entry in entries if _value(entry) == question), None)
    if picked:
        return answer_with(picked, answerer.knowledge)
    outcome = _outcome(question, answerer, interaction)
    return with_rating(compose(outcome, answerer.knowledge), outcome)


def _outcome(question: str, answerer: Answerer, interaction: Interaction) -> Outcome:
    """What somebody gets who asks the bot; it is counted."""
    with host_of(interaction).tally.deciding.timing():
        outcome = answerer.answer(Query(question))
    guild, channel = interaction.guild_id or PRIVATE, interaction.channel_id or PRIVATE
    note(outcome, guild=guild, channel=channel, asked=interaction.id, host=host_of(interaction))
    return outcome


def _answer_from_faq() -> app_commands.ContextMenu:
    """In the menu of every message: what the FAQ says to it, for the one who looks it up."""

    async def look_up(interaction: Interaction, message: discord.Message) -> None:
        def make(answerer: Answerer) -> Reply:
            outcome = _outcome(plain(message.content), answerer, interaction)
            return with_sharing(compose(outcome, answerer.knowledge))

        await _give(interaction, make, private=True)

    return app_commands.ContextMenu(name="Answer from FAQ", callback=look_up)


def _compare(knowledge: KnowledgeBase) -> Command:
    choices = [
        app_commands.Choice(name=clip(each.title, LONGEST_CHOICE), value=each.key)
        for each in knowledge.dimensions[:MOST_CHOICES]
    ]

    @app_commands.describe(dimension="What to compare; everything in brief if left out")
    @app_commands.describe(private=_PRIVATE)
    @app_commands.choices(dimension=choices)
    async def compare(
        interaction: Interaction, dimension: str | None = None, private: bool = False
    ) -> None:
        await _give(interaction, lambda a: show_comparison(dimension, a.knowledge), private)

    return _command("compare", "Put generative AI and LLMs side by side", compare)


def _topics() -> Command:
    @app_commands.describe(private=_PRIVATE)
    async def topics(interaction: Interaction, private: bool = False) -> None:
        await _give(interaction, lambda answerer: show_topics(answerer.knowledge), private)

    return _command("topics", "Browse everything that you can ask about", topics)


def _help() -> Command:
    @app_commands.describe(private=_PRIVATE)
    async def help_(interaction: Interaction, private: bool = False) -> None:
        await _give(interaction, lambda answerer: _explain(answerer.knowledge), private)

    return _command("help", "How to ask, and which commands there are", help_)


def _explain(knowledge: KnowledgeBase) -> Reply:
    keys = " ".join(f"/{each.key}" for each in knowledge.dimensions if each.key not in RESERVED)
    return show_help((*_STANDING, (keys, "explain one topic each")), knowledge)


def _show(dimension: Dimension) -> Command:
    key = dimension.key
    choices = [app_commands.Choice(name=subject_name(each), value=each.value) for each in Subject]

    @app_commands.describe(about="Which of the two; both if left out", private=_PRIVATE)
    @app_commands.choices(about=choices)
    async def show(
        interaction: Interaction, about: str = Subject.BOTH.value, private: bool = False
    ) -> None:
        subject = Subject(about) if about in set(Subject) else Subject.BOTH
        await _give(interaction, lambda a: show_dimension(key, subject, a.knowledge), private)

    return _command(key, dimension.summary or dimension.title, show)


def _command(name: str, description: str, callback: Callable[..., Any]) -> Command:
    return app_commands.Command(
        name=name, description=clip(description, LONGEST_DESCRIPTION), callback=callback
    )
