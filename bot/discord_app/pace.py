"""How often one member can make the bot do something."""

import time

_MOST_MEMBERS = 5000  # remembered; the one that was quiet for longest is let go


class Pace:
    """At most `most` times in any `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._times: dict[int, tuple[float, ...]] = {}
        """Of each member, the last that was heard of last."""

    def allows(self, member: int) -> bool:
        """Whether `member` may once more; if so, that is counted."""
        now = time.monotonic()
        recent = [at for at in self._times.pop(member, ()) if now - at < self._seconds]
        allowed = len(recent) < self._most
        if allowed:
            recent.append(now)
        self._times[member] = tuple(recent)
        self._let_go(now)
        return allowed

    def _let_go(self, now: float) -> None:
        """Forget who was quiet for so long that it makes no difference, and who is too many."""
        first = next(iter(self._times))
        while len(self._times) > _MOST_MEMBERS or now - self._times[first][-1] >= self._seconds:
            del self._times[first]
            first = next(iter(self._times))
