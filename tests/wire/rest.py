"""The REST API: it keeps messages and interactions, and fails where a test wants it to."""

import asyncio
import json
from collections.abc import Callable
from itertools import count
from typing import Any

from aiohttp import web

from tests.wire import ids
from tests.wire.faults import DONE, SHORT, Fault, as_json, refusal
from tests.wire.gateway import as_set
from tests.wire.ids import Json

Plan = Callable[[str, str], Fault | None]
"""What goes wrong with a request, by its method and path."""
_UNKNOWN_INTERACTION, _ANSWERED_ALREADY, _UNKNOWN_MESSAGE = 10062, 40060, 10008


class RefusedError(Exception):
    """Discord says no."""

    def __init__(self, status: int, code: int) -> None:
        super().__init__(status, code)
        self.status, self.code = status, code


class Rest:
    """What a test sets up (the first paragraph) and what it then finds (the second)."""

    def __init__(self) -> None:
        self.token = ids.RIGHT
        self.application_flags: Callable[[], int] = lambda: 0
        self.too_early = 0  # so many messages are refused as too early in a new post
        self.signing_in = as_set(asyncio.Event())  # whoever signs in waits for it
        self.delivery = as_set(asyncio.Event())  # messages that the bot sends wait for it
        self.plan: Plan = lambda _method, _path: None

        self.asked_in = asyncio.Event()
        self.syncing = asyncio.Event()
        self.sending = asyncio.Event()
        self.requests: list[tuple[str, str, Any]] = []
        self.sent: list[Json] = []  # new messages in channels, as the bot asked for them
        self.synced: list[Any] = []
        self.messages: dict[str, Json] = {}  # that there are, with the bot's latest words
        self.interactions: dict[str, str] = {}  # the tokens of those that wait, by their ids
        self.answered: dict[str, list[Json]] = {}  # what was answered to one, by its token
        self._nonces: dict[str, Json] = {}
        self.ids = count(ids.FIRST)

    async def rest(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization", f"Bot {self.token}") != f"Bot {self.token}":
            return as_json({"message": "401: Unauthorized", "code": 0}, status=401)
        payload = await _payload(request)
        self.requests.append((request.method, request.path, payload))
        fault = self.plan(request.method, request.path)
        if fault is Fault.CUT:
            return _hung_up(request)
        if fault is not None and fault not in DONE:
            return refusal(fault)
        if fault is Fault.SLOW:
            await asyncio.sleep(4 * SHORT)
        try:
            answer = await self._answer(request, payload)
        except RefusedError as error:
            return as_json({"message": "No", "code": error.code}, status=error.status)
        return await _told(request, answer, fault)

    async def _answer(self, request: web.Request, payload: Any) -> object:  # noqa: PLR0911 -- routes
        match request.method, request.path.split("/")[1:]:
            case "GET", ["users", "@me"]:
                self.asked_in.set()
                await self.signing_in.wait()
                return ids.me()
            case "GET", ["oauth2", "applications", "@me"]:
                return self._application()
            case "PUT", ["applications", _, *_, "commands"]:
                self.synced.append(payload)
                self.syncing.set()
                return []
            case "POST", ["channels", channel, "messages"]:
                return await self._create(int(channel), payload)
            case "PATCH" | "DELETE", ["channels", _, "messages", message]:
                return self._change(request.method, message, payload)
            case "POST", ["interactions", interaction, token, "callback"]:
                return self._call_back(interaction, token, payload)
            case "PATCH" | "GET", ["webhooks", _, token, "messages", "@original"]:
                return self._follow(token, payload)
            case "DELETE", ["webhooks", _, _, "messages", "@original"]:
                return None
            case "POST", ["webhooks", _, token]:
                return self._follow(token, payload)
        raise RefusedError(404, 0)

    async def _create(self, channel: int, payload: Json) -> Json:
        if self.too_early:
            self.too_early -= 1
            raise RefusedError(403, 40058)
        self.sending.set()
        await self.delivery.wait()
        nonce = payload.get("nonce") if payload.get("enforce_nonce") else None
        if nonce in self._nonces:
            return self._nonces[nonce]
        self.sent.append(payload)
        made = ids.message(next(self.ids), payload.get("content") or "", ids.me(), channel)
        self.messages[made["id"]] = made
        if nonce:
            self._nonces[nonce] = made
        return made

    def _change(self, method: str, id_: str, payload: Any) -> Json | None:
        if id_ not in self.messages:
            raise RefusedError(404, _UNKNOWN_MESSAGE)
        if method == "DELETE":
            del self.messages[id_]
            return None
        self.messages[id_] |= {"content": payload.get("content") or ""}
        return self.messages[id_]

    def _call_back(self, interaction: str, token: str, payload: Json) -> Json:
        if self.interactions.get(interaction) != token:
            code = _ANSWERED_ALREADY if token in self.answered else _UNKNOWN_INTERACTION
            raise RefusedError(400 if token in self.answered else 404, code)
        del self.interactions[interaction]
        self.answered.setdefault(token, []).append(payload)
        made = ids.message(
            next(self.ids), (payload.get("data") or {}).get("content") or "", ids.me()
        )
        told = {"id": interaction, "type": 2, "response_message_id": made["id"]}
        return {"interaction": told, "resource": {"type": payload["type"], "message": made}}

    def _follow(self, token: str, payload: Any) -> Json:
        if token not in self.answered:
            raise RefusedError(404, 10015)
        if payload is not None:
            self.answered[token].append(payload)
        return ids.message(next(self.ids), (payload or {}).get("content") or "", ids.me())

    def _application(self) -> Json:
        return {
            "id": str(ids.APPLICATION),
            "name": "faq",
            "icon": None,
            "description": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0",
            "owner": ids.me(),
            "flags": self.application_flags(),
        }


async def _payload(request: web.Request) -> Any:
    if request.content_type == "application/json":
        return await request.json()
    if request.content_type == "multipart/form-data":
        form = await request.post()
        return json.loads(str(form["payload_json"])) | {"files": [*form.keys()][1:]}
    return None


async def _told(request: web.Request, answer: object, fault: Fault | None) -> web.StreamResponse:
    """The answer, as far as it gets through."""
    match fault:
        case Fault.LOST:
            return _hung_up(request)
        case Fault.GARBLED:
            return web.Response(text="<html>", headers={"Content-Type": "application/json"})
        case Fault.TRUNCATED:
            return await _breaking_off(request, answer)
    return web.Response(status=204) if answer is None else as_json(answer)


def _hung_up(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)


async def _breaking_off(request: web.Request, answer: object) -> web.StreamResponse:
    body = json.dumps(answer).encode()
    headers = {"Content-Type": "application/json", "Content-Length": str(len(body) + 10)}
    response = web.StreamResponse(headers=headers)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport:
        request.transport.abort()
    return response
