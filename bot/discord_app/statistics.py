"""The command with which moderators see what became of the questions of their server."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import discord
from discord import app_commands

from bot.discord_app.allowed import may_moderate
from bot.discord_app.drawing import LONGEST_CONTENT
from bot.discord_app.host import Host, Interaction, host_of
from bot.plotting import draw_bars
from bot.records.errors import RecordsError
from bot.records.rows import PRIVATE, today
from bot.records.statistics import Statistics, summarise
from bot.replies import clip
from bot.replies.statistics import (
    ANSWERED,
    MISSED,
    SUGGESTED,
    Rated,
    picture_text,
    short_date,
    statistics_text,
)

PERIODS = (7, 30, 90)  # days


def stats_command() -> app_commands.Command[Any, ..., None]:
    @app_commands.describe(days="Over how many days; 30 if left out")
    @app_commands.choices(
        days=[app_commands.Choice(name=f"{days} days", value=days) for days in PERIODS]
    )
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_messages=True)
    async def stats(interaction: Interaction, days: int = 30) -> None:
        if not await may_moderate(interaction):
            return
        await interaction.response.defer(ephemeral=True)
        host = host_of(interaction)
        first = today() - timedelta(days=days - 1)
        try:
            found = await _found(interaction.guild_id or PRIVATE, first, host)
        except RecordsError as error:
            await interaction.edit_original_response(content=f"{error}.")
            return
        files = await _picture(found) if found.questions else []
        text = clip(_text(found, days, host), LONGEST_CONTENT)
        await interaction.edit_original_response(content=text, attachments=files)

    return app_commands.Command(
        name="stats", description="What became of the questions in this server", callback=stats
    )


async def _found(guild: int, first: date, host: Host) -> Statistics:
    await host.records.write()
    store = host.records.store
    counted, votes = await store.counted(guild, first), await store.helpful(guild, first)
    return summarise(counted, votes, first, today())


def _text(found: Statistics, days: int, host: Host) -> str:
    entries = host.answerer.knowledge.entries

    def question(id_: str) -> str:
        return entries[id_].question if id_ in entries else id_

    return statistics_text(
        days=days,
        answered=found.answered,
        unasked=found.unasked,
        suggested=found.suggested,
        missed=found.missed,
        outside=found.outside,
        helpful=found.helpful,
        votes=found.votes,
        top=[(question(id_), number) for id_, number in found.top],
        weakest=[Rated(question(each.entry), each.helpful, each.all) for each in found.weakest],
    )


async def _picture(found: Statistics) -> list[discord.File]:
    """The picture of the days, if it can be drawn."""
    days = found.days
    busiest = max(days, key=lambda day: day.questions)
    drawn = await draw_bars(
        [short_date(each.day) for each in days],
        {
            ANSWERED: [each.answered for each in days],
            SUGGESTED: [each.suggested for each in days],
            MISSED: [each.missed for each in days],
        },
    )
    told = picture_text(days[0].day, days[-1].day, busiest.day, busiest.questions)
    return [discord.File(BytesIO(drawn), "questions.png", description=told)] if drawn else []
