"""The Discord client: its shape, its events and its lifetime. What each event does stands beside.

It starts no work of its own in the background: watching files and stopping belong to the process.
"""

import logging
import time
from collections.abc import Container

import aiohttp
import discord

from bot.answering import Answerer
from bot.discord_app import messages
from bot.discord_app.buttons import FaqButton
from bot.discord_app.commands import FaqTree
from bot.discord_app.host import Interaction
from bot.discord_app.in_flight import InFlight
from bot.discord_app.sending import replace, respond
from bot.discord_app.syncing import CommandSync, DigestStore, MemoryDigests
from bot.discord_app.trouble import quieten_late_autocomplete, tell
from bot.replies import Action, ShowEntry, act, gone

_log = logging.getLogger(__name__)

_REST_AFTER_REFUSAL = 600.0  # seconds in which a channel that refused a message gets no other
_MOST_REFUSALS = 1000  # channels remembered


def least_intents(*, reads_messages: bool) -> discord.Intents:
    """The events that the bot needs.

    Only the words of messages that are not for it are privileged: mentions of it, replies to it
    and direct messages come with their words in any case.
    """
    return discord.Intents(
        guilds=True, guild_messages=True, dm_messages=True, message_content=reads_messages
    )


def renounce_voice() -> None:
    """Let discord.py not warn of missing voice libraries: the bot never speaks."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


def invite_url(application_id: int) -> str:
    """The address that adds the bot to a server, with the least permissions that it needs."""
    permissions = discord.Permissions(
        view_channel=True,
        send_messages=True,
        send_messages_in_threads=True,
        embed_links=True,
        read_message_history=True,
    )
    scopes = ("bot", "applications.commands")
    return discord.utils.oauth_url(application_id, permissions=permissions, scopes=scopes)


class FaqClient(discord.AutoShardedClient):
    """Answers from one snapshot of the FAQ at a time.

    `channels`: the ids of the channels in which it also answers without being addressed; asked
    anew for each message. `reads_messages`: whether to ask Discord for the words of all messages,
    which that takes; by default only where there are such channels. `dev_guild`: the server that
    alone gets the commands, at once. `digests` keeps what was synced from one start to the next.
    """

    def __init__(
        self,
        answerer: Answerer,
        *,
        channels: Container[int] = frozenset(),
        reads_messages: bool | None = None,
        dev_guild: int | None = None,
        digests: DigestStore | None = None,
    ) -> None:
        renounce_voice()
        reads = bool(channels) if reads_messages is None else reads_messages
        super().__init__(
            intents=least_intents(reads_messages=reads),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,  # none; a 0 would be taken for 1000
        )
        quieten_late_autocomplete()
        self.answerer = answerer
        self.channels = channels
        self.in_flight = InFlight()
        self.tree = FaqTree(self)
        self._commands = CommandSync(self.tree, digests or MemoryDigests(), dev_guild)
        self._refusals: dict[int, float] = {}
        self.tree.plant(answerer.knowledge)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(FaqButton)
        await self._sync()

    async def use(self, answerer: Answerer) -> None:
        """Answer from `answerer` from now on, and sync the commands that changed with it.

        Questions that are being answered keep the snapshot that they began with.
        """
        self.answerer = answerer
        self.tree.plant(answerer.knowledge)
        await self._sync()

    async def _sync(self) -> None:
        if self.application_id is not None:  # known from the log-in on, which then syncs
            await self._commands.sync(self.application_id)

    async def drain(self, timeout: float) -> bool:  # noqa: ASYNC109 -- seconds, as a plain number
        """Wait at most `timeout` seconds for the answers under way; whether all were given."""
        return await self.in_flight.drained(timeout)

    async def on_message(self, message: discord.Message) -> None:
        if self.user is None or self._was_refused(message.channel.id):
            return
        with self.in_flight.answering():
            try:
                await messages.answer(message, self.answerer, me=self.user, channels=self.channels)
            except discord.Forbidden:
                self._note_refusal(message.channel.id)
            except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
                _log.warning("Could not reply in channel %d: %s", message.channel.id, error)

    async def press(
        self, interaction: Interaction, action: Action | None, asker: int | None
    ) -> None:
        """Show what a pressed button stands for, to the one who pressed it alone.

        So several people can look things up under one answer, and the channel stays calm. Only
        where the one who asked settles what was meant does the answer take the place of the offer,
        for all to see: there it is the reply to the question, and can itself be replied to.
        """
        with self.in_flight.answering():
            try:
                reply = act(action, self.answerer.knowledge) if action else gone()
                settles = isinstance(action, ShowEntry) and action.in_place
                if settles and interaction.user.id == asker:
                    await replace(interaction, reply)
                else:
                    await respond(interaction, reply, private=True)
            except Exception as error:  # noqa: BLE001 -- discord.py's tree never sees these
                await tell(interaction, error)

    def _was_refused(self, channel_id: int) -> bool:
        refused = self._refusals.get(channel_id)
        if refused is None:
            return False
        if time.monotonic() - refused < _REST_AFTER_REFUSAL:
            return True
        del self._refusals[channel_id]
        return False

    def _note_refusal(self, channel_id: int) -> None:
        """Leave the channel alone for a while: 10,000 refusals in ten minutes are a ban."""
        _log.warning("Discord does not let me reply in channel %d: check my rights", channel_id)
        if len(self._refusals) >= _MOST_REFUSALS:
            self._refusals.pop(next(iter(self._refusals)))
        self._refusals[channel_id] = time.monotonic()
