from collections import Counter
from itertools import pairwise
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.features import runs
from bot.matching.lexicon import Term
from bot.matching.text import stem
from bot.matching.vectors import (
    CHUNK,
    LETTERS_SHARE,
    PAIR_WEIGHT,
    UNSEEN_WEIGHT,
    WORD_IDF_POWER,
    Cells,
    Vector,
)
from tests.dense import fit, make_space, said

Terms = list[Term]
Weighted = list[tuple[str, float]]


def by_feature(vector: Vector) -> dict[int, float]:
    return dict(zip(vector.ids.tolist(), vector.values.tolist(), strict=True))


def dot(one: Vector, other: Vector) -> float:
    values = by_feature(one)
    return sum(values.get(at, 0.0) * value for at, value in by_feature(other).items())


def length(vector: Vector) -> float:
    return sqrt(dot(vector, vector))


TEXTS = ["what is a gan", "how does a gan work", "what is attention", "attention explained"]
SPACE = make_space(TEXTS, [0, 0, 1, 1])


def test_a_known_texts_vector_has_length_1() -> None:
    assert [length(SPACE.vector(said(text))) for text in TEXTS] == pytest.approx([1.0] * 4)


def test_every_feature_has_a_number_of_its_own() -> None:
    ids = {at for text in TEXTS for at in SPACE.vector(said(text)).ids.tolist()}
    assert len(ids) == SPACE.size - len(("an unknown stem", "run", "pair"))


def test_a_space_is_made_together_with_the_vectors_of_its_texts() -> None:
    space, cells = fit([said(text) for text in TEXTS], [0, 0, 1, 1])
    for row, text in enumerate(TEXTS):
        mine = cells.rows == row
        vector = Vector(cells.ids[mine], cells.values[mine])
        assert by_feature(vector) == pytest.approx(by_feature(space.vector(said(text))))


def test_many_texts_have_the_vectors_that_each_has_alone() -> None:
    many = [f"gan {number % 10} data {number}" for number in range(2 * CHUNK + 3)]
    space, cells = fit([said(text) for text in many])
    assert (np.diff(cells.rows) >= 0).all()
    for row in (0, CHUNK - 1, CHUNK, 2 * CHUNK, 2 * CHUNK + 2):
        mine = cells.rows == row
        vector = Vector(cells.ids[mine], cells.values[mine])
        assert by_feature(vector) == pytest.approx(by_feature(space.vector(said(many[row]))))


def test_an_entry_that_goes_on_in_the_next_chunk_is_counted_once() -> None:
    many = ["gan"] * (CHUNK + 1) + ["data"]
    one_entry = make_space(many, [0] * (CHUNK + 1) + [1])
    several = make_space(many, [0] * CHUNK + [1, 2])
    query = said("gan data")
    rare, common = (dot(s.vector(query), s.vector(said("gan"))) for s in (one_entry, several))
    assert rare > common


def test_matrices_can_be_stacked() -> None:
    texts = (["a gan", ""], ["attention"])
    upper, lower = (fit([said(text) for text in some])[1] for some in texts)
    both = Cells.stacked([upper, lower])
    assert both.size == 3
    assert both.rows.tolist() == [*upper.rows.tolist(), *([2] * len(lower.ids))]
    assert both.ids.tolist() == [*upper.ids.tolist(), *lower.ids.tolist()]
    assert both.values.tolist() == [*upper.values.tolist(), *lower.values.tolist()]


def test_letters_have_their_share_and_words_the_rest() -> None:
    space = make_space(["ab", "bc"])
    assert length(space.vector(said("ab"))) == pytest.approx(1.0)
    all_letters_no_word = space.vector([Term("ab", "ab", 0.0)])
    assert length(all_letters_no_word) == pytest.approx(sqrt(LETTERS_SHARE))


def test_what_the_faq_has_never_seen_shrinks_every_similarity() -> None:
    about_gans = SPACE.vector(said(TEXTS[0]))
    queries = ("what is a gan", "what is a gan zzz", "what is a gan zzz qqq xxx")
    alone, with_a_stranger, with_more = (dot(about_gans, SPACE.vector(said(q))) for q in queries)
    assert alone > with_a_stranger > with_more > 0


def test_a_corrected_word_is_less_like_than_the_word_itself_and_more_than_a_stranger() -> None:
    about_gans = SPACE.vector(said("gan"))
    right, slip, stranger = (
        dot(about_gans, SPACE.vector([term]))
        for term in (Term("gan", "gan"), Term("gna", "gan", 0.7), Term("zz", "zz", 0.0))
    )
    assert right > slip > stranger == 0


def test_a_text_without_terms_has_no_features() -> None:
    assert by_feature(SPACE.vector([])) == {}


def test_a_space_of_nothing_knows_nothing() -> None:
    empty = make_space([])
    assert by_feature(empty.vector(said("what is a gan"))) == {}


def test_the_order_of_words_matters() -> None:
    space = make_space(["dog bites man", "man bites dog", "cats"])
    right, wrong = space.vector(said("dog bites man")), space.vector(said("man bites dog"))
    assert dot(right, right) > dot(right, wrong) > 0


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    space = make_space(["what aaa", "what bbb", "what ccc"])
    query = space.vector(said("what aaa"))
    assert dot(query, space.vector(said("aaa"))) > dot(query, space.vector(said("what")))


def test_a_word_of_one_entry_is_rarer_than_a_word_of_many() -> None:
    """Both words stand in as many wordings; only the owners differ."""
    space = make_space(["mine and", "mine and", "many and", "many and"], [0, 0, 1, 2])
    query = space.vector(said("mine many"))
    assert dot(query, space.vector(said("mine"))) > dot(query, space.vector(said("many")))


WORDS = st.sampled_from(["gan", "gans", "work", "train", "training", "data", "a", "zzz"])
PLAIN = st.lists(WORDS, min_size=1, max_size=5).map(lambda some: said(" ".join(some)))
READ = st.tuples(PLAIN, st.sampled_from([0.0, 0.7, 0.9])).map(
    # Words that share no letters, so that a letter has one weight throughout.
    lambda read: [*read[0], Term("vxu", "xuv", read[1]), Term("kj", "kj", 0.0)]
)


@given(st.lists(st.tuples(PLAIN, st.integers(0, 2)), min_size=1, max_size=6), PLAIN | READ)
def test_values_follow_the_formula(owned: list[tuple[Terms, int]], terms: Terms) -> None:
    texts = [*(text for text, _ in owned), said("xuv")]
    owners = [*(owner for _, owner in owned), 3]
    vector = fit(texts, owners)[0].vector(terms)
    expected = slow_words(texts, owners, terms) + slow_letters(texts, owners, terms)
    assert sorted(vector.values.tolist()) == pytest.approx(sorted(expected), rel=1e-4)
    assert length(vector) <= 1 + 1e-5


def slow_words(texts: list[Terms], owners: list[int], terms: Terms) -> list[float]:
    def features(text: Terms) -> Weighted:
        stems = [(stem(term.word), term.weight) for term in text]
        return stems + [(f"{one} {two}", v * w) for (one, v), (two, w) in pairwise(stems)]

    rows, share = [features(text) for text in texts], 1 - LETTERS_SHARE
    return slow_values(rows, owners, features(terms), WORD_IDF_POWER, share)


def slow_letters(texts: list[Terms], owners: list[int], terms: Terms) -> list[float]:
    def features(text: Terms) -> Weighted:
        return [(run, term.weight or 1.0) for term in text for run in runs(term.word)]

    rows = [features(text) for text in texts]
    return slow_values(rows, owners, features(terms), 1.0, LETTERS_SHARE)


def slow_values(
    texts: list[Weighted], owners: list[int], features: Weighted, power: float, share: float
) -> list[float]:
    """tf·idf as the module describes it, one feature after another."""
    weights, counts = dict(features), Counter(feature for feature, _ in features)
    values: list[float] = []
    mass = 0.0
    strangers: Counter[float] = Counter()
    for feature, count in counts.items():
        heavy = PAIR_WEIGHT if " " in feature.strip() else 1.0
        unseen = UNSEEN_WEIGHT * heavy * (log(1 + len(texts)) + 1) ** power
        holders = [o for text, o in zip(texts, owners, strict=True) if feature in dict(text)]
        if not holders:
            strangers[unseen] += count
            continue
        df = sqrt(len(holders) * len(set(holders)))
        idf = heavy * (log((1 + len(texts)) / (1 + df)) + 1) ** power
        tf, weight = 1 + log(count), weights[feature]
        values.append(weight * tf * idf)
        mass += values[-1] ** 2 + (1 - weight**2) * (tf * unseen) ** 2
    mass += sum(((1 + log(count)) * unseen) ** 2 for unseen, count in strangers.items())
    return [value * sqrt(share / mass) for value in values]
