from collections import Counter

from bot.matching.features import Features, runs
from bot.matching.lexicon import Term
from tests.dense import said

TEXTS = [said("what is a gan"), said("how does a gan work")]
FEATURES = Features(TEXTS)

STEMS, RUNS, PAIRS = FEATURES.kinds
LETTERS = range(STEMS, STEMS + RUNS)


def counts(text: str) -> dict[int, int]:
    counted = FEATURES.count(said(text))
    return dict(zip(counted.ids.tolist(), counted.counts.tolist(), strict=True))


def numbers(*texts: str) -> set[int]:
    return {number for text in texts for number in counts(text)}


def weights(terms: list[Term]) -> dict[int, float]:
    counted = FEATURES.count(terms)
    assert counted.weights is not None
    return dict(zip(counted.ids.tolist(), counted.weights.tolist(), strict=True))


def test_words_count_by_their_stems() -> None:
    assert min(numbers("works")) == min(numbers("working")) == min(numbers("work"))


def test_runs_are_of_three_letters_between_spaces() -> None:
    assert runs("gan") == [" ga", "gan", "an "]
    assert runs("a") == [" a "]


def test_every_feature_of_the_wordings_has_a_number_of_its_own() -> None:
    known = set(range(FEATURES.size)) - set(FEATURES.unknown.tolist())
    assert numbers("what is a gan", "how does a gan work") == known
    # what is a gan how does work; three and four pairs, of which one is in both; the unknown ones
    assert (STEMS, PAIRS) == (7 + 1, 3 + 4 - 1 + 1)
    assert sum(FEATURES.kinds) == FEATURES.size


def test_a_word_is_no_run_of_letters() -> None:
    counted = Features([said("gan organ")]).count(said("gan"))
    assert counted.counts.tolist() == [1] * (1 + len(runs("gan")))


def test_pairs_are_of_adjacent_stems_in_their_order() -> None:
    letters_and_stems = numbers("a", "gan")
    (pair,) = numbers("a gan") - letters_and_stems
    assert numbers("gan a") - letters_and_stems == {FEATURES.unknown[2]}
    assert pair in numbers("is a gans what") & numbers("a gan")


def test_pairs_do_not_reach_into_the_next_text() -> None:
    features = Features([said("one two"), said("three four")])
    assert features.kinds[2] == 2 + 1
    assert features.unknown[2] in features.count(said("two three")).ids


def test_features_are_counted() -> None:
    # The unknown pair, the stem, its runs.
    assert sorted(counts("gan gan gan").values()) == [2, 3, 3, 3, 3]


def test_what_no_wording_has_is_counted_as_unknown_stems_runs_and_pairs() -> None:
    found = counts("zzz gan")
    assert [found[number] for number in FEATURES.unknown.tolist()] == [1, len(runs("zzz")), 1]


def test_many_known_texts_are_counted_as_each_is_alone() -> None:
    texts = [*TEXTS, [], said("a gan a gan"), said("work")]
    many = FEATURES.count_known(texts)
    assert many.size == len(texts)
    for row, terms in enumerate(texts):
        one, mine = FEATURES.count(terms), many.rows == row
        found = dict(zip(many.ids[mine].tolist(), many.counts[mine].tolist(), strict=True))
        assert found == dict(zip(one.ids.tolist(), one.counts.tolist(), strict=True))
    assert sorted(many.rows.tolist()) == many.rows.tolist()
    assert FEATURES.count_known([]).size == 0


def test_known_words_count_in_full() -> None:
    assert FEATURES.count(said("what is a gan")).weights is None


def test_a_corrected_word_and_its_pairs_count_for_less() -> None:
    found = weights([Term("a", "a"), Term("gna", "gan", 0.8), Term("b", "b", 0.5)])
    assert found.keys() == numbers("a gan b")
    only_gan = numbers("gan") - numbers("a")
    only_pair = numbers("a gan") - numbers("gan", "a")
    assert {found[number] for number in only_gan | only_pair} == {0.8}
    assert {found[number] for number in numbers("a")} == {1.0}


def test_a_corrected_words_letters_count_for_less_and_an_unknown_ones_in_full() -> None:
    assert set(weights([Term("gna", "gan", 0.8)]).values()) == {0.8}
    unknown = weights([Term("gann", "gann", 0.0)])
    letters = Counter(unknown[number] for number in unknown if number in LETTERS)
    assert letters == {1.0: 3}  # " ga", "gan", and the unknown ones
