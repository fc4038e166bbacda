"""The screen on which those who manage a server say who else may change the FAQ."""

from typing import Any

import discord

from bot.discord_app.host import Host
from bot.discord_app.settings_select import SettingsSelect
from bot.records.listening import ServerSettings
from bot.replies.settings import AUDIT_IN, ROLE_TOO, desk_text

WHAT = frozenset({"role", "audit"})


def desk_screen(settings: ServerSettings, host: Host) -> tuple[str, discord.ui.View]:
    """What to show: the state, and the choices."""
    text = desk_text(
        role=f"<@&{settings.role}>" if settings.role else "",
        audit=f"<#{settings.audit}>" if settings.audit else "",
        allowed=host.desk.may_change(settings.guild, host.servers_present()),
        told=settings.audit in {channel.id for channel in host.audit_channels()},
    )
    view = discord.ui.View(timeout=None)
    view.add_item(
        SettingsSelect(
            discord.ui.RoleSelect[Any](
                custom_id="faqset:role",
                placeholder=ROLE_TOO,
                min_values=0,
                default_values=_chosen(settings.role),
            )
        )
    )
    view.add_item(
        SettingsSelect(
            discord.ui.ChannelSelect[Any](
                custom_id="faqset:audit",
                channel_types=[discord.ChannelType.text],
                placeholder=AUDIT_IN,
                min_values=0,
                default_values=_chosen(settings.audit),
            )
        )
    )
    view.stop()  # see buttons.py
    return text, view


def _chosen(id_: int) -> list[discord.Object]:
    return [discord.Object(id_)] if id_ else []
