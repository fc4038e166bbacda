"""Tells the channels that admins chose in `/settings desk` what became of the FAQ."""

import logging
from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType

import aiohttp
import discord

from bot.discord_app.drawing import LONGEST_CONTENT
from bot.discord_app.host import Host
from bot.replies import clip

_log = logging.getLogger(__name__)
_NONE: Mapping[str, str] = MappingProxyType({})


async def announce(host: Host, text: str, files: Mapping[str, str] = _NONE) -> None:
    """Send the text and the files that hold something. Nobody is pinged; failures are logged."""
    for channel in host.audit_channels():
        attached = [
            discord.File(BytesIO(held.encode(errors="replace")), name)
            for name, held in files.items()
            if held
        ]
        try:
            await channel.send(clip(text, LONGEST_CONTENT), files=attached, suppress_embeds=True)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            _log.warning("The audit channel %d could not be told: %s", channel.id, error)
