"""What was counted, put together."""

from datetime import date

from bot.records.rows import Count, What
from bot.records.statistics import Day, Votes, summarise

FIRST, LAST = date(2026, 2, 27), date(2026, 3, 1)


def count(day: date, what: What, entry: str = "") -> Count:
    return Count(day, guild=1, channel=2, what=what, entry=entry)


def test_every_day_of_the_period_is_there() -> None:
    counted = [
        (count(FIRST, What.ANSWERED, "a"), 3),
        (count(FIRST, What.UNASKED, "b"), 2),
        (count(FIRST, What.SHADOW, "b"), 9),
        (count(LAST, What.SUGGESTED), 1),
        (count(LAST, What.MISSED), 4),
        (count(LAST, What.OUTSIDE), 5),
    ]
    found = summarise(counted, {}, FIRST, LAST)
    assert found.days == (
        Day(FIRST, answered=5),
        Day(date(2026, 2, 28)),
        Day(LAST, suggested=1, missed=4),
    )
    assert (found.answered, found.suggested, found.missed) == (5, 1, 4)
    assert (found.unasked, found.outside, found.questions) == (2, 5, 15)
    assert found.top == (("a", 3), ("b", 2))


def test_the_weakest_helped_least_as_far_as_their_votes_tell() -> None:
    votes = {"often": (90, 100), "mostly not": (1, 4), "once not": (0, 1), "good": (7, 7)}
    found = summarise([], votes, FIRST, LAST)
    assert [each.entry for each in found.weakest] == ["mostly not", "once not", "often"]
    assert (found.helpful, found.votes) == (98, 112)
    assert Votes("a", 1, 2).helpfulness == 0.5
