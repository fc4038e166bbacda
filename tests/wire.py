"""A small Discord on a loopback socket, for what SimCord has not: sign-in, close codes, signals.

It speaks the part of the gateway and of the REST API that the bot uses from start to stop.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import discord
import yarl
from aiohttp import WSMsgType, web
from discord.gateway import DiscordWebSocket
from discord.http import Route

APPLICATION = 400_000_000_000_000_000
CHANNEL = 500_000_000_000_000_000
FORUM = 500_000_000_000_000_001
GUILD = 600_000_000_000_000_000
MEMBER = 700_000_000_000_000_000
RIGHT = "right.token"
MESSAGE_CONTENT = discord.ApplicationFlags.gateway_message_content.flag
HELLO, IDENTIFY, HEARTBEAT, ACKNOWLEDGED, DISPATCH = 10, 2, 1, 11, 0


class FakeDiscord:
    """What a test sets up (the first paragraph) and what it then finds (the second)."""

    def __init__(self) -> None:
        self.token = RIGHT
        self.flags = MESSAGE_CONTENT
        self.refusal: int | None = None  # the close code that meets an IDENTIFY with content
        self.too_early = 0  # so many messages are refused as too early in a new post
        self.signing_in = _set(asyncio.Event())  # whoever signs in waits for it
        self.delivery = _set(asyncio.Event())  # messages that the bot sends wait for it

        self.url = ""
        self.intents: list[discord.Intents] = []
        self.asked_in = asyncio.Event()
        self.connected = asyncio.Event()
        self.disconnected = asyncio.Event()
        self.syncing = asyncio.Event()
        self.sending = asyncio.Event()
        self.sent: list[dict[str, Any]] = []
        self.synced: list[Any] = []
        self.closed_with: list[int | None] = []
        self._socket: web.WebSocketResponse | None = None
        self._ids = count(800_000_000_000_000_000)

    async def hears(self, text: str, member: int = MEMBER) -> None:
        """A member writes `text` in the channel."""
        message = self._message(
            text, {"id": str(member), "username": "mia", "discriminator": "0", "avatar": None}
        )
        await self._dispatch("MESSAGE_CREATE", message | {"guild_id": str(GUILD)})

    async def gets_a_post(self, title: str, *texts: str) -> None:
        """A member opens a post in the forum, whose first message is the first of `texts`."""
        author = {"id": str(MEMBER), "username": "mia", "discriminator": "0", "avatar": None}
        messages = [self._message(text, author) for text in texts]
        place = {"id": messages[0]["id"], "guild_id": str(GUILD), "parent_id": str(FORUM)}
        archiving = {"archived": False, "auto_archive_duration": 60, "locked": False}
        thread: dict[str, Any] = {
            **place,
            "type": 11,
            "name": title,
            "owner_id": str(MEMBER),
            "message_count": 0,
            "member_count": 1,
            "thread_metadata": archiving | {"archive_timestamp": "2026-11-23T12:00:00+00:00"},
        }
        await self._dispatch("THREAD_CREATE", thread)
        for message in messages:
            here = {"channel_id": place["id"], "guild_id": str(GUILD)}
            await self._dispatch("MESSAGE_CREATE", message | here)

    def _message(self, text: str, author: dict[str, Any]) -> dict[str, Any]:
        empty: dict[str, Any] = {
            key: [] for key in ("mentions", "mention_roles", "attachments", "embeds", "components")
        }
        return empty | {
            "id": str(next(self._ids)),
            "channel_id": str(CHANNEL),
            "author": author,
            "content": text,
            "timestamp": "2026-11-23T12:00:00+00:00",
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "pinned": False,
            "type": 0,
        }

    async def _dispatch(self, name: str, data: dict[str, Any]) -> None:
        assert self._socket is not None
        await self._socket.send_json({"op": DISPATCH, "t": name, "s": 1, "d": data})

    # --- the gateway ---

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        self._socket = socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 40_000}})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._receive(json.loads(frame.data))
        self.closed_with.append(socket.close_code)
        self.disconnected.set()
        return socket

    async def _receive(self, payload: dict[str, Any]) -> None:
        assert self._socket is not None
        if payload["op"] == HEARTBEAT:
            await self._socket.send_json({"op": ACKNOWLEDGED})
        if payload["op"] == IDENTIFY:
            self.intents.append(discord.Intents(value=payload["d"]["intents"]))
            if self.refusal and self.intents[-1].message_content:
                await self._socket.close(code=self.refusal)
            else:
                await self._welcome()

    async def _welcome(self) -> None:
        ready = {
            "v": 10,
            "user": self._me(),
            "guilds": [{"id": str(GUILD), "unavailable": True}],
            "session_id": "session",
            "shard": [0, 1],
            "resume_gateway_url": self.url.replace("http", "ws") + "/gateway",
            "application": {"id": str(APPLICATION), "flags": self.flags},
        }
        channel = {
            "id": str(CHANNEL),
            "type": 0,
            "name": "ask-ai",
            "position": 0,
            "permission_overwrites": [],
        }
        guild = {
            "id": str(GUILD),
            "name": "guild",
            "owner_id": str(MEMBER),
            "roles": [{"id": str(GUILD), "name": "@everyone", "permissions": str(2**46 - 1)}],
            "channels": [channel, channel | {"id": str(FORUM), "type": 15, "name": "help"}],
            "members": [],
            "member_count": 2,
        }
        await self._dispatch("READY", ready)
        await self._dispatch("GUILD_CREATE", guild)
        self.connected.set()

    # --- the REST API ---

    def _me(self) -> dict[str, Any]:
        me = {"id": str(APPLICATION), "username": "faq", "discriminator": "0", "avatar": None}
        return me | {"bot": True}

    async def rest(self, request: web.Request) -> web.Response:
        if request.headers["Authorization"] != f"Bot {self.token}":
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        if self.too_early and request.path.endswith("/messages"):
            self.too_early -= 1
            return _json({"message": "Not yet", "code": 40058}, status=403)
        answer = await self._answer(request)
        if answer is None:
            return _json({"message": f"404: no {request.method} {request.path}"}, status=404)
        return _json(answer)

    async def _answer(self, request: web.Request) -> object:
        match request.method, request.path.split("/")[1:]:
            case "GET", ["users", "@me"]:
                self.asked_in.set()
                await self.signing_in.wait()
                return self._me()
            case "GET", ["oauth2", "applications", "@me"]:
                return self._application()
            case "GET", ["gateway", "bot"]:
                return self._gateway()
            case "PUT", ["applications", _, *_, "commands"]:
                self.synced.append(await request.json())
                self.syncing.set()
                return []
            case "POST", ["channels", _, "messages"]:
                return await self._accept_message(await request.json())
        return None

    def _application(self) -> dict[str, Any]:
        return {
            "id": str(APPLICATION),
            "name": "faq",
            "icon": None,
            "description": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0",
            "owner": self._me(),
            "flags": self.flags,
        }

    def _gateway(self) -> dict[str, Any]:
        limits = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        url = self.url.replace("http", "ws") + "/gateway"
        return {"url": url, "shards": 1, "session_start_limit": limits}

    async def _accept_message(self, payload: dict[str, Any]) -> dict[str, Any]:
        self.sending.set()
        await self.delivery.wait()
        self.sent.append(payload)
        return self._message(payload["content"], self._me())


def _set(event: asyncio.Event) -> asyncio.Event:
    event.set()
    return event


def _json(data: object, status: int = 200) -> web.Response:
    # The exact type: discord.py takes "application/json; charset=utf-8" for plain text.
    return web.Response(
        body=json.dumps(data).encode(), status=status, headers={"Content-Type": "application/json"}
    )


@asynccontextmanager
async def fake_discord() -> AsyncIterator[FakeDiscord]:
    """A FakeDiscord on a free port of this machine."""
    fake = FakeDiscord()
    app = web.Application()
    app.router.add_get("/gateway", fake.gateway)
    app.router.add_route("*", "/{path:.*}", fake.rest)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0]
    fake.url = f"http://{host}:{port}"
    try:
        yield fake
    finally:
        await runner.cleanup()


def point_discord_py_at(url: str) -> None:
    """Make discord.py talk to the FakeDiscord at `url` from now on."""
    Route.BASE = url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url.replace("http", "ws") + "/gateway")
