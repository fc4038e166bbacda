"""A `Reply` as a Discord message: plain content, which is searched, read aloud and notified."""

from dataclasses import dataclass

import discord

from bot.discord_app.buttons import view_of
from bot.replies import Reply, clip

LONGEST_CONTENT = 2000  # characters, Discord's limit


@dataclass(frozen=True, slots=True)
class Drawn:
    """What to send. `view` is None where the reply has no buttons."""

    content: str
    view: discord.ui.View | None


def draw(reply: Reply, *, asker: int) -> Drawn:
    """Draw `reply` for the member `asker`, whose id decides who may settle an open question."""
    return Drawn(content_of(reply), view_of(reply, asker=asker))


def content_of(reply: Reply) -> str:
    """The text and the footnote in small print; where they are too long, the text is cut."""
    small = "".join(f"\n\n-# {line}" for line in reply.footnote.splitlines())
    return clip(reply.text, LONGEST_CONTENT - len(small)) + small
