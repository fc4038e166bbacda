"""How often one member may, on a clock of the tests' own."""

import pytest

from bot.discord_app import pace as module
from bot.discord_app.pace import Pace


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def test_a_member_may_so_often_in_so_many_seconds(clock: Clock) -> None:
    pace = Pace(2, 60.0)
    assert [pace.allows(1) for _ in range(3)] == [True, True, False]
    assert pace.allows(2)
    clock.now += 59.9
    assert not pace.allows(1)
    clock.now += 0.1
    assert [pace.allows(1) for _ in range(3)] == [True, True, False]


def test_asking_in_vain_does_not_make_it_longer(clock: Clock) -> None:
    pace = Pace(1, 60.0)
    assert pace.allows(1)
    for _ in range(5):
        clock.now += 10
        assert not pace.allows(1)
    clock.now += 10
    assert pace.allows(1)


def test_who_was_quiet_for_long_is_forgotten(clock: Clock) -> None:
    pace = Pace(2, 60.0)
    for member in range(100):
        pace.allows(member)
        clock.now += 1
    assert len(pace._times) == 60
    assert 40 in pace._times


def test_of_many_at_once_the_quietest_are_forgotten(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_MEMBERS", 3)
    pace = Pace(1, 60.0)
    for member in (1, 2, 3, 1, 4):
        pace.allows(member)
    assert set(pace._times) == {3, 1, 4}
