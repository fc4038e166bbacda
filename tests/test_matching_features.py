from bot.matching.features import Features, pairs, runs
from bot.matching.lexicon import Term
from tests.dense import said

FEATURES = Features([said("what is a gan"), said("how does a gan work")])

LETTERS = range(sum(FEATURES.kinds[:2]), FEATURES.size)


def numbers(*texts: str) -> set[int]:
    return {number for text in texts for number in FEATURES.count(said(text)).counts}


def test_pairs_are_of_adjacent_stems() -> None:
    assert pairs(("model", "train", "model")) == ["model train", "train model"]
    assert pairs(("model",)) == []


def test_words_count_by_their_stems() -> None:
    assert min(numbers("works")) == min(numbers("working")) == min(numbers("work"))


def test_runs_are_of_three_letters_between_spaces() -> None:
    assert runs("gan") == [" ga", "gan", "an "]
    assert runs("a") == [" a "]


def test_every_feature_of_the_wordings_has_a_number_of_its_own() -> None:
    assert numbers("what is a gan", "how does a gan work") == set(range(FEATURES.size))
    # what is a gan how does work; three and four pairs, of which one is in both
    assert FEATURES.kinds[:2] == (7, 3 + 4 - 1)
    assert sum(FEATURES.kinds) == FEATURES.size


def test_a_word_is_no_run_of_letters() -> None:
    features = Features([said("gan organ")])
    counts = features.count(said("gan")).counts
    assert sum(counts.values()) == 1 + len(runs("gan"))
    assert set(counts.values()) == {1}


def test_features_are_counted() -> None:
    counts = FEATURES.count(said("gan gan gan")).counts
    assert sorted(counts.values()) == [2, 3, 3, 3, 3]  # the unknown pair, the stem, its runs


def test_what_no_wording_has_is_counted_as_unknown_stems_pairs_and_runs() -> None:
    counts = FEATURES.count(said("zzz gan")).counts
    unknown = [counts[FEATURES.size + kind] for kind in range(3)]
    assert unknown == [1, 1, len(runs("zzz"))]


def test_known_words_count_in_full() -> None:
    assert FEATURES.count(said("what is a gan")).weights == {}


def test_a_corrected_word_and_its_pairs_count_for_less() -> None:
    found = FEATURES.count([Term("a", "a"), Term("gna", "gan", 0.8), Term("b", "b", 0.5)])
    plain = FEATURES.count(said("a gan b"))
    assert found.counts == plain.counts
    a, gan, a_gan = (FEATURES.count(said(text)).counts for text in ("a", "gan", "a gan"))
    only_gan = gan.keys() - a.keys()
    only_pair = a_gan.keys() - gan.keys() - a.keys()
    assert {found.weights[number] for number in only_gan | only_pair} == {0.8}
    assert {found.weights[number] for number in a} == {1.0}


def test_a_corrected_words_letters_count_for_less_and_an_unknown_ones_in_full() -> None:
    corrected = FEATURES.count([Term("gna", "gan", 0.8)])
    assert {corrected.weights[number] for number in corrected.counts} == {0.8}
    unknown = FEATURES.count([Term("gann", "gann", 0.0)])
    letters = [number for number in unknown.counts if number in LETTERS]
    assert len(letters) == 2  # " ga" and "gan"
    assert {unknown.weights[number] for number in letters} == {1.0}
