import numpy as np
import pytest

from bot.knowledge.model import Subject
from bot.matching.coverage import LONG, MANY, Coverage
from bot.matching.matcher import Matcher
from bot.matching.vectors import Cells, Vector
from tests.small_faq import make_entry, make_faq

# Three wordings of two owners; the last row is a `not:` example, nobody's. Feature 3 is no content
# word.
ROWS, IDS = np.array([0, 0, 1, 2, 2, 3], np.int32), np.array([0, 3, 1, 1, 3, 2], np.int32)
CELLS = Cells(4, ROWS, IDS, np.ones(6, np.float32))
CONTENT = np.array([True, True, True, False])
COVERAGE = Coverage(CELLS, np.array([0, 0, 1], np.int64), CONTENT, words=4)
TWO, ONE = 2 / (2 + MANY), 1 / (1 + MANY)
"""What the owners with so many wordings lose that have none of a text's words."""


def factors(ids: list[int], values: list[float], owners: tuple[int, ...] = (0, 1)) -> list[float]:
    vector = Vector(np.array(ids, np.int32), np.array(values, np.float32))
    found: list[float] = COVERAGE.factors(vector, np.array(owners, np.int64)).tolist()
    return found


def test_lacking_words_speak_against_an_owner_by_their_weight() -> None:
    assert factors([0, 1], [1.0, 1.0]) == pytest.approx([1.0, 1 - ONE / 2])
    assert factors([0, 1], [3.0, 1.0]) == pytest.approx([1.0, 1 - ONE * 0.9])
    assert factors([0], [1.0], (1, 0, 1)) == pytest.approx([1 - ONE, 1.0, 1 - ONE])


def test_only_words_of_the_owners_own_wordings_count() -> None:
    assert factors([0, 3], [1.0, 5.0]) == pytest.approx([1.0, 1 - ONE])
    assert factors([2], [1.0]) == pytest.approx([1 - TWO, 1 - ONE])


def test_a_text_without_known_words_speaks_against_nobody() -> None:
    assert factors([], []) == [1.0, 1.0]
    assert factors([3], [1.0]) == [1.0, 1.0]
    assert factors([0], [0.0]) == [1.0, 1.0]


def test_a_wording_that_is_left_out_brings_no_words() -> None:
    shared = Vector(np.array([1], np.int32), np.ones(1, np.float32))
    assert COVERAGE.factors(shared, np.array([0, 1]), 1).tolist() == pytest.approx([1.0, 1 - ONE])
    twice = Cells(2, np.array([0, 1], np.int32), np.zeros(2, np.int32), np.ones(2, np.float32))
    coverage = Coverage(twice, np.array([0, 0], np.int64), np.array([True]), words=1)
    word = Vector(np.zeros(1, np.int32), np.ones(1, np.float32))
    assert coverage.factors(word, np.array([0]), 0).tolist() == [1.0]


def test_in_a_long_text_they_count_less() -> None:
    words = 2 * LONG
    ids = np.arange(words, dtype=np.int32)
    coverage = Coverage(
        Cells(1, np.zeros(1, np.int32), np.zeros(1, np.int32), np.ones(1, np.float32)),
        np.array([0], np.int64),
        np.ones(words, bool),
        words,
    )
    long = Vector(ids, np.ones(words, np.float32))
    (factor,) = coverage.factors(long, np.array([0])).tolist()
    assert factor == pytest.approx(1 - ONE * (words - 1) / words / 2)


def test_nobody_has_nothing() -> None:
    none, empty = np.array([], np.int32), np.array([], np.float32)
    cells, owners = Cells(0, none, none, empty), none.astype(np.int64)
    nothing = Coverage(cells, owners, np.array([], bool), words=0)
    assert not len(nothing.factors(Vector(none, empty), none.astype(np.int64)))


def test_a_word_that_an_entry_lacks_speaks_against_it_the_more_wordings_it_has() -> None:
    few = ("What is a GPT?", "what does GPT mean", "GPT explained", "is ChatGPT a GPT")
    many = (*few, *(f"what is GPT number {count}" for count in range(40)))
    stores = make_entry("shops-both", Subject.BOTH, ("Which store sells bread?", "store hours"))
    kept = []
    for wordings in (few, many):
        gpt = make_entry("overview-gpt", Subject.LLM, wordings)
        matcher = Matcher(make_faq(gpt, stores))
        votes = matcher.explain("what is a GPT store")
        own = sum(found.vote for found in votes.neighbours if found.owner == "overview-gpt")
        score = {found.entry.id: found.score for found in votes.candidates}["overview-gpt"]
        worth = float(matcher._worth[None][0])
        kept.append(score / (own * worth))
    assert 1 > kept[0] > kept[1] > 0


def test_those_have_all_that_lack_no_word_that_the_owner_has() -> None:
    def have_all(owner: int, *ids: int) -> list[bool]:
        stems, others = np.array(ids, np.int64), np.array([0, 1], np.int64)
        found: list[bool] = COVERAGE.have_all(stems, owner, others).tolist()
        return found

    assert have_all(0, 0, 1) == [True, False]
    assert have_all(1, 0, 1) == have_all(1, 0) == have_all(1) == [True, True]
    assert have_all(0, 1, 2, 3) == [True, True]
