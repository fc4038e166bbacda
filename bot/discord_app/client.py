"""The Discord client: its shape, its events and its lifetime. What each event does stands beside.

It starts no work of its own in the background: watching files and stopping belong to the process.
"""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

import discord

from bot.answering import Answerer
from bot.discord_app import following
from bot.discord_app.allowed import may_click
from bot.discord_app.buttons import FaqButton
from bot.discord_app.commands import FaqTree
from bot.discord_app.conversing import converse
from bot.discord_app.custom_ids import Pressed
from bot.discord_app.desk.desk import Desk
from bot.discord_app.desk.items import DeskItem, read_custom_id
from bot.discord_app.desk.pressing import press as press_desk
from bot.discord_app.desk.pressing import submit
from bot.discord_app.host import Interaction
from bot.discord_app.in_flight import InFlight
from bot.discord_app.listening import Listener
from bot.discord_app.pace import Pace
from bot.discord_app.permissions import may_report
from bot.discord_app.pressing import press
from bot.discord_app.refusals import Refusals
from bot.discord_app.sending import respond
from bot.discord_app.settings_screen import choose
from bot.discord_app.settings_select import SettingsSelect
from bot.discord_app.sign_ins import SignIns
from bot.discord_app.syncing import CommandSync, DigestStore, MemoryDigests
from bot.discord_app.tally import Tally
from bot.discord_app.trouble import quieten_late_autocomplete, tell
from bot.records.errors import RecordsError
from bot.records.records import Records
from bot.replies import hurried

_log = logging.getLogger(__name__)

# What one member can make the bot do: so often in so many seconds.
_QUESTIONS = (10, 60.0)
_WARNINGS = (1, 60.0)
_CLICKS = (20, 60.0)
_DESK_CLICKS = (90, 60.0)


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
        attach_files=True,
        read_message_history=True,
    )
    scopes = ("bot", "applications.commands")
    return discord.utils.oauth_url(application_id, permissions=permissions, scopes=scopes)


class FaqClient(discord.AutoShardedClient):
    """Answers from one snapshot of the FAQ at a time.

    `wants_to_listen` is set when a server's settings need it to read messages, and it does not.
    `records` says in which channels it also answers without being addressed, and keeps what must
    outlive a restart. `reads_messages`: whether to ask Discord for the words of all messages, which
    that takes. `desk`: which files moderators change, and who may. `dev_guild`: the server that
    alone gets the commands, at once. `digests` keeps what was synced from one start to the next,
    `sign_ins` how often the bot signed in.
    """

    def __init__(
        self,
        answerer: Answerer,
        records: Records,
        *,
        reads_messages: bool,
        desk: Desk,
        dev_guild: int | None = None,
        digests: DigestStore | None = None,
        sign_ins: SignIns | None = None,
    ) -> None:
        renounce_voice()
        super().__init__(
            intents=least_intents(reads_messages=reads_messages),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,  # none; a 0 would be taken for 1000
        )
        quieten_late_autocomplete()
        self.answerer = answerer
        self.records = records
        self.desk = desk
        self.reads_messages = reads_messages
        self.wants_to_listen = asyncio.Event()
        self.tally = Tally()
        self.in_flight = InFlight(self.tally.replying)
        self.listener = Listener()
        self.refusals = Refusals()
        self.pace = Pace(*_QUESTIONS)
        self.warnings = Pace(*_WARNINGS)
        self.clicks = Pace(*_CLICKS)
        self.desk_clicks = Pace(*_DESK_CLICKS)
        self.sign_ins = sign_ins or SignIns()
        # There is a hook before discord.py signs in, but Discord ends connections that wait for
        # their sign-in. So its way to connect is put behind ours.
        self._connect_now = self.http.ws_connect
        self.http.ws_connect = self._connect_in_turn  # type: ignore[method-assign]  # discord.py has no hook before it connects
        self.tree = FaqTree(self)
        self._commands = CommandSync(self.tree, digests or MemoryDigests(), dev_guild)
        self._plant()

    async def setup_hook(self) -> None:
        self.add_dynamic_items(FaqButton, SettingsSelect, DeskItem)
        await self._sync()

    async def _connect_in_turn(self, url: str, *, compress: int = 0) -> Any:
        await self.sign_ins.wait()
        return await self._connect_now(url, compress=compress)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        await self.sign_ins.note()
        await super().before_identify_hook(shard_id, initial=initial)

    async def use(self, answerer: Answerer) -> None:
        """Answer from `answerer` from now on, and sync the commands that changed with it.

        Questions that are being answered keep the snapshot that they began with.
        """
        self.answerer = answerer
        self._plant()
        await self._sync()

    def _plant(self) -> None:
        self.tree.plant(self.answerer.knowledge, desk_for_all=self.records.servers.have_roles())

    async def _sync(self) -> None:
        if self.application_id is not None:  # known from the log-in on, which then syncs
            await self._commands.sync(self.application_id)

    async def drain(self, seconds: float) -> bool:
        """Wait at most so long for the answers under way; whether all were given."""
        return await self.in_flight.drained(seconds)

    async def press(self, interaction: Interaction, pressed: Pressed) -> None:
        await self._attempt(interaction, press(interaction, pressed, self))

    async def choose(self, interaction: Interaction, what: str, values: tuple[str, ...]) -> None:
        await self._attempt(interaction, choose(interaction, what, values, self))

    async def press_desk(
        self, interaction: Interaction, what: str, about: str, values: tuple[str, ...]
    ) -> None:
        if may_click(interaction, self):
            await self._attempt(interaction, press_desk(interaction, what, about, values, self))
        else:
            await respond(interaction, hurried(), private=True)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Forms come here: discord.py knows none of them."""
        data: Any = interaction.data or {}
        custom_id = str(data.get("custom_id", ""))
        if interaction.type is discord.InteractionType.modal_submit and any(
            read_custom_id(custom_id)
        ):
            await self._attempt(interaction, submit(interaction, custom_id, self))

    async def _attempt(self, interaction: Interaction, work: Coroutine[Any, Any, None]) -> None:
        """Do what somebody pressed or chose; whatever fails in it, they are told."""
        with self.in_flight.answering():
            try:
                await work
            except Exception as error:  # noqa: BLE001 -- who clicked is told of any error; discord.py would only log it
                await tell(interaction, error)

    async def settings_changed(self) -> None:
        self._plant()  # a role that may use the desk must see it
        await self._sync()
        if self.records.servers.listens() and not self.reads_messages:
            self.wants_to_listen.set()

    async def command_drift(self) -> tuple[set[str], set[str]]:
        return await self._commands.drift()

    def servers_present(self) -> int:
        return len(self.guilds)

    def audit_channels(self) -> list[discord.TextChannel]:
        here = [guild for guild in self.guilds if self.desk.may_change(guild.id, len(self.guilds))]
        chosen = ((guild, self.records.servers.of(guild.id).audit) for guild in here)
        channels = [(guild, guild.get_channel(audit)) for guild, audit in chosen if audit]
        return [
            channel
            for guild, channel in channels
            if isinstance(channel, discord.TextChannel) and may_report(channel, guild.me)
        ]

    def message_at(self, channel: int, message: int) -> discord.PartialMessage:
        return self.get_partial_messageable(channel).get_partial_message(message)

    async def on_message(self, message: discord.Message) -> None:
        if self.user is not None:
            await converse(message, self, self.user)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        if self.user is not None:
            await following.edited(payload.message, self, self.user)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        await following.deleted(payload.channel_id, payload.message_id, self)

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        for message in payload.message_ids:
            await following.deleted(payload.channel_id, message, self)

    async def on_ready(self) -> None:
        """All servers are known, those that are out of order too: the bot was away from others."""
        try:
            await self.records.forget_guilds_but({guild.id for guild in self.guilds})
        except RecordsError as error:
            self.records.outbox.failed(error)  # tried again when the bot is ready anew

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a server: nothing of it is kept."""
        try:
            await self.records.forget_guild(guild.id)
        except RecordsError as error:
            _log.warning("What is kept of server %d could not be deleted: %s", guild.id, error)
