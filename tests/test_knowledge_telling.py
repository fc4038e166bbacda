import string

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.telling import MOST_SHOWN, named, nearest, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", '"plain"'),
        ('say "hi"', '"say \\"hi\\""'),
        ("C:\\dir", '"C:\\\\dir"'),
        ("two\nlines", '"two\\nlines"'),
        ("\x00\x1b\u202e\ufeff", '"\\x00\\x1b\\u202e\\ufeff"'),
        ("größe 質問 😀", '"größe 質問 😀"'),
        ("a" * 61, f'"{"a" * 59}…"'),
    ],
)
def test_shown_text_is_printable_and_short(text: str, expected: str) -> None:
    assert shown(text) == expected


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=MOST_SHOWN // 2))
def test_shown_text_can_be_pasted_into_a_file(text: str) -> None:
    assert yaml.safe_load(f"a: {shown(text)}") == {"a": text}


@given(st.text())
def test_names_are_printable(name: str) -> None:
    assert named(name).isprintable()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("phrasing", "phrasings"),
        ("phrasingss", "phrasings"),
        ("answr", "answer"),
        ("sorces", "sources"),
        ("zebra", None),
        ("", None),
    ],
)
def test_the_nearest_word_begins_alike(word: str, expected: str | None) -> None:
    assert nearest(word, ["answer", "phrasings", "sources", "subject"]) == expected


def test_nothing_is_near_where_there_is_nothing() -> None:
    assert nearest("word", []) is None


def beginning(one: str, other: str) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length


@given(st.text("ab", max_size=6), st.sets(st.text("ab", max_size=6)))
def test_no_other_word_shares_more(word: str, words: set[str]) -> None:
    found = nearest(word, sorted(words), least=1)
    most = max((beginning(word, other) for other in words), default=0)
    assert (beginning(word, found) if found else 0) == most


def test_letters_of_the_alphabet_are_shown_as_they_are() -> None:
    assert named(string.ascii_letters) == f"`{string.ascii_letters}`"
