"""A small Discord on a loopback socket, for what SimCord has not: what happens on the wire.

The gateway is in gateway.py, the REST API in rest.py, what can go wrong there in faults.py.
"""

from tests.wire.fake import FakeDiscord, fake_discord, point_discord_py_at
from tests.wire.faults import Fault
from tests.wire.ids import APPLICATION, CHANNEL, FORUM, GUILD, MEMBER, MESSAGE_CONTENT

__all__ = [
    "APPLICATION",
    "CHANNEL",
    "FORUM",
    "GUILD",
    "MEMBER",
    "MESSAGE_CONTENT",
    "FakeDiscord",
    "Fault",
    "fake_discord",
    "point_discord_py_at",
]
