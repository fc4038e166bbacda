"""How each server wants to be listened to: frozen values, which the database keeps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Self


class Mode(StrEnum):
    """What the bot does with plain messages in a channel."""

    OFF = "off"
    SHADOW = "shadow"
    """It decides and counts, and says nothing."""
    ON = "on"


class Care(StrEnum):
    """How few false answers a server puts up with."""

    STRICT = "strict"
    BALANCED = "balanced"
    EAGER = "eager"

    def budget(self, false_answers: float) -> float:
        """The server's false answers in 10,000 messages, where the host allows `false_answers`."""
        return false_answers * _SHARES[self]


_SHARES = {Care.STRICT: 0.2, Care.BALANCED: 1.0, Care.EAGER: 4.0}


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """`modes` has the channels, forums and categories that are not off.

    `delay`: for how many seconds people may answer before the bot does. `role`: whose members may
    edit the FAQ besides the moderators; `audit`: the channel in which edits are told. 0 for none.
    """

    guild: int
    modes: Mapping[int, Mode] = field(default_factory=lambda: MappingProxyType({}))
    care: Care = Care.BALANCED
    delay: int = 0
    role: int = 0
    audit: int = 0

    def mode_at(self, places: Iterable[int]) -> Mode:
        """The mode of a channel by its own id and those of what it is in, the nearest first."""
        return next((self.modes[at] for at in places if at in self.modes), Mode.OFF)

    def with_mode(self, mode: Mode, channels: set[int]) -> Self:
        """These settings with exactly `channels` in `mode`; what else was in it is off."""
        others = {at: each for at, each in self.modes.items() if each is not mode}
        changed = {at: each for at, each in others.items() if at not in channels}
        return replace(self, modes=MappingProxyType(changed | dict.fromkeys(channels, mode)))
