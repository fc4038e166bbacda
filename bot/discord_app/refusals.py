"""Channels in which Discord does not let the bot reply: left alone for a while, and told of."""

import logging
import time
from collections.abc import Mapping

_log = logging.getLogger(__name__)

REST = 600.0
"""Seconds for which a channel that refused a message gets no other: 10,000 refusals in ten minutes
are a ban."""

_MOST = 1000  # channels remembered


class Refusals:
    def __init__(self) -> None:
        self._since: dict[int, float] = {}
        self._reasons: dict[int, dict[int, str]] = {}

    def rests(self, channel: int) -> bool:
        """Whether the channel is to be left alone."""
        since = self._since.get(channel)
        if since is None:
            return False
        if time.monotonic() - since < REST:
            return True
        del self._since[channel]
        return False

    def note(self, guild: int, channel: int, reason: str) -> None:
        """Discord refused a message there: leave the channel alone for a while."""
        _log.warning("I could not reply in channel %d: %s", channel, reason)
        if len(self._since) >= _MOST:
            del self._since[next(iter(self._since))]
        self._since[channel] = time.monotonic()
        self.foresee(guild, channel, reason)

    def foresee(self, guild: int, channel: int, reason: str) -> None:
        """Discord would refuse a message there, which therefore was not sent."""
        told = self._reasons.setdefault(guild, {})
        if channel in told or len(told) < _MOST:
            told[channel] = reason

    def tell(self, guild: int) -> Mapping[int, str]:
        """For each channel of a server what went wrong there since it was told last."""
        return self._reasons.pop(guild, {})
