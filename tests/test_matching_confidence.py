from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.confidence import LEAST, LEAST_SAMPLES, RISE, Calibration, calibrate

SCORES = st.floats(0, 1.5)
USUAL = Calibration()


def confidence(score: float, calibration: Calibration = USUAL) -> float:
    """That of a single candidate."""
    return calibration.confidences([score])[0]


@given(st.lists(st.floats(-1e9, 1e9), min_size=1), st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))
def test_confidences_are_probabilities_of_which_one_can_be(
    scores: list[float], slope: float, even: float
) -> None:
    sure = Calibration(slope, even).confidences(scores)
    assert min(sure) >= 0
    assert sum(sure) < 1


@given(st.lists(SCORES))
def test_a_higher_score_is_never_less_sure(scores: list[float]) -> None:
    sure = USUAL.confidences(sorted(scores))
    assert sure == sorted(sure)


def test_a_single_candidates_confidence_follows_the_logistic_curve() -> None:
    assert confidence(USUAL.even) == pytest.approx(0.5)
    assert confidence(1.0, Calibration(2.0, 0.5)) == pytest.approx(1 / (1 + exp(-1.0)))


def test_candidates_that_are_as_good_share_the_confidence() -> None:
    alone, (one, other) = confidence(0.9), USUAL.confidences([0.9, 0.9])
    assert one == other == pytest.approx(alone / 2, rel=0.01)


def test_no_score_is_no_confidence_and_an_exact_wording_nearly_all() -> None:
    assert confidence(0.0) < 0.05
    assert confidence(1.0) > 0.95


@pytest.mark.parametrize("few", [[], [0.9] * (LEAST_SAMPLES - 1)])
def test_with_few_hidden_entries_the_usual_curve_stays(few: list[float]) -> None:
    assert calibrate(few) == USUAL


@given(st.lists(SCORES, min_size=LEAST_SAMPLES))
def test_odds_are_even_where_the_hidden_entries_tell(hidden: list[float]) -> None:
    assert calibrate(hidden).even == pytest.approx(LEAST + RISE * sum(hidden) / len(hidden))


@given(SCORES)
def test_the_more_alike_the_entries_the_less_a_score_says(score: float) -> None:
    different, alike = calibrate([0.1] * 20), calibrate([0.4] * 20)
    assert confidence(score, different) > confidence(score, alike)
