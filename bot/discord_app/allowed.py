"""Who may do what: asked on every command, choice and click. A role can be lost between two."""

import discord

from bot.discord_app.host import Host, Interaction
from bot.replies.desk import NOT_A_MODERATOR as NOT_A_CURATOR
from bot.replies.desk import NOT_IN_PRIVATE, NOT_THIS_SERVER
from bot.replies.settings import NOT_ALLOWED as NOT_A_MANAGER
from bot.replies.statistics import NOT_ALLOWED as NOT_A_MODERATOR


async def may_manage(interaction: Interaction) -> bool:
    """Whether the member manages the server, now; if not, they are told."""
    if interaction.guild_id is not None and interaction.permissions.manage_guild:
        return True
    await interaction.response.send_message(NOT_A_MANAGER, ephemeral=True)
    return False


async def may_moderate(interaction: Interaction) -> bool:
    """Whether the member moderates the server, now; if not, they are told."""
    if interaction.guild_id is not None and interaction.permissions.manage_messages:
        return True
    await interaction.response.send_message(NOT_A_MODERATOR, ephemeral=True)
    return False


def may_click(interaction: Interaction, host: Host) -> bool:
    """Whether the member may press or type a command once more, for now. That is counted.

    Those who look after the FAQ may more often: at their desk, questions go by the dozen.
    """
    pace = host.clicks if looking_trouble(interaction, host) else host.desk_clicks
    return pace.allows(interaction.user.id)


def curating_trouble(interaction: Interaction, host: Host) -> str:
    """Why the member may not change the FAQ, now; empty where they may."""
    trouble = looking_trouble(interaction, host)
    if trouble or interaction.guild_id is None:
        return trouble
    allowed = host.desk.may_change(interaction.guild_id, host.servers_present())
    return "" if allowed else NOT_THIS_SERVER


def looking_trouble(interaction: Interaction, host: Host) -> str:
    """Why the member may not look behind the answers, now; empty where they may."""
    if interaction.guild_id is None:
        return NOT_IN_PRIVATE
    return "" if _curates(interaction, host) else NOT_A_CURATOR


def _curates(interaction: Interaction, host: Host) -> bool:
    """Whether the member may manage messages, or has the role that an admin chose."""
    if interaction.permissions.manage_messages:
        return True
    role = host.records.servers.of(interaction.guild_id or 0).role
    member = interaction.user
    return bool(role) and isinstance(member, discord.Member) and member.get_role(role) is not None
