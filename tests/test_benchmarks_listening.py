"""The benchmark of what it costs to listen runs, and tells what it measured."""

import asyncio

import pytest

from tests.benchmarks import listening
from tests.benchmarks.listening import Cost


def test_both_clients_hear_the_chatter_and_answer_after_it() -> None:
    cost = asyncio.run(listening.measure(rate=1000, seconds=0.5, settling=0))
    assert cost.shares.keys() == {"bare", "bot"}
    assert all(share > 0 for share in cost.shares.values())


def test_what_listening_costs_is_what_the_bot_takes_more() -> None:
    cost = Cost(1000, {"bare": 0.07, "bot": 0.2})
    assert cost.of_listening == pytest.approx(0.13)
    assert ("listening", "13.0%") in listening.table(cost).rows
