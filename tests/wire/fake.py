"""The small Discord as a whole: its gateway, its REST API, and what its members do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import yarl
from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.wire import ids
from tests.wire.faults import as_json
from tests.wire.gateway import Gateway
from tests.wire.ids import APPLICATION, CHANNEL, FORUM, GUILD, MEMBER, Json
from tests.wire.rest import Rest


class FakeDiscord(Gateway, Rest):
    """One server with a text channel and a forum."""

    def __init__(self) -> None:
        Gateway.__init__(self)
        Rest.__init__(self)
        self.application_flags = lambda: self.flags

    async def hears(self, text: str, member: int = MEMBER) -> Json:
        """A member writes `text` in the channel; the event that tells of it."""
        message = ids.message(next(self.ids), text, ids.user(member))
        return await self.dispatch("MESSAGE_CREATE", message | {"guild_id": str(GUILD)})

    async def hears_again(self, event: Json, text: str) -> None:
        """The message of the `event` is edited."""
        edited = {"content": text, "edited_timestamp": "2026-11-23T12:00:05+00:00"}
        await self.dispatch("MESSAGE_UPDATE", event["d"] | edited)

    async def loses(self, event: Json) -> None:
        """The message of the `event` is deleted."""
        gone = {name: event["d"][name] for name in ("id", "channel_id", "guild_id")}
        await self.dispatch("MESSAGE_DELETE", gone)

    async def gets_a_post(self, title: str, *texts: str) -> None:
        """A member opens a post in the forum, whose first message is the first of `texts`."""
        messages = [ids.message(next(self.ids), text, ids.user(MEMBER)) for text in texts]
        place = {"id": messages[0]["id"], "guild_id": str(GUILD), "parent_id": str(FORUM)}
        archiving = {"archived": False, "auto_archive_duration": 60, "locked": False}
        thread: Json = {
            **place,
            "type": 11,
            "name": title,
            "owner_id": str(MEMBER),
            "message_count": 0,
            "member_count": 1,
            "thread_metadata": archiving | {"archive_timestamp": "2026-11-23T12:00:00+00:00"},
        }
        await self.dispatch("THREAD_CREATE", thread)
        for message in messages:
            here = {"channel_id": place["id"], "guild_id": str(GUILD)}
            await self.dispatch("MESSAGE_CREATE", message | here)

    async def commands(self, name: str, *, permissions: str = ids.ALL, **options: Any) -> str:
        """A member types a slash command, a group's with a space; the interaction's token."""
        *group, name = name.split()
        given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
        data: Json = {"id": "1", "type": 1, "name": name, "options": given}
        for outer in reversed(group):
            inner = {"type": 1, "name": name, "options": given}
            data = {"id": "1", "type": 1, "name": outer, "options": [inner]}
        return await self._interact(2, data, permissions)

    async def presses(self, custom_id: str, message: Json, *, permissions: str = ids.ALL) -> str:
        """A member presses a button under a message; the interaction's token."""
        data = {"component_type": 2, "custom_id": custom_id}
        return await self._interact(3, data, permissions, message=message)

    async def fills_in(self, custom_id: str, *, permissions: str = ids.ALL, **values: str) -> str:
        """A member sends a form in; the interaction's token."""
        fields = [
            {"type": 18, "component": {"type": 4, "custom_id": name, "value": value}}
            for name, value in values.items()
        ]
        return await self._interact(5, {"custom_id": custom_id, "components": fields}, permissions)

    async def _interact(
        self, type_: int, data: Json, permissions: str, message: Json | None = None
    ) -> str:
        id_ = str(next(self.ids))
        token = f"token{id_}"
        self.interactions[id_] = token
        member = {
            "user": ids.user(MEMBER),
            "roles": [],
            "permissions": permissions,
            "joined_at": "2026-01-01T00:00:00+00:00",
            "deaf": False,
            "mute": False,
            "flags": 0,
        }
        event: Json = {
            "id": id_,
            "application_id": str(APPLICATION),
            "type": type_,
            "data": data,
            "guild_id": str(GUILD),
            "channel_id": str(CHANNEL),
            "channel": ids.channel(CHANNEL, "ask-ai"),
            "member": member,
            "token": token,
            "version": 1,
            "app_permissions": ids.ALL,
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {},
            "attachment_size_limit": 10_000_000,
        }
        if message is not None:
            event["message"] = message
        await self.dispatch("INTERACTION_CREATE", event)
        return token

    async def rest(self, request: web.Request) -> web.StreamResponse:
        if (request.method, request.path) == ("GET", "/gateway/bot"):
            limits = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
            url = self.url.replace("http", "ws") + "/gateway"
            return as_json({"url": url, "shards": 1, "session_start_limit": limits})
        return await super().rest(request)


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
