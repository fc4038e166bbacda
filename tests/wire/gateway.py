"""The gateway: a socket on which Discord tells what happens, and which a test can break."""

import asyncio
import json
import zlib
from contextlib import suppress
from enum import IntEnum
from typing import Any

import discord
from aiohttp import WSMsgType, web

from tests.wire import ids
from tests.wire.ids import Json


class Op(IntEnum):
    """What a payload is for."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    RESUME = 6
    RECONNECT = 7
    INVALID_SESSION = 9
    HELLO = 10
    ACKNOWLEDGED = 11


def as_set(event: asyncio.Event) -> asyncio.Event:
    event.set()
    return event


class Gateway:
    """What a test sets up (the first paragraph) and what it then finds (the second)."""

    def __init__(self) -> None:
        self.flags = ids.MESSAGE_CONTENT
        self.refusal: int | None = None  # the close code that meets an IDENTIFY with content
        self.turned_away = 0  # so many connections get no socket
        self.dropped = 0  # so many sign-ins are answered by closing the socket
        self.heartbeat = 40.0  # seconds
        self.acknowledges = True  # heartbeats
        self.resumable = True  # sessions
        self.channels = 0  # that the server has besides

        self.url = ""
        self.intents: list[discord.Intents] = []  # one for each sign-in
        self.resumed = 0
        self.connected = asyncio.Event()
        self.disconnected = asyncio.Event()
        self.closed_with: list[int | None] = []
        self._socket: web.WebSocketResponse | None = None
        self._deflate: Any = None
        self._events: list[Json] = []  # of the session, to be told again

    async def gateway(self, request: web.Request) -> web.StreamResponse:
        if self.turned_away:
            self.turned_away -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        compressed = request.query.get("compress") == "zlib-stream"
        self._socket, self._deflate = socket, zlib.compressobj() if compressed else None
        await self.send({"op": Op.HELLO, "d": {"heartbeat_interval": self.heartbeat * 1000}})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._receive(json.loads(frame.data))
        self.closed_with.append(socket.close_code)
        if self._socket is socket:
            self._socket = None
        self.disconnected.set()
        return socket

    async def send(self, payload: Json) -> None:
        """Send something to the bot, if it is there."""
        if self._socket is None or self._socket.closed:
            return
        text = json.dumps(payload)
        with suppress(ConnectionResetError):  # it breaks off at this moment
            if self._deflate is None:
                await self._socket.send_str(text)
                return
            data = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
            await self._socket.send_bytes(data)

    async def dispatch(self, name: str, data: Json) -> Json:
        """Tell of an event. While the bot is away, it is told when it resumes."""
        event = {"op": Op.DISPATCH, "t": name, "s": len(self._events) + 1, "d": data}
        self._events.append(event)
        await self.send(event)
        return event

    async def ask_to_reconnect(self) -> None:
        await self.send({"op": Op.RECONNECT, "d": None})

    async def invalidate(self) -> None:
        """End the session for good."""
        self.resumable = False
        await self.send({"op": Op.INVALID_SESSION, "d": False})

    async def drop(self, code: int = 4000) -> None:
        """Close the socket."""
        if self._socket:
            await self._socket.close(code=code)

    def cut(self) -> None:
        """Break the connection off without a word."""
        transport = self._socket and self._socket._req and self._socket._req.transport
        if transport:
            transport.abort()

    async def _receive(self, payload: Json) -> None:
        match payload["op"]:
            case Op.HEARTBEAT if self.acknowledges:
                await self.send({"op": Op.ACKNOWLEDGED})
            case Op.IDENTIFY:
                await self._identify(discord.Intents(value=payload["d"]["intents"]))
            case Op.RESUME:
                await self._resume(payload["d"]["seq"])

    async def _identify(self, intents: discord.Intents) -> None:
        self.intents.append(intents)
        if self.dropped:
            self.dropped -= 1
            await self.drop()
        elif self.refusal and intents.message_content:
            await self.drop(self.refusal)
        else:
            await self._welcome()

    async def _resume(self, sequence: int | None) -> None:
        if sequence is None or not self.resumable:
            await self.send({"op": Op.INVALID_SESSION, "d": False})
            return
        self.resumed += 1
        for event in list(self._events):
            if event["s"] > sequence:
                await self.send(event)
        await self.dispatch("RESUMED", {})

    async def _welcome(self) -> None:
        self._events = []
        self.resumable = True
        await self.dispatch(
            "READY",
            {
                "v": 10,
                "user": ids.me(),
                "guilds": [{"id": str(ids.GUILD), "unavailable": True}],
                "session_id": "session",
                "shard": [0, 1],
                "resume_gateway_url": self.url.replace("http", "ws") + "/gateway",
                "application": {"id": str(ids.APPLICATION), "flags": self.flags},
            },
        )
        await self.dispatch("GUILD_CREATE", ids.guild(self.channels))
        self.connected.set()
