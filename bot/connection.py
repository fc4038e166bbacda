"""Staying connected to Discord, from the first sign-in to the goodbye.

The bot begins to listen when a server wants that and Discord allows it, and goes on without where
it does not. An intent can only be asked for when signing in.
"""

import asyncio
import logging
from collections.abc import Callable

from bot.answering import Answerer
from bot.discord_app import startup
from bot.discord_app.client import FaqClient, invite_url
from bot.discord_app.desk.announcing import announce
from bot.discord_app.desk.desk import Desk
from bot.discord_app.sign_ins import SignIns
from bot.discord_app.startup import (
    Application,
    MissingIntentError,
    UnreachableError,
    WrongTokenError,
)
from bot.discord_app.syncing import FileDigests
from bot.records.records import Records
from bot.settings import Settings

_log = logging.getLogger(__name__)

# Together under the five seconds that a supervisor may give, with what process.py needs.
DRAINING = 3.5  # seconds for the answers under way
CLOSING = 0.6  # seconds for the goodbye to Discord

PORTAL = "https://discord.com/developers/applications > your application > Bot"
UNHEARING = (
    "I may not read messages, so I do not answer plain questions in the channels that I shall "
    "listen to; mentions, direct messages and slash commands work. To let me, switch on Message "
    f"Content Intent at {PORTAL} > Privileged Gateway Intents, and start me again"
)


class Connection:
    """The newest snapshot of the FAQ, and the client that serves it.

    To sign in anew takes another client.
    """

    def __init__(
        self,
        settings: Settings,
        token: str,
        desk: Desk,
        answerer: Answerer,
        records: Records,
    ) -> None:
        self._settings = settings
        self._desk = desk
        self._token = token
        self._answerer = answerer
        self._records = records
        self._sign_ins = SignIns(settings.data / "sign-ins.json")
        self.client: FaqClient | None = None

    async def keep(self, say: Callable[[str], None]) -> None:
        """Stay connected until cancelled. Raises WrongTokenError and UnreachableError."""
        application = await startup.look_up(self._token)
        say(f"This is {application.name}. Invite it: {invite_url(application.id)}")
        await self._connect(listening=self._shall_listen() and _may_listen(application))

    @property
    def answerer(self) -> Answerer:
        """The newest snapshot: moderators also change the client's."""
        return self.client.answerer if self.client else self._answerer

    async def use(self, answerer: Answerer) -> None:
        self._answerer = answerer
        if self.client:
            await self.client.use(answerer)

    async def tell(self, text: str) -> None:
        if self.client:
            await announce(self.client, text)

    async def leave(self, keeping: asyncio.Task[None]) -> None:
        """Finish the answers under way, then sign off and end `keeping`."""
        _log.info("Stopping: finishing the answers under way")
        if self.client and not await self.client.drain(DRAINING):
            _log.warning("Some answers took too long and were left unfinished")
        # discord.py signs off with code 1000 when its runner is cancelled; only then does Discord
        # show the bot as offline at once.
        keeping.cancel()
        await asyncio.wait({keeping}, timeout=CLOSING)

    def _shall_listen(self) -> bool:
        return bool(self._settings.channels) or self._records.servers.listens()

    async def _connect(self, *, listening: bool) -> None:
        """Serve. Begin to listen when that is wanted, and go on without it when it is forbidden."""
        while True:
            try:
                await self._sign_in(listening=listening)
            except MissingIntentError:
                _log.warning(UNHEARING)
                listening = False
            except _ListenError:
                listening = True
            else:
                return

    async def _sign_in(self, *, listening: bool) -> None:
        """Serve until the client ends. Raises _ListenError where it is to sign in anew to listen.

        An intent can only be asked for when signing in.
        """
        self.client = FaqClient(
            self.answerer,
            self._records,
            reads_messages=listening,
            desk=self._desk,
            dev_guild=self._settings.dev_guild,
            digests=FileDigests(self._settings.data / "commands.json"),
            sign_ins=self._sign_ins,
        )
        async with self.client as client:
            serving = asyncio.create_task(startup.run(client, self._token))
            wanting = asyncio.create_task(self._wait_to_listen(client))
            try:
                await asyncio.wait({serving, wanting}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                wanting.cancel()
                if not serving.done():
                    serving.cancel()
                    await asyncio.wait({serving})
            if serving.cancelled():
                raise _ListenError
            serving.result()

    async def _wait_to_listen(self, client: FaqClient) -> None:
        """Return when a server's settings ask for listening, and Discord will allow it."""
        while True:
            await client.wants_to_listen.wait()
            client.wants_to_listen.clear()
            try:
                if _may_listen(await startup.look_up(self._token)):
                    await client.drain(DRAINING)
                    return
            except (WrongTokenError, UnreachableError) as error:
                _log.warning("Could not ask Discord whether I may listen: %s", error)


class _ListenError(Exception):
    """The client was ended so that it can sign in anew, to listen."""


def _may_listen(application: Application) -> bool:
    if not application.reads_messages:
        _log.warning(UNHEARING)
    return application.reads_messages
