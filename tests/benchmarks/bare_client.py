"""The barest client that replies when it is mentioned: it loads nothing of the bot."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord

from tests.benchmarks.clients import run


class Bare(discord.Client):
    async def on_message(self, message: discord.Message) -> None:
        if self.user is not None and self.user.id in message.raw_mentions:
            await message.reply("An LLM is a large language model.")


@asynccontextmanager
async def bare() -> AsyncIterator[discord.Client]:
    intents = discord.Intents.default()
    intents.message_content = True
    async with Bare(intents=intents) as client:
        yield client


if __name__ == "__main__":
    run(bare, *sys.argv[1:])
