"""Signing in and staying connected, with Discord's refusals told apart by type.

The process words them; none of them carries the token or anything else that is secret.
"""

from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import aiohttp
import discord

from bot.discord_app.client import FaqClient, least_intents, renounce_voice

_AUTHENTICATION_FAILED = 4004  # the gateway's close code for a token that it does not know


class StartupError(Exception):
    """Discord does not let the bot start; trying again in the same way will not help."""


class WrongTokenError(StartupError):
    """Discord does not know the token."""


class MissingIntentError(StartupError):
    """The application may not read messages: the Message Content Intent is off in its settings."""


class UnreachableError(Exception):
    """Discord cannot be reached, or is down; trying again later may help."""


@dataclass(frozen=True, slots=True)
class Application:
    """What Discord says about the owner of a token.

    `reads_messages`: it may have the words of all messages in its servers (the Message Content
    Intent). `clock_ahead`: seconds by which this computer's clock differs from Discord's, to about
    a second.
    """

    id: int
    name: str
    reads_messages: bool
    clock_ahead: float = 0.0


async def look_up(token: str) -> Application:
    """Ask who `token` belongs to, without connecting to the gateway.

    Connecting with an intent that is not granted would be refused, and Discord resets the token of
    an application that connects too often. Raises WrongTokenError or UnreachableError.
    """
    renounce_voice()
    clock = _Clock()
    intents = least_intents(reads_messages=False)
    async with discord.Client(intents=intents, http_trace=clock.trace()) as client:
        try:
            await client.login(token)
            application = await client.application_info()
        except discord.LoginFailure:
            raise WrongTokenError from None
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            raise UnreachableError(str(error)) from error
    flags = application.flags
    reads = flags.gateway_message_content or flags.gateway_message_content_limited
    return Application(application.id, application.name, reads, clock.ahead)


class _Clock:
    """Compares this computer's clock with the time in Discord's answers."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def trace(self) -> aiohttp.TraceConfig:
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(self._note)
        return trace

    async def _note(
        self, _session: aiohttp.ClientSession, _context: object, end: aiohttp.TraceRequestEndParams
    ) -> None:
        told = end.response.headers.get("Date", "")
        with suppress(ValueError, TypeError):  # no date, or one without a time zone
            self.ahead = (discord.utils.utcnow() - parsedate_to_datetime(told)).total_seconds()


async def run(client: FaqClient, token: str) -> None:
    """Sign in and serve until the client is closed.

    Raises WrongTokenError, MissingIntentError, or UnreachableError where even signing in was not
    possible; once connected, the client reconnects by itself.
    """
    try:
        await client.start(token)
    except discord.LoginFailure:
        raise WrongTokenError from None
    except discord.PrivilegedIntentsRequired:
        raise MissingIntentError from None
    except discord.ConnectionClosed as error:
        if error.code == _AUTHENTICATION_FAILED:
            raise WrongTokenError from None
        raise UnreachableError(
            f"the gateway closed the connection with code {error.code}"
        ) from error
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        raise UnreachableError(str(error)) from error
