from collections import Counter
from itertools import pairwise
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.features import (
    GRAMS,
    LETTERS_SHARE,
    WORD_IDF_POWER,
    Space,
    Vector,
    grams,
    letter_features,
    word_features,
)
from bot.matching.lexicon import Term
from bot.matching.text import stem


def said(text: str, weight: float = 1.0) -> list[Term]:
    """`text` as terms of one weight."""
    return [Term(word, word, weight) for word in text.split()]


def dot(one: Vector, other: Vector) -> float:
    values = dict(zip(one.ids.tolist(), one.values.tolist(), strict=True))
    return sum(
        values.get(at, 0.0) * value
        for at, value in zip(other.ids.tolist(), other.values.tolist(), strict=True)
    )


def length(vector: Vector) -> float:
    return sqrt(dot(vector, vector))


TEXTS = ["what is a gan", "how does a gan work", "what is attention", "attention explained"]
SPACE = Space([said(text) for text in TEXTS], [0, 0, 1, 1])


def test_word_features_are_stems_and_adjacent_pairs() -> None:
    found, weights = word_features(said("models train models"))
    assert found == {"model": 2, "train": 1, "model train": 1, "train model": 1}
    assert weights == {}


def test_a_corrected_word_and_its_pairs_count_for_less() -> None:
    _, weights = word_features([Term("a", "a"), Term("gna", "gan", 0.8), Term("b", "b", 0.5)])
    assert weights["gan"] == pytest.approx(0.8)
    assert weights["a gan"] == pytest.approx(0.8)
    assert weights["gan b"] == pytest.approx(0.4)
    assert weights.get("a", 1.0) == 1.0


def test_letter_features_are_runs_between_spaces() -> None:
    assert grams("gan") == (" g", "ga", "an", "n ", " ga", "gan", "an ", " gan", "gan ")
    assert letter_features(said("a a"))[0] == {" a": 2, "a ": 2, " a ": 2}
    assert {len(run) for run in grams("attention")} == set(GRAMS)


def test_an_unknown_words_letters_count_in_full_and_a_corrected_ones_do_not() -> None:
    assert letter_features([Term("xy", "xy", 0.0)])[1] == {}
    assert set(letter_features([Term("gna", "gan", 0.8)])[1].values()) == {0.8}


def test_a_known_texts_vector_has_length_1() -> None:
    assert [length(SPACE.vector(said(text))) for text in TEXTS] == pytest.approx([1.0] * 4)


def test_every_feature_has_a_number_of_its_own() -> None:
    ids = {at for text in TEXTS for at in SPACE.vector(said(text)).ids.tolist()}
    assert ids == set(range(SPACE.size))


def test_words_and_letters_have_their_shares() -> None:
    """Letters alone: the words are unknown, but not one of their runs of letters."""
    one_word = Space([said("ab"), said("bc"), said("abc")], [0, 1, 2])
    assert length(one_word.vector(said("ab"))) == pytest.approx(1.0)
    vector = one_word.vector([Term("ab", "ab", 0.0)])
    assert length(vector) == pytest.approx(sqrt(LETTERS_SHARE))


def test_what_the_faq_has_never_seen_shrinks_every_similarity() -> None:
    about_gans = SPACE.vector(said(TEXTS[0]))
    alone = dot(about_gans, SPACE.vector(said("what is a gan")))
    with_strangers = dot(about_gans, SPACE.vector(said("what is a gan zzz")))
    with_more = dot(about_gans, SPACE.vector(said("what is a gan zzz qqq xxx")))
    assert alone > with_strangers > with_more > 0


def test_a_corrected_word_is_less_like_than_the_word_itself_and_more_than_a_stranger() -> None:
    about_gans = SPACE.vector(said("gan"))
    right, slip, stranger = (
        dot(about_gans, SPACE.vector([term]))
        for term in (Term("gan", "gan"), Term("gna", "gan", 0.7), Term("zz", "zz", 0.0))
    )
    assert right > slip > stranger == 0


def test_a_text_without_terms_has_no_features() -> None:
    vector = SPACE.vector([])
    assert len(vector.ids) == len(vector.values) == 0


def test_a_space_of_nothing_knows_nothing() -> None:
    empty = Space([], [])
    assert empty.size == 0
    assert len(empty.vector(said("what is a gan")).ids) == 0


def test_the_order_of_words_matters() -> None:
    space = Space([said("dog bites man"), said("man bites dog"), said("cats")], [0, 1, 2])
    right, wrong = space.vector(said("dog bites man")), space.vector(said("man bites dog"))
    assert dot(right, right) > dot(right, wrong) > 0


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    space = Space([said(f"what {rare}") for rare in ("aaa", "bbb", "ccc")], [0, 1, 2])
    query = space.vector(said("what aaa"))
    assert dot(query, space.vector(said("aaa"))) > dot(query, space.vector(said("what")))


def test_a_word_of_one_entry_is_rarer_than_a_word_of_many() -> None:
    """Both words stand in as many wordings; only the owners differ."""
    texts = [said("mine and"), said("mine and"), said("yours and"), said("yours and")]
    space = Space(texts, [0, 0, 1, 2])
    query = space.vector(said("mine yours"))
    assert dot(query, space.vector(said("mine"))) > dot(query, space.vector(said("yours")))


WORDS = st.sampled_from(["gan", "gans", "work", "train", "training", "data", "a", "zzz"])
TERMS = st.lists(st.tuples(WORDS, st.sampled_from([0.0, 0.8, 1.0])), max_size=5).map(
    # One word has one weight throughout a text, as the lexicon gives it.
    lambda pairs: [Term(word, word, dict(pairs)[word]) for word, _ in pairs]
)
PLAIN = st.lists(WORDS, min_size=1, max_size=5).map(lambda some: said(" ".join(some)))


@given(st.lists(st.tuples(PLAIN, st.integers(0, 2)), min_size=1, max_size=6), PLAIN | TERMS)
def test_values_follow_the_formula(owned: list[tuple[list[Term], int]], terms: list[Term]) -> None:
    texts, owners = [text for text, _ in owned], [owner for _, owner in owned]
    expected = slow_words(texts, owners, terms) + slow_letters(texts, owners, terms)
    vector = Space(texts, owners).vector(terms)
    assert sorted(vector.values.tolist()) == pytest.approx(sorted(expected), rel=1e-4)
    assert length(vector) <= 1 + 1e-5


def slow_words(texts: list[list[Term]], owners: list[int], terms: list[Term]) -> list[float]:
    def features(text: list[Term]) -> list[tuple[str, float]]:
        stems = [(stem(term.word), term.weight) for term in text]
        pairs = [(f"{one} {two}", v * w) for (one, v), (two, w) in pairwise(stems)]
        return stems + pairs

    share = 1 - LETTERS_SHARE
    return slow_values(list(map(features, texts)), owners, features(terms), WORD_IDF_POWER, share)


def slow_letters(texts: list[list[Term]], owners: list[int], terms: list[Term]) -> list[float]:
    def features(text: list[Term]) -> list[tuple[str, float]]:
        return [(run, term.weight or 1.0) for term in text for run in grams(term.word)]

    return slow_values(list(map(features, texts)), owners, features(terms), 1.0, LETTERS_SHARE)


def slow_values(
    texts: list[list[tuple[str, float]]],
    owners: list[int],
    features: list[tuple[str, float]],
    power: float,
    share: float,
) -> list[float]:
    """tf·idf as the module describes it, feature by feature."""

    def idf(feature: str) -> float:
        holders = [
            owner for text, owner in zip(texts, owners, strict=True) if feature in dict(text)
        ]
        df = sqrt(len(holders) * len(set(holders)))
        return float((log((1 + len(texts)) / (1 + df)) + 1) ** power)

    weights: dict[str, float] = dict(features)
    tf = {f: 1 + log(count) for f, count in Counter(f for f, _ in features).items()}
    known = {f for text in texts for f, _ in text}
    values = {f: weights[f] * tf[f] * idf(f) for f in tf}
    unseen = (log(1 + len(texts)) + 1) ** power
    mass = sum(
        values[f] ** 2 + (1 - weights[f] ** 2) * (tf[f] * unseen) ** 2
        if f in known
        else (tf[f] * unseen) ** 2
        for f in tf
    )
    return [values[f] * sqrt(share / mass) for f in tf if f in known]


def test_vectors_are_single_precision() -> None:
    assert SPACE.vector(said("gan")).values.dtype == np.float32
