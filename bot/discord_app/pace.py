"""How often one member can make the bot do something."""

import time
from collections import deque

_MOST_MEMBERS = 5000  # remembered; the one that was quiet for longest is let go


class Pace:
    """At most `most` times in any `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._times: dict[int, deque[float]] = {}

    def allows(self, member: int) -> bool:
        """Whether `member` may once more; if so, that is counted."""
        now = time.monotonic()
        times = self._times.pop(member, deque())
        self._times[member] = times  # the last that was heard of stands last
        if len(self._times) > _MOST_MEMBERS:
            del self._times[next(iter(self._times))]
        while times and now - times[0] >= self._seconds:
            times.popleft()
        if len(times) >= self._most:
            return False
        times.append(now)
        return True
