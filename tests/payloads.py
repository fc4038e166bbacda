"""What Discord takes: its written limits always, its own description where that is at hand.

The limits are those of Discord's documentation (message, component, embed, application command).
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

DESCRIPTION = Path(__file__).parents[2] / "shared" / "discord-openapi" / "openapi.json"
"""Discord's own, specs/openapi.json of github.com/discord/discord-api-spec; beside the checkout."""

Json = dict[str, Any]
_ROW, _BUTTON, _LABEL = 1, 2, 18
_SELECTS = {3, 5, 6, 7, 8}


def faults(method: str, path: str, payload: Any) -> list[str]:
    """What Discord would refuse in a request, and pings; one sentence each."""
    if payload is None:
        return []
    found = list(_of_request(path, payload))
    return [f"{method} {path}: {each}" for each in found]


def check(requests: Iterable[tuple[str, str, Any]]) -> None:
    """See that Discord would take all requests (method, path, body)."""
    found = []
    for method, path, body in requests:
        found += faults(method, path, body)
        if DESCRIPTION.exists():
            found += departures(method, path, body)
    assert not found, "\n".join(found)


def _of_request(path: str, payload: Any) -> Iterator[str]:
    if "/commands" in path:
        for command in payload if isinstance(payload, list) else [payload]:
            yield from _of_command(command)
    elif path.endswith("/callback"):
        data = payload.get("data") or {}
        if "custom_id" in data:
            yield from _of_modal(data)
        elif "choices" in data:
            yield from _most("choices", data["choices"], 25)
        else:
            yield from _of_message(data)
    elif "/messages" in path or path.startswith("/webhooks"):
        yield from _of_message(payload)


def _of_message(message: Json) -> Iterator[str]:
    yield from _longest("content", message.get("content"), 2000)
    embeds = message.get("embeds") or []
    yield from _most("embeds", embeds, 10)
    for embed in embeds:
        yield from _longest("title", embed.get("title"), 256)
        yield from _longest("description", embed.get("description"), 4096)
    if sum(len(each.get("description") or "") for each in embeds) > 6000:
        yield "the embeds are longer than 6000 characters"
    yield from _most("attachments", message.get("attachments") or [], 10)
    yield from _of_components(message.get("components") or [])
    mentions = message.get("allowed_mentions")
    if message.get("content") and (mentions is None or mentions.get("parse") or _named(mentions)):
        yield "somebody may be pinged"


def _named(mentions: Json) -> bool:
    return bool(mentions.get("users") or mentions.get("roles") or mentions.get("replied_user"))


def _of_components(rows: list[Json]) -> Iterator[str]:
    yield from _most("rows", rows, 5)
    ids = [item["custom_id"] for row in rows for item in _items(row) if "custom_id" in item]
    if len(set(ids)) < len(ids):
        yield "a custom_id is there twice"
    for row in rows:
        items = list(_items(row))
        if not items:
            yield "a row is empty"
        selects = [item for item in items if item["type"] in _SELECTS]
        yield from _most("a row", items, 1 if selects else 5)
        for item in items:
            yield from _of_item(item)


def _items(row: Json) -> list[Json]:
    if row["type"] == _LABEL:
        return [row["component"]]
    return list(row.get("components", ()))


def _of_item(item: Json) -> Iterator[str]:
    yield from _longest("custom_id", item.get("custom_id"), 100)
    yield from _longest("placeholder", item.get("placeholder"), 150)
    if item["type"] == _BUTTON:
        yield from _longest("label", item.get("label"), 80)
        if not item.get("label") and not item.get("emoji"):
            yield "a button without a label"
    if "options" in item:
        options = item["options"]
        yield from _most("options", options, 25)
        values = [each["value"] for each in options]
        if not values or len(set(values)) < len(values):
            yield "a select without options, or with one that is there twice"
        for option in options:
            for name in ("label", "value", "description"):
                yield from _longest(f"an option's {name}", option.get(name), 100)


def _of_modal(modal: Json) -> Iterator[str]:
    yield from _longest("title", modal.get("title"), 45)
    yield from _longest("custom_id", modal.get("custom_id"), 100)
    rows = modal.get("components") or []
    if not 1 <= len(rows) <= 5:
        yield "a form has one to five fields"
    for row in rows:
        yield from _longest("label", row.get("label"), 45)
        yield from _longest("description", row.get("description"), 100)
        for field in _items(row):
            yield from _longest("value", field.get("value"), field.get("max_length") or 4000)
            yield from _longest("custom_id", field.get("custom_id"), 100)


def _of_command(command: Json) -> Iterator[str]:
    if not re.fullmatch(r"[-_\w]{1,32}", command["name"]) and command.get("type", 1) == 1:
        yield f"the name {command['name']}"
    yield from _longest("name", command["name"], 32)
    yield from _longest("description", command.get("description"), 100)
    yield from _most("options", command.get("options") or [], 25)
    for option in command.get("options") or []:
        yield from _most("choices", option.get("choices") or [], 25)
        for choice in option.get("choices") or []:
            yield from _longest("a choice's name", choice["name"], 100)
            yield from _longest("a choice's value", str(choice["value"]), 100)
        if option["type"] <= 2:
            yield from _of_command(option | {"type": 1})


def _longest(name: str, text: str | None, most: int) -> Iterator[str]:
    # Discord counts as JavaScript does: a character outside the BMP counts twice.
    if text and len(text.encode("utf-16-le", "surrogatepass")) // 2 > most:
        yield f"{name} is longer than {most}"


def _most(name: str, items: list[Any], most: int) -> Iterator[str]:
    if len(items) > most:
        yield f"{name}: more than {most}"


@cache
def _described() -> Json:
    described: Json = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return described


def departures(method: str, path: str, payload: Any) -> list[str]:
    """How a request departs from Discord's own description, which must be at hand."""
    schema = _schema(method.lower(), path)
    if schema is None:
        return [f"{method} {path} is no route"]
    body = _with_ids_as_text(payload)
    found = [] if body is None else list(_validator(schema).iter_errors(body))
    return [f"{method} {path}: {each.message[:200]}" for each in found]


def _with_ids_as_text(payload: Any) -> Any:
    """Ids as the description has them; discord.py sends numbers, which Discord takes too."""
    if isinstance(payload, list):
        return [_with_ids_as_text(each) for each in payload]
    if not isinstance(payload, dict):
        return payload
    return {
        name: str(value)
        if isinstance(value, int) and (name == "id" or name.endswith("_id"))
        else _with_ids_as_text(value)
        for name, value in payload.items()
    }


@cache
def _schema(method: str, path: str) -> str | None:
    """Where the description has the body of such a request; empty where it has none."""
    for template, methods in sorted(_described()["paths"].items(), key=lambda each: "{" in each[0]):
        pattern = re.sub(r"\{[^}]+\}", "[^/]+", template)
        if method in methods and re.fullmatch(pattern, path):
            body = methods[method].get("requestBody", {}).get("content", {})
            return json.dumps(body.get("application/json", {}).get("schema", {}))
    return None


@cache
def _validator(schema: str) -> Draft202012Validator:
    components = _described()["components"]
    return Draft202012Validator({**json.loads(schema), "components": components})
