from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.confidence import LEAST, LEAST_SAMPLES, RISE, Calibration, calibrate

SCORES = st.floats(0, 1.5)
USUAL = Calibration()


@given(st.floats(-1e9, 1e9), st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))
def test_confidence_is_a_probability(score: float, slope: float, even: float) -> None:
    assert 0 < Calibration(slope, even).confidence(score) < 1


@given(SCORES, SCORES)
def test_a_higher_score_is_never_less_sure(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert USUAL.confidence(low) <= USUAL.confidence(high)


def test_confidence_follows_the_logistic_curve() -> None:
    assert USUAL.confidence(USUAL.even) == pytest.approx(0.5)
    assert Calibration(2.0, 0.5).confidence(1.0) == pytest.approx(1 / (1 + exp(-1.0)))


def test_no_score_is_no_confidence_and_an_exact_wording_nearly_all() -> None:
    assert USUAL.confidence(0.0) < 0.05
    assert USUAL.confidence(1.0) > 0.95


@pytest.mark.parametrize("few", [[], [0.9] * (LEAST_SAMPLES - 1)])
def test_with_few_hidden_entries_the_usual_curve_stays(few: list[float]) -> None:
    assert calibrate(few) == USUAL


@given(st.lists(SCORES, min_size=LEAST_SAMPLES))
def test_odds_are_even_where_the_hidden_entries_tell(hidden: list[float]) -> None:
    assert calibrate(hidden).even == pytest.approx(LEAST + RISE * sum(hidden) / len(hidden))


@given(SCORES)
def test_the_more_alike_the_entries_the_less_a_score_says(score: float) -> None:
    different, alike = calibrate([0.1] * 20), calibrate([0.4] * 20)
    assert different.confidence(score) > alike.confidence(score)
