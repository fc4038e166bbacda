"""Signing in and staying connected, with Discord's refusals told apart by type.

The process words them; none of them carries the token or anything else that is secret.
"""

from dataclasses import dataclass

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
    Intent).
    """

    id: int
    name: str
    reads_messages: bool


async def look_up(token: str) -> Application:
    """Ask who `token` belongs to, without connecting to the gateway.

    Connecting with an intent that is not granted would be refused, and Discord resets the token of
    an application that connects too often. Raises WrongTokenError or UnreachableError.
    """
    renounce_voice()
    async with discord.Client(intents=least_intents(reads_messages=False)) as client:
        try:
            await client.login(token)
            application = await client.application_info()
        except discord.LoginFailure:
            raise WrongTokenError from None
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            raise UnreachableError(str(error)) from error
    flags = application.flags
    reads = flags.gateway_message_content or flags.gateway_message_content_limited
    return Application(application.id, application.name, reads)


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
