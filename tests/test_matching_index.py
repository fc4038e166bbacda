import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import index as index_module
from bot.matching.index import POOL, Near
from tests.dense import TEXT, TEXTS, dense, dense_matrix, make_index, make_space, said


@given(TEXTS, TEXT)
def test_similarities_are_dot_products(texts: list[str], query: str) -> None:
    space = make_space(texts)
    vector = space.vector(said(query))
    near = make_index(space, texts).nearest(vector)
    found = np.zeros(len(texts))
    found[near.rows] = near.similarities
    assert found == pytest.approx(dense_matrix(space, texts) @ dense(space, vector), abs=1e-5)


@given(TEXTS, TEXT)
def test_the_most_alike_come_first_and_ties_in_their_order(texts: list[str], query: str) -> None:
    space = make_space(texts)
    near = make_index(space, texts).nearest(space.vector(said(query)))
    keys = list(zip((-near.similarities).tolist(), near.rows.tolist(), strict=True))
    assert keys == sorted(keys)


@given(TEXTS, TEXT)
def test_similarities_lie_between_0_and_1(texts: list[str], query: str) -> None:
    space = make_space(texts)
    near = make_index(space, texts).nearest(space.vector(said(query)))
    assert (near.similarities > 0).all()
    assert (near.similarities <= 1 + 1e-5).all()


@given(TEXTS.map(lambda texts: [text for text in texts if text]))
def test_a_text_is_like_itself_entirely_and_like_no_other_more(texts: list[str]) -> None:
    space = make_space(texts)
    index = make_index(space, texts)
    for row, text in enumerate(texts):
        near = index.nearest(space.vector(said(text)))
        assert near.similarities[0] == pytest.approx(1.0, abs=1e-5)
        assert near.similarities[near.rows == row] == pytest.approx([1.0], abs=1e-5)


@given(TEXTS, st.data())
def test_a_gram_matrix_has_the_dot_products_of_its_rows(
    texts: list[str], data: st.DataObject
) -> None:
    numbers = st.integers(0, len(texts) - 1)
    rows = np.array(data.draw(st.lists(numbers, min_size=1, max_size=8, unique=True)))
    space = make_space([*texts, "a"])
    matrix = dense_matrix(space, texts)[rows]
    assert make_index(space, texts).gram(rows) == pytest.approx(matrix @ matrix.T, abs=1e-5)


@pytest.mark.parametrize("nothing", ["", "qqq", "qqq xxx"])
def test_texts_with_nothing_in_common_are_not_near(nothing: str) -> None:
    space = make_space(["gan data", "llm"])
    near = make_index(space, ["gan data", "llm"]).nearest(space.vector(said(nothing)))
    assert len(near.rows) == len(near.similarities) == 0


def test_texts_that_the_space_was_not_made_of_can_be_searched_too() -> None:
    space = make_space(["what is a gan", "what is data"])
    near = make_index(space, ["unheard of", "is data new", ""]).nearest(space.vector(said("data")))
    assert near.rows.tolist() == [1]
    assert near.similarities[0] > 0


def test_an_index_of_nothing_finds_nothing() -> None:
    space = make_space(["a gan"])
    near = make_index(space, []).nearest(space.vector(said("gan")))
    assert len(near.rows) == 0


def test_some_of_what_is_near_can_be_chosen() -> None:
    near = Near(np.array([4, 2, 7]), np.array([0.9, 0.5, 0.1]))
    chosen = near.only(near.rows != 2)
    assert (chosen.rows.tolist(), chosen.similarities.tolist()) == ([4, 7], [0.9, 0.1])


class TestAmongMany:
    """More texts than are compared exactly, most of them alike in common words only."""

    TEXTS = (
        *(f"what is the use of {number:05d}" for number in range(POOL)),
        *(f"what is a gan {'used ' * (number % 3)}for" for number in range(30)),
        *(f"how is the use of {number:05d}" for number in range(POOL, 2 * POOL)),
    )

    def test_the_nearest_are_those_that_a_comparison_with_all_finds(self) -> None:
        texts = list(self.TEXTS)
        space = make_space(texts)
        vector = space.vector(said("what is a gan used for"))
        near = make_index(space, texts).nearest(vector)
        everything = dense_matrix(space, texts) @ dense(space, vector)
        assert len(near.rows) <= POOL
        assert near.similarities[:POOL] == pytest.approx(np.sort(everything)[::-1][:POOL], abs=1e-5)

    def test_rare_features_find_them_where_the_budget_is_short(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(index_module, "BUDGET", 100)
        texts = [*self.TEXTS, "brand new gizmo"]
        space = make_space(texts)
        vector = space.vector(said("what is the use of gizmo"))
        near = make_index(space, texts).nearest(vector)
        everything = dense_matrix(space, texts) @ dense(space, vector)
        assert texts.index("brand new gizmo") in near.rows
        assert near.similarities == pytest.approx(everything[near.rows], abs=1e-5)
