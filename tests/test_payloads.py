"""The judges of the bot's payloads find what Discord would refuse."""

from typing import Any

import pytest

from tests.payloads import DESCRIPTION, departures, faults

MESSAGES = "/channels/1/messages"
QUIET: dict[str, Any] = {"allowed_mentions": {"parse": [], "replied_user": False}}


def row(*items: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(items)}


def button(custom_id: str, label: str = "Yes") -> dict[str, Any]:
    return {"type": 2, "style": 2, "custom_id": custom_id, "label": label}


def select(*values: str) -> dict[str, Any]:
    options = [{"label": value, "value": value} for value in values]
    return {"type": 3, "custom_id": "s", "options": options}


@pytest.mark.parametrize(
    ("payload", "fault"),
    [
        ({"content": "x" * 2001}, "content is longer than 2000"),
        ({"content": "\U0001f600" * 1001}, "content is longer than 2000"),
        ({"content": "x", "allowed_mentions": {"parse": ["everyone"]}}, "may be pinged"),
        ({"content": "x", "allowed_mentions": None}, "may be pinged"),
        ({"embeds": [{"description": "x" * 4097}]}, "description is longer than 4096"),
        ({"components": [row(button("a"), button("a"))]}, "a custom_id is there twice"),
        ({"components": [row(*(button(str(n)) for n in range(6)))]}, "a row: more than 5"),
        ({"components": [row(button("a", ""))]}, "a button without a label"),
        ({"components": [row(button("a", "x" * 81))]}, "label is longer than 80"),
        ({"components": [row(button("x" * 101))]}, "custom_id is longer than 100"),
        ({"components": [row(select())]}, "a select without options"),
        ({"components": [row(select("a", "a"))]}, "a select without options"),
        ({"components": [row(select(*map(str, range(26))))]}, "options: more than 25"),
        ({"components": [row(select("a"), button("b"))]}, "a row: more than 1"),
        ({"components": [row(button(str(n))) for n in range(6)]}, "rows: more than 5"),
    ],
)
def test_what_discord_refuses_in_a_message(payload: dict[str, Any], fault: str) -> None:
    (found,) = faults("POST", MESSAGES, QUIET | payload)
    assert fault in found


def test_what_discord_takes_is_no_fault() -> None:
    components = [row(button("a"), button("b")), row(select("a", "b"))]
    payload = QUIET | {"content": "x" * 2000, "components": components}
    assert faults("POST", MESSAGES, payload) == []
    assert faults("PATCH", "/interactions/1/t/callback", {"type": 4, "data": payload}) == []


def test_what_discord_refuses_in_a_form_and_in_a_command() -> None:
    label = {"type": 18, "label": "L", "component": {"type": 4, "custom_id": "a", "value": "x" * 9}}
    form = {"custom_id": "f", "title": "t" * 46, "components": [label] * 6}
    assert len(faults("POST", "/interactions/1/t/callback", {"type": 9, "data": form})) == 2
    label["component"] = {"type": 4, "custom_id": "a", "value": "x" * 9, "max_length": 8}
    form = {"custom_id": "f", "title": "t", "components": [label]}
    assert faults("POST", "/interactions/1/t/callback", {"type": 9, "data": form})
    command = {"name": "No such", "description": "d" * 101}
    assert len(faults("PUT", "/applications/1/commands", [command])) == 2


@pytest.mark.skipif(
    not DESCRIPTION.exists(),
    reason=f"needs Discord's OpenAPI description, 1 MB that is theirs: put it at {DESCRIPTION}",
)
def test_what_departs_from_discords_description() -> None:
    assert departures("POST", MESSAGES, {"content": "x", "embeds": [{"description": 5}]})
    assert departures("POST", MESSAGES, {"content": 5})
    assert departures("POST", "/no/such/route", {})
    reply = {"message_id": 5, "fail_if_not_exists": False}
    assert departures("POST", MESSAGES, {"content": "x", "message_reference": reply}) == []
