from pathlib import Path

import pytest

from bot.answering import Answerer
from bot.knowledge.model import Entry, Problem, Severity, Subject
from bot.weak_spots import FEWEST_PHRASINGS, weak_spots
from tests.small_faq import VOCABULARY, make_entry, make_faq


def spots(*entries: Entry) -> tuple[Problem, ...]:
    return weak_spots(Answerer.build(make_faq(*entries, vocabulary=VOCABULARY)))


def make(entry_id: str, *wordings: str) -> Entry:
    return make_entry(entry_id, Subject.BOTH, wordings)


WEATHER = make(
    "a-weather",
    "Will it rain today?",
    "is rain coming today",
    "does it rain this afternoon",
    "rain today or not",
    "will there be rain this evening",
    "today, will it rain at all",
)
BREAD = make(
    "a-bread",
    "How do I bake bread?",
    "how to bake a good bread",
    "baking bread at home",
    "bake my own bread, but how",
    "the best way to bake bread",
    "which oven is best to bake bread",
)


def test_entries_whose_wordings_are_alike_have_no_weak_spot() -> None:
    assert spots(WEATHER, BREAD) == ()


def test_an_entry_with_few_phrasings_is_weak() -> None:
    few = make("a-few", *(wording.text for wording in BREAD.wordings[:FEWEST_PHRASINGS]))
    (hint,) = spots(WEATHER, few)
    assert hint.severity is Severity.HINT
    assert hint.place == few.place
    assert hint.message == "'a-few' has 4 phrasings"


def test_an_entry_whose_wordings_do_not_find_each_other_is_weak() -> None:
    scattered = make("a-all", "aaa bbb?", "ccc ddd", "eee fff", "ggg hhh", "iii jjj", "kkk lll")
    (hint,) = spots(WEATHER, BREAD, scattered)
    assert (hint.severity, hint.place) == (Severity.HINT, scattered.place)
    assert "'a-all' are not like one another: only 0 of 6 find it by the others" in hint.message


@pytest.mark.parametrize("same", ["How do I BAKE bread??", "hey, so how do I bake bread please"])
def test_a_phrasing_that_reads_like_another_adds_nothing(same: str) -> None:
    entry = make("a-bread", *(wording.text for wording in BREAD.wordings), same)
    (hint,) = spots(WEATHER, entry)
    assert (hint.severity, hint.place) == (Severity.HINT, entry.wordings[-1].place)
    assert "adds nothing to 'How do I bake bread?' on line 1" in hint.message


def test_words_in_another_order_add_something() -> None:
    entry = make("a-bread", *(wording.text for wording in BREAD.wordings), "bread, how do I bake")
    assert spots(WEATHER, entry) == ()


def test_entries_that_take_each_others_wordings_compete() -> None:
    loaf = make(
        "a-loaf",
        "How is bread baked?",
        "how to bake a bread that is good",
        "baking bread in my home",
        "my own bread, but how to bake",
        "the very best way to bake a bread",
        "best oven to bake bread in",
    )
    hints = spots(WEATHER, BREAD, loaf)
    (competing,) = (hint for hint in hints if "competes" in hint.message)
    assert (competing.severity, competing.place) == (Severity.HINT, BREAD.place)
    assert f"'a-bread' competes with 'a-loaf' ({loaf.place})" in competing.message
    assert "of their 12 wordings are surely taken for the other's" in competing.message


def test_hints_tell_the_place_as_editors_want_it() -> None:
    few = make("a-few", "How do I bake bread?")
    (hint,) = spots(WEATHER, few)
    assert str(hint).startswith(f"{Path('a-few.yaml')}:1: hint: 'a-few' has no phrasings (add some")
