import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.voting import NEIGHBOURS, RIDGE, Votes, kappa, vote
from tests.dense import TEXT, TEXTS, Dense, dense, dense_matrix, make_index, make_space, said


def votes_on(texts: list[str], query: str) -> Votes:
    space = make_space(texts)
    index = make_index(space, texts)
    return vote(index, index.nearest(space.vector(said(query))))


@given(TEXTS, TEXT)
def test_votes_are_those_of_kernel_ridge_regression(texts: list[str], query: str) -> None:
    votes = votes_on(texts, query)
    space = make_space(texts)
    matrix, asked = dense_matrix(space, texts), dense(space, space.vector(said(query)))
    assert set(votes.rows.tolist()) == set(np.flatnonzero(matrix @ asked > 0).tolist())
    chosen = matrix[votes.rows]
    gram = slow_kappa(chosen @ chosen.T) + RIDGE * np.eye(len(chosen))
    expected = np.linalg.inv(gram) @ slow_kappa(chosen @ asked)
    assert votes.votes == pytest.approx(expected, abs=1e-4)
    assert votes.similarities == pytest.approx(chosen @ asked, abs=1e-5)


def slow_kappa(z: Dense) -> Dense:
    return np.asarray(np.exp(z) - 1)


@given(st.lists(st.floats(0, 1), min_size=2))
def test_the_kernel_keeps_0_and_the_order_and_counts_the_little_alike_less(
    some: list[float],
) -> None:
    z = np.sort(np.array(some, np.float32))
    assert kappa(np.zeros(1, np.float32)) == 0
    assert (np.diff(kappa(z)) >= 0).all()
    assert (kappa(z) <= z * kappa(np.ones(1, np.float32)) + 1e-6).all()


def test_at_most_the_nearest_neighbours_vote() -> None:
    texts = [f"gan {'data ' * (at % 7)}" for at in range(3 * NEIGHBOURS)]
    votes = votes_on(texts, "gan")
    assert len(set(votes.rows.tolist())) == len(votes.votes) == NEIGHBOURS
    space = make_space(texts)
    everything = dense_matrix(space, texts) @ dense(space, space.vector(said("gan")))
    assert votes.similarities == pytest.approx(np.sort(everything)[::-1][:NEIGHBOURS], abs=1e-5)


def test_nothing_alike_is_no_vote() -> None:
    votes = votes_on(["gan data", "llm"], "qqq")
    assert len(votes.rows) == len(votes.similarities) == len(votes.votes) == 0


def test_the_same_wording_twice_shares_its_vote() -> None:
    """What one wording explains, its double does not explain again."""
    space = make_space(["gan data", "gan data", "llm"])
    once = make_index(space, ["gan data", "llm"])
    twice = make_index(space, ["gan data", "gan data", "llm"])
    query = space.vector(said("gan data"))
    alone = vote(once, once.nearest(query)).votes
    shared = vote(twice, twice.nearest(query)).votes
    assert shared[0] == pytest.approx(shared[1])
    assert shared[0] < alone[0]
    assert shared.sum() < 2 * alone[0]


def test_a_wording_votes_less_when_a_nearer_one_explains_it() -> None:
    alone = votes_on(["gan data work", "llm"], "gan data").votes[0]
    with_nearer = votes_on(["gan data work", "gan data", "llm"], "gan data")
    assert with_nearer.rows.tolist()[:2] == [1, 0]
    assert 0 < with_nearer.votes[1] < with_nearer.votes[0]
    assert with_nearer.votes[1] < alone
