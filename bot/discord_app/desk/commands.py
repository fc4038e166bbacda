"""The command /faq, and the menu with which a message teaches the FAQ."""

import discord
from discord import app_commands

from bot.answering import Query
from bot.discord_app.allowed import curating_trouble, looking_trouble
from bot.discord_app.desk import entries, exchange, history, missed, reloading
from bot.discord_app.desk.items import CHOSEN, LONGEST_OPTION, MOST_OPTIONS, select
from bot.discord_app.desk.screens import Screen, begin, show
from bot.discord_app.desk.teaching import start_teaching
from bot.discord_app.host import Host, Interaction, host_of
from bot.explaining import explain
from bot.knowledge.model import Entry, KnowledgeBase, Subject
from bot.replies import clip, subject_name
from bot.replies.desk import FOUND, LOOKING, NO_ENTRY, NOTHING_FOUND
from bot.replies.explaining import explanation_text

LONGEST_QUESTION = 300
_FOUND = 10
_MODERATORS = discord.Permissions(manage_messages=True)


def faq_commands(knowledge: KnowledgeBase, *, for_all: bool) -> app_commands.Group:
    """`/faq …`. `for_all`: shown to every member, since those with a role may use it, too."""
    group = app_commands.Group(
        name="faq",
        description="Change the FAQ, and see why it answers as it does",
        guild_only=True,
        default_permissions=None if for_all else _MODERATORS,
    )
    for add in (_add_entry_commands, _add_history_commands, _add_file_commands, _add_views):
        add(group, knowledge)
    return group


def teach_menu(*, for_all: bool) -> app_commands.ContextMenu:
    """In the menu of every message."""

    @app_commands.guild_only()
    async def teach(interaction: Interaction, message: discord.Message) -> None:
        if host := await _curating(interaction):
            await start_teaching(interaction, message, host)

    menu = app_commands.ContextMenu(name="Teach the FAQ", callback=teach)
    menu.default_permissions = None if for_all else _MODERATORS
    return menu


async def _curating(interaction: Interaction) -> Host | None:
    """The host, for members who may change the FAQ; others are told why they may not."""
    host = host_of(interaction)
    return await _unless(curating_trouble(interaction, host), interaction, host)


async def _looking(interaction: Interaction) -> Host | None:
    """The host, for members who may look behind the answers."""
    host = host_of(interaction)
    return await _unless(looking_trouble(interaction, host), interaction, host)


async def _unless(trouble: str, interaction: Interaction, host: Host) -> Host | None:
    if not trouble:
        return host
    await interaction.response.send_message(trouble, ephemeral=True)
    return None


async def _complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Entries by what is typed, for those who may look."""
    host = host_of(interaction)
    if looking_trouble(interaction, host):
        return []
    known = host.answerer.knowledge.entries
    by_id = [entry for id_, entry in known.items() if typed and typed.lower() in id_]
    found = {entry.id: entry for entry in (*by_id, *host.answerer.complete(typed, MOST_OPTIONS))}
    return [
        app_commands.Choice(
            name=clip(f"{entry.question} · {entry.id}", LONGEST_OPTION), value=entry.id
        )
        for entry in list(found.values())[:MOST_OPTIONS]
    ]


async def _entry(interaction: Interaction, typed: str, host: Host) -> Entry | None:
    """The entry that was picked, or named in free text; where there is none they are told."""
    known = host.answerer.knowledge.entries
    entry = known.get(typed.strip()) or next(
        (each for each in known.values() if each.question == typed.strip()), None
    )
    if entry is None:
        await interaction.response.send_message(NO_ENTRY, ephemeral=True)
    return entry


def _add_entry_commands(group: app_commands.Group, knowledge: KnowledgeBase) -> None:
    dimensions = [
        app_commands.Choice(name=clip(each.title, LONGEST_OPTION), value=each.key)
        for each in knowledge.dimensions[:MOST_OPTIONS]
    ]
    subjects = [app_commands.Choice(name=subject_name(each), value=each.value) for each in Subject]

    @group.command(name="add", description="Write a new entry")
    @app_commands.describe(
        dimension="Where it belongs", subject="What it is about; both if left out"
    )
    @app_commands.choices(dimension=dimensions, subject=subjects)
    async def add(
        interaction: Interaction, dimension: str, subject: str = Subject.BOTH.value
    ) -> None:
        if host := await _curating(interaction):
            beginning = entries.Beginning(dimension, Subject(subject))
            await entries.start_adding(interaction, beginning, host)

    @group.command(name="edit", description="Change an entry")
    @app_commands.describe(entry="Which one: type some of its words, or its id")
    @app_commands.autocomplete(entry=_complete)
    async def edit(interaction: Interaction, entry: str) -> None:
        host = await _curating(interaction)
        if host and (found := await _entry(interaction, entry, host)):
            await entries.start_editing(interaction, found, host)

    @group.command(name="remove", description="Take an entry out of the FAQ")
    @app_commands.describe(entry="Which one: type some of its words, or its id")
    @app_commands.autocomplete(entry=_complete)
    async def remove(interaction: Interaction, entry: str) -> None:
        host = await _curating(interaction)
        if host and (found := await _entry(interaction, entry, host)):
            await entries.start_removing(interaction, found, host)

    @group.command(
        name="show", description="See an entry as members do, and all that belongs to it"
    )
    @app_commands.describe(entry="Which one: type some of its words, or its id")
    @app_commands.autocomplete(entry=_complete)
    async def show_(interaction: Interaction, entry: str) -> None:
        host = await _looking(interaction)
        if host and (found := await _entry(interaction, entry, host)):
            await entries.show_entry(interaction, found, host)


def _add_history_commands(group: app_commands.Group, _knowledge: KnowledgeBase) -> None:
    @group.command(name="history", description="Who changed what, and when")
    @app_commands.describe(entry="Of which entry; of all if left out")
    @app_commands.autocomplete(entry=_complete)
    async def history_(interaction: Interaction, entry: str = "") -> None:
        if host := await _curating(interaction):
            await history.show_history(interaction, entry.strip(), host)

    @group.command(name="undo", description="Take the last change back")
    async def undo(interaction: Interaction) -> None:
        if host := await _curating(interaction):
            await history.undo(interaction, "", host)

    @group.command(name="redo", description="Do again what was undone last")
    async def redo(interaction: Interaction) -> None:
        if host := await _curating(interaction):
            await history.redo(interaction, "", host)


def _add_file_commands(group: app_commands.Group, _knowledge: KnowledgeBase) -> None:
    forms = [
        app_commands.Choice(name="The YAML files, in a zip", value=exchange.ZIP),
        app_commands.Choice(name="A table for a spreadsheet (CSV)", value=exchange.CSV),
    ]

    @group.command(name="reload", description="Read the files anew")
    async def reload(interaction: Interaction) -> None:
        if host := await _curating(interaction):
            await reloading.reload_files(interaction, host)

    @group.command(
        name="check", description="What is wrong with the files, and what could be better"
    )
    async def check(interaction: Interaction) -> None:
        if host := await _looking(interaction):
            await reloading.check_files(interaction, host)

    @group.command(name="export", description="Take the FAQ along in a file")
    @app_commands.describe(form="As what; a zip if left out")
    @app_commands.choices(form=forms)
    async def export(interaction: Interaction, form: str = exchange.ZIP) -> None:
        if host := await _looking(interaction):
            await exchange.export(interaction, form, host)

    @group.command(
        name="import", description="Bring an exported file back; you see first what changes"
    )
    @app_commands.describe(file="A zip or a CSV, as /faq export makes it")
    async def import_(interaction: Interaction, file: discord.Attachment) -> None:
        if host := await _curating(interaction):
            await exchange.bring(interaction, file, host)


def _add_views(group: app_commands.Group, _knowledge: KnowledgeBase) -> None:
    @group.command(name="find", description="Look for entries")
    @app_commands.describe(words="Words of a question, of an answer or of an id")
    async def find(
        interaction: Interaction, words: app_commands.Range[str, 1, LONGEST_QUESTION]
    ) -> None:
        if host := await _looking(interaction):
            await interaction.response.defer(ephemeral=True, thinking=True)
            await show(interaction, _found(words, host))

    @group.command(name="missed", description="What people asked and got no answer to")
    async def missed_(interaction: Interaction) -> None:
        if host := await _curating(interaction):
            await missed.show_missed(interaction, "", host)

    @group.command(name="explain", description="Why a question gets the answer that it gets")
    @app_commands.describe(question="What a member would ask")
    async def explain_(
        interaction: Interaction, question: app_commands.Range[str, 1, LONGEST_QUESTION]
    ) -> None:
        if host := await _looking(interaction):
            await begin(interaction, LOOKING)
            explanation = explain(host.answerer, Query(question))
            await show(interaction, Screen(explanation_text(explanation)))


def _found(words: str, host: Host) -> Screen:
    """Entries that have the words, and those that are like them."""
    known = host.answerer.knowledge.entries
    lowered = words.lower()
    having = [
        entry
        for entry in known.values()
        if lowered in entry.id
        or lowered in entry.question.lower()
        or lowered in entry.answer.lower()
    ]
    ranked = host.answerer.matcher.rank(words, limit=_FOUND).candidates
    found = {e.id: e for e in (*(candidate.entry for candidate in ranked[:3]), *having)}
    listed = list(found.values())[:MOST_OPTIONS]
    if not listed:
        return Screen(NOTHING_FOUND)
    options = [(f"{entry.id}: {entry.question}", entry.id) for entry in listed]
    lines = [f"- `{entry.id}` {entry.question}" for entry in listed[:_FOUND]]
    note = "\n".join((FOUND.format(number=len(found)), *lines))
    return Screen(note, rows=[[select("See …", "show", CHOSEN, options)]])
