"""What can go wrong with a request to Discord's REST API."""

import json
from enum import Enum

from aiohttp import web


class Fault(Enum):
    """The status it is answered with, if any."""

    INTERNAL = 500
    BAD_GATEWAY = 502
    DOWN = 503
    LIMITED = 429  # for the route
    LIMITED_EVERYWHERE = 4290
    BANNED = 4291  # by the network before Discord: without Via
    FORBIDDEN = 403
    GONE = 404
    SLOW = 1
    CUT = 2  # nothing was done, and the connection is closed
    LOST = 3  # it was done, and the connection is closed
    GARBLED = 4  # it was done, and the answer is no JSON
    TRUNCATED = 5  # it was done, and the answer breaks off


DONE = {Fault.SLOW, Fault.LOST, Fault.GARBLED, Fault.TRUNCATED}
"""With these Discord does what it was asked to."""
FINAL = {Fault.FORBIDDEN, Fault.GONE, Fault.BANNED}
"""After these Discord is not asked again for the same."""
SHORT = 0.05  # seconds for which a limit holds
_CODES = {Fault.FORBIDDEN: 50013, Fault.GONE: 10008}


def refusal(fault: Fault) -> web.Response:
    """How a request is answered that is not done."""
    match fault:
        case Fault.LIMITED | Fault.LIMITED_EVERYWHERE:
            everywhere = fault is Fault.LIMITED_EVERYWHERE
            body = {"message": "Limited", "retry_after": SHORT, "global": everywhere}
            return as_json(body, status=429, headers={"Via": "1.1 google"})
        case Fault.BANNED:
            return web.Response(text="banned", status=429)
        case _:
            body = {"message": fault.name, "code": _CODES.get(fault, 0)}
            return as_json(body, status=fault.value)


def as_json(data: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # The exact type: discord.py takes "application/json; charset=utf-8" for plain text.
    headers = {"Content-Type": "application/json"} | (headers or {})
    return web.Response(body=json.dumps(data).encode(), status=status, headers=headers)
