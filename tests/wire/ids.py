"""The ids of what there is in the small Discord, and what its members and messages look like."""

from typing import Any

import discord

APPLICATION = 400_000_000_000_000_000
CHANNEL = 500_000_000_000_000_000
FORUM = 500_000_000_000_000_001
GUILD = 600_000_000_000_000_000
MEMBER = 700_000_000_000_000_000
FIRST = 800_000_000_000_000_000
"""From here on messages and interactions are numbered."""
RIGHT = "right.token"
MESSAGE_CONTENT = discord.ApplicationFlags.gateway_message_content.flag
ALL = str(2**46 - 1)  # permissions

Json = dict[str, Any]


def me() -> Json:
    return user(APPLICATION, "faq") | {"bot": True}


def user(id_: int, name: str = "mia") -> Json:
    return {"id": str(id_), "username": name, "discriminator": "0", "avatar": None}


def message(id_: int, text: str, author: Json, channel: int = CHANNEL) -> Json:
    empty: Json = {
        key: [] for key in ("mentions", "mention_roles", "attachments", "embeds", "components")
    }
    return empty | {
        "id": str(id_),
        "channel_id": str(channel),
        "author": author,
        "content": text,
        "timestamp": "2026-11-23T12:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "pinned": False,
        "type": 0,
    }


def channel(id_: int, name: str, type_: int = 0) -> Json:
    return {
        "id": str(id_),
        "type": type_,
        "name": name,
        "position": 0,
        "permission_overwrites": [],
        "guild_id": str(GUILD),
    }


def guild(channels: int = 0) -> Json:
    """The server; with so many channels more it is a huge one."""
    more = [channel(900_000_000_000_000_000 + at, f"c{at}") for at in range(channels)]
    return {
        "id": str(GUILD),
        "name": "guild",
        "owner_id": str(MEMBER),
        "roles": [{"id": str(GUILD), "name": "@everyone", "permissions": ALL}],
        "channels": [channel(CHANNEL, "ask-ai"), channel(FORUM, "help", 15), *more],
        "members": [],
        "member_count": 2,
    }
