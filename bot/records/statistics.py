"""What was counted in a server over some days, put together for those who look after the FAQ."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.records.rows import Count, What

MOST_NAMED = 5  # entries

_ANSWERED = {What.ANSWERED, What.UNASKED}


@dataclass(frozen=True, slots=True)
class Day:
    """How many questions of a day were answered, got suggestions, or neither."""

    day: date
    answered: int = 0
    suggested: int = 0
    missed: int = 0

    @property
    def questions(self) -> int:
        return self.answered + self.suggested + self.missed


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes on the answers with an entry."""

    entry: str
    helpful: int
    all: int

    @property
    def helpfulness(self) -> float:
        """The share of helpful votes, as far as so few tell (the rule of succession)."""
        return (self.helpful + 1) / (self.all + 2)


@dataclass(frozen=True, slots=True)
class Statistics:
    """`days` has every day of the period. Questions outside the FAQ's subject are not missed.

    `top`: the entries that were the answer most often, with how often. `weakest`: the entries
    that helped least by their votes, the weakest first.
    """

    days: tuple[Day, ...]
    unasked: int
    outside: int
    votes: int
    helpful: int
    top: tuple[tuple[str, int], ...]
    weakest: tuple[Votes, ...]

    @property
    def answered(self) -> int:
        return sum(day.answered for day in self.days)

    @property
    def suggested(self) -> int:
        return sum(day.suggested for day in self.days)

    @property
    def missed(self) -> int:
        return sum(day.missed for day in self.days)

    @property
    def questions(self) -> int:
        return self.answered + self.suggested + self.missed + self.outside


def summarise(
    counted: Iterable[tuple[Count, int]],
    votes: Mapping[str, tuple[int, int]],
    first: date,
    last: date,
) -> Statistics:
    """Put together what the store knows of the days from `first` to `last`.

    `votes`: for each entry the helpful votes, and all.
    """
    daily: Counter[tuple[date, What]] = Counter()
    entries: Counter[str] = Counter()
    for count, number in counted:
        daily[count.day, count.what] += number
        if count.what in _ANSWERED:
            entries[count.entry] += number
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    rated = [Votes(entry, helpful, number) for entry, (helpful, number) in votes.items()]
    weak = [each for each in rated if each.helpful < each.all]
    return Statistics(
        days=tuple(_day(day, daily) for day in span),
        unasked=sum(daily[day, What.UNASKED] for day in span),
        outside=sum(daily[day, What.OUTSIDE] for day in span),
        votes=sum(each.all for each in rated),
        helpful=sum(each.helpful for each in rated),
        top=tuple(entries.most_common(MOST_NAMED)),
        weakest=tuple(sorted(weak, key=lambda each: each.helpfulness)[:MOST_NAMED]),
    )


def _day(day: date, daily: Mapping[tuple[date, What], int]) -> Day:
    return Day(
        day,
        answered=sum(daily[day, what] for what in _ANSWERED),
        suggested=daily[day, What.SUGGESTED],
        missed=daily[day, What.MISSED],
    )
