"""What lies on the desk: the drafts that moderators work on, and who may change the FAQ at all."""

import asyncio
import secrets
from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from bot.curating.changes import Change
from bot.curating.examining import Proposal
from bot.records.edits import Deed

MOST_DRAFTS = 200
MOST_PROPOSALS = 2  # each holds a whole FAQ made searchable


@dataclass(frozen=True, slots=True)
class Draft:
    """A change that a moderator, the `owner`, has not saved yet.

    `entry` is the id of the entry that it is about, if it is about one. `missed` are the ids of the
    misses that it settles, and `asked` the questions to ask again once it is saved.
    """

    owner: int
    deed: Deed
    change: Change
    entry: str = ""
    missed: tuple[int, ...] = ()
    asked: tuple[str, ...] = ()


class Drafts:
    """Drafts by their tokens. Only the newest are kept, and are gone with a restart."""

    def __init__(self) -> None:
        self._drafts: OrderedDict[str, Draft] = OrderedDict()
        self._proposals: OrderedDict[str, Proposal] = OrderedDict()

    def add(self, draft: Draft) -> str:
        """Lay a draft down; its token."""
        token = secrets.token_urlsafe(9)
        self.replace(token, draft)
        return token

    def replace(self, token: str, draft: Draft) -> None:
        """Another draft in the place of the one with the token."""
        self._drafts[token] = draft
        self._drafts.move_to_end(token)
        self._proposals.pop(token, None)
        while len(self._drafts) > MOST_DRAFTS:
            self.drop(next(iter(self._drafts)))

    def of(self, token: str, member: int) -> Draft | None:
        """The member's own draft with the token, if it is still there."""
        draft = self._drafts.get(token)
        return draft if draft and draft.owner == member else None

    def propose(self, token: str, proposal: Proposal) -> None:
        """Keep what the draft would come to."""
        self._proposals[token] = proposal
        self._proposals.move_to_end(token)
        while len(self._proposals) > MOST_PROPOSALS:
            self._proposals.popitem(last=False)

    def proposal(self, token: str) -> Proposal | None:
        return self._proposals.get(token)

    def drop(self, token: str) -> None:
        self._drafts.pop(token, None)
        self._proposals.pop(token, None)


@dataclass(frozen=True)
class Desk:
    """`folder` has the FAQ's files. `guilds` are the servers that may change them.

    Where none is named, the only server that the bot is in may. `commits`: whether each edit
    becomes a commit; `strict`: whether an edit by hand that sends questions astray is held back.
    `saving` is held by whoever writes the files. `reloads` counts what became of changes by hand:
    served, broken, held back, or no change.
    """

    folder: Path
    guilds: frozenset[int] = frozenset()
    commits: bool = False
    strict: bool = False
    drafts: Drafts = field(default_factory=Drafts)
    saving: asyncio.Lock = field(default_factory=asyncio.Lock)
    reloads: Counter[str] = field(default_factory=Counter)

    def may_change(self, guild: int, present: int) -> bool:
        """Whether moderators of the server may change the FAQ; the bot is `present` in so many."""
        return guild in self.guilds if self.guilds else present == 1
