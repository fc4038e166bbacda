"""The servers' settings, at hand without waiting."""

from collections.abc import Awaitable, Callable, Container, Iterable

from bot.records.listening import Mode, ServerSettings


class Servers:
    """`always` are channels that the host has the bot listen to, unless their server says more.

    `keep` writes settings to where they outlive the process, and may raise RecordsError.
    """

    def __init__(
        self,
        always: Container[int] = frozenset(),
        keep: Callable[[ServerSettings], Awaitable[None]] | None = None,
    ) -> None:
        self.always = always
        self._keep = keep
        self._settings: dict[int, ServerSettings] = {}

    def of(self, guild: int) -> ServerSettings:
        return self._settings.get(guild) or ServerSettings(guild)

    def mode_at(self, guild: int, places: Iterable[int]) -> Mode:
        """What to do in a channel, by its own id and those of what it is in, the nearest first."""
        places = tuple(places)
        settings = self._settings.get(guild)
        mode = settings.mode_at(places) if settings else Mode.OFF
        if mode is Mode.OFF and any(place in self.always for place in places):
            return Mode.ON
        return mode

    def listens(self) -> bool:
        """Whether some channel of some server is not off, beside those of the host."""
        return any(settings.modes for settings in self._settings.values())

    def have_roles(self) -> bool:
        """Whether some server has a role that may change the FAQ."""
        return any(settings.role for settings in self._settings.values())

    async def save(self, settings: ServerSettings) -> None:
        """Use `settings` from now on, after a restart too. Raises RecordsError."""
        if self._keep:
            await self._keep(settings)
        self._settings[settings.guild] = settings

    def know(self, settings: Iterable[ServerSettings]) -> None:
        """Use these settings, which are kept already, in the place of all others."""
        self._settings = {each.guild: each for each in settings}

    def forget(self, guild: int) -> None:
        self._settings.pop(guild, None)
