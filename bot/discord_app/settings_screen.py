"""The screen on which those who manage a server say where and how the bot listens.

Each choice is saved at once. Its selects are dynamic items: they work after a restart, and whoever
uses one is checked anew.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord
from discord import app_commands

from bot.discord_app.allowed import may_manage
from bot.discord_app.drawing import LONGEST_CONTENT
from bot.discord_app.host import Host, Interaction, host_of
from bot.discord_app.settings_for_desk import WHAT as FOR_DESK
from bot.discord_app.settings_for_desk import desk_screen
from bot.discord_app.settings_select import SettingsSelect
from bot.records.errors import RecordsError
from bot.records.listening import Care, Mode, ServerSettings
from bot.records.rows import PRIVATE, Count, What, today
from bot.replies import clip
from bot.replies.settings import (
    NOT_KEPT,
    SPEAKS_IN,
    WATCHES,
    Sighting,
    care_text,
    delay_text,
    report_text,
    settings_text,
)

DELAYS = (0, 15, 30, 60, 120, 300)  # seconds
MOST_CHANNELS = 25  # in one select: Discord's limit
DAYS = 7
MOST_SIGHTINGS = 8  # entries for each channel in a report

_LISTENABLE = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.category,
]
_CHANNELS = {"on": Mode.ON, "shadow": Mode.SHADOW}

Select = discord.ui.Select[Any]
ChannelSelect = discord.ui.ChannelSelect[Any]


def settings_commands() -> app_commands.Group:
    """`/settings listening`, `report` and `desk`, for those who may manage the server."""
    group = app_commands.Group(
        name="settings",
        description="Where and how I listen in this server, and who may change the FAQ",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(name="listening", description="Where I answer without being asked, and how soon")
    async def listening(interaction: Interaction) -> None:
        if await may_manage(interaction):
            host = host_of(interaction)
            settings = host.records.servers.of(_guild(interaction))
            await interaction.response.send_message(
                screen_text(settings, interaction, host), view=_view(settings, host), ephemeral=True
            )

    @group.command(name="report", description="What I would have answered, channel by channel")
    async def report(interaction: Interaction) -> None:
        if await may_manage(interaction):
            await interaction.response.defer(ephemeral=True)
            text = await _report(_guild(interaction), host_of(interaction))
            await interaction.edit_original_response(content=text)

    @group.command(name="desk", description="Who may change the FAQ, and where changes are told")
    async def desk(interaction: Interaction) -> None:
        if await may_manage(interaction):
            host = host_of(interaction)
            text, view = desk_screen(host.records.servers.of(_guild(interaction)), host)
            await interaction.response.send_message(text, view=view, ephemeral=True)

    return group


async def choose(interaction: Interaction, what: str, values: tuple[str, ...], host: Host) -> None:
    """Save what was chosen on the screen, and show it."""
    if not await may_manage(interaction):
        return
    settings = changed(host.records.servers.of(_guild(interaction)), what, values)
    try:
        await host.records.servers.save(settings)
    except RecordsError as error:
        await interaction.response.send_message(NOT_KEPT.format(reason=error), ephemeral=True)
        return
    if what in FOR_DESK:
        text, view = desk_screen(settings, host)
    else:
        text, view = screen_text(settings, interaction, host), _view(settings, host)
    await interaction.response.edit_message(content=text, view=view)
    await host.settings_changed()


def changed(settings: ServerSettings, what: str, values: tuple[str, ...]) -> ServerSettings:
    """The settings with what was chosen; what cannot be chosen changes nothing."""
    if what in _CHANNELS:
        return settings.with_mode(_CHANNELS[what], {int(each) for each in values})
    value = values[0] if values else ""
    if what in FOR_DESK and (not value or value.isdecimal()):
        chosen = int(value or 0)
        role = what == "role"
        return replace(settings, role=chosen) if role else replace(settings, audit=chosen)
    if what == "care" and value in set(Care):
        return replace(settings, care=Care(value))
    if what == "delay" and value in map(str, DELAYS):
        return replace(settings, delay=int(value))
    return settings


def _guild(interaction: Interaction) -> int:
    return interaction.guild_id or PRIVATE


def screen_text(settings: ServerSettings, interaction: Interaction, host: Host) -> str:
    guild = interaction.guild
    here = guild.channels if guild else ()
    always = [channel.id for channel in here if channel.id in host.records.servers.always]
    text = settings_text(
        on=_mentions(_in(settings, Mode.ON)),
        shadow=_mentions(_in(settings, Mode.SHADOW)),
        always=_mentions(at for at in always if at not in settings.modes),
        false_answers=settings.care.budget(host.answerer.policy.false_answers),
        delay=settings.delay,
        hears=host.reads_messages,
        refusals=[(f"<#{at}>", why) for at, why in host.refusals.tell(settings.guild).items()],
    )
    return clip(text, LONGEST_CONTENT)


def _in(settings: ServerSettings, mode: Mode) -> list[int]:
    return [at for at, each in settings.modes.items() if each is mode]


def _mentions(channels: Iterable[int]) -> list[str]:
    return [f"<#{channel}>" for channel in channels]


def _view(settings: ServerSettings, host: Host) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for what, placeholder in (("on", SPEAKS_IN), ("shadow", WATCHES)):
        view.add_item(SettingsSelect(_channels(what, placeholder, settings)))
    cares = [
        discord.SelectOption(
            label=care_text(care, care.budget(host.answerer.policy.false_answers)),
            value=care,
            default=care is settings.care,
        )
        for care in Care
    ]
    delays = [
        discord.SelectOption(
            label=f"People first: {delay_text(delay)}",
            value=str(delay),
            default=delay == settings.delay,
        )
        for delay in DELAYS
    ]
    view.add_item(SettingsSelect(Select(custom_id="faqset:care", options=cares)))
    view.add_item(SettingsSelect(Select(custom_id="faqset:delay", options=delays)))
    view.stop()  # see buttons.py
    return view


def _channels(what: str, placeholder: str, settings: ServerSettings) -> ChannelSelect:
    chosen = _in(settings, _CHANNELS[what])[:MOST_CHANNELS]
    return ChannelSelect(
        custom_id=f"faqset:{what}",
        channel_types=_LISTENABLE,
        placeholder=placeholder,
        min_values=0,
        max_values=MOST_CHANNELS,
        default_values=[discord.Object(channel) for channel in chosen],
    )


async def _report(guild: int, host: Host) -> str:
    try:
        await host.records.write()
        counted = await host.records.store.counted(guild, today() - timedelta(days=DAYS))
    except RecordsError as error:
        return f"{error}."
    here: dict[int, list[tuple[Count, int]]] = {}
    for count, number in counted:
        if count.what in {What.UNASKED, What.SHADOW}:
            here.setdefault(count.channel, []).append((count, number))
    channels = [(f"<#{channel}>", _sightings(here[channel], host)) for channel in sorted(here)]
    return clip(report_text(DAYS, channels), LONGEST_CONTENT)


def _sightings(counted: list[tuple[Count, int]], host: Host) -> list[Sighting]:
    """What was found in one channel, the most frequent first."""
    known = host.answerer.knowledge.entries
    numbers: Counter[tuple[str, What]] = Counter()
    tenths: Counter[tuple[str, What]] = Counter()
    for count, number in counted:
        numbers[count.entry, count.what] += number
        tenths[count.entry, count.what] += number * count.tenth
    return [
        Sighting(
            question=known[id_].question if id_ in known else id_,
            number=number,
            confidence=(tenths[id_, what] / number + 0.5) / 10,  # the middle of its tenth
            said=what is What.UNASKED,
        )
        for (id_, what), number in numbers.most_common(MOST_SIGHTINGS)
    ]
