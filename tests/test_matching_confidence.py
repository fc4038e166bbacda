import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.confidence import (
    LEAST_SAMPLES,
    PRIOR,
    PRIOR_WEIGHT,
    Calibration,
    Trial,
    calibrate,
)

SCORES = st.floats(0, 1.5)
TRIALS = st.lists(
    st.builds(
        lambda score, right, answerable: Trial(score, right and answerable, answerable),
        SCORES,
        st.booleans(),
        st.booleans(),
    ),
    max_size=40,
)
EVEN = -PRIOR.intercept / PRIOR.slope
"""The score at which the prior is undecided."""


def trials(score: float, right: bool, count: int = 40, *, answerable: bool = True) -> list[Trial]:
    return [Trial(score, right, answerable)] * count


@given(st.floats(-1e9, 1e9), st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))
def test_confidence_is_a_probability(score: float, slope: float, intercept: float) -> None:
    assert 0 < Calibration(slope, intercept).confidence(score) < 1


@given(SCORES, SCORES)
def test_a_higher_score_is_never_less_sure(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert PRIOR.confidence(low) <= PRIOR.confidence(high)


def test_confidence_follows_the_logistic_curve() -> None:
    assert PRIOR.confidence(EVEN) == pytest.approx(0.5)
    assert Calibration(2.0, -1.0).confidence(1.0) == pytest.approx(1 / (1 + np.exp(-1.0)))


def test_no_score_is_no_confidence_and_an_exact_wording_nearly_all() -> None:
    assert PRIOR.confidence(0.0) < 0.05
    assert PRIOR.confidence(1.0) > 0.95


@pytest.mark.parametrize(
    "few",
    [
        [],
        trials(0.5, right=True, count=LEAST_SAMPLES - 1),
        trials(0.5, right=False, count=1000, answerable=False),
    ],
)
def test_with_few_answerable_trials_the_prior_stays(few: list[Trial]) -> None:
    assert calibrate(few) == PRIOR


def test_wordings_found_at_low_scores_raise_confidence() -> None:
    learned = calibrate(trials(EVEN, right=True))
    assert learned.confidence(EVEN) > PRIOR.confidence(EVEN)


@pytest.mark.parametrize("answerable", [True, False])
def test_mistakes_at_high_scores_lower_confidence(answerable: bool) -> None:
    right = trials(2 * EVEN, right=True)
    learned = calibrate([*right, *trials(2 * EVEN, right=False, answerable=answerable)])
    assert learned.confidence(2 * EVEN) < calibrate(right).confidence(2 * EVEN)


def test_unanswerable_trials_weigh_as_much_as_answerable_ones_however_many() -> None:
    right, wrong = trials(0.4, right=True), trials(0.2, right=False, answerable=False)
    few, many = calibrate([*right, *wrong]), calibrate([*right, *wrong * 10])
    assert (few.slope, few.intercept) == pytest.approx((many.slope, many.intercept))


def test_the_order_of_trials_does_not_matter() -> None:
    some = [*trials(0.4, right=True), *trials(0.2, right=False), *trials(0.6, right=True)]
    one, other = calibrate(some), calibrate(some[::-1])
    assert (one.slope, one.intercept) == pytest.approx((other.slope, other.intercept))


@given(TRIALS)
def test_no_curve_fits_the_trials_and_the_prior_better(some: list[Trial]) -> None:
    if sum(trial.answerable for trial in some) < LEAST_SAMPLES:
        assert calibrate(some) == PRIOR
        return
    learned = calibrate(some)
    least = slow_loss(some, learned)
    for slope, intercept in ((0.05, 0), (-0.05, 0), (0, 0.05), (0, -0.05)):
        other = Calibration(learned.slope + slope, learned.intercept + intercept)
        assert least <= slow_loss(some, other) + 1e-9


def slow_loss(some: list[Trial], curve: Calibration) -> float:
    """How badly a curve fits: half the mean surprise of each kind of trial; the prior's pull."""
    surprise: dict[bool, list[float]] = {True: [], False: []}
    for trial in some:
        sure = curve.confidence(trial.score)
        surprise[trial.answerable].append(-float(np.log(sure if trial.right else 1 - sure)))
    loss = sum(0.5 * float(np.mean(of_kind)) for of_kind in surprise.values() if of_kind)
    pulls = (
        (curve.slope - PRIOR.slope) / PRIOR.slope,
        (curve.intercept - PRIOR.intercept) / PRIOR.intercept,
    )
    return loss + PRIOR_WEIGHT / 2 * sum(pull**2 for pull in pulls)
