from collections.abc import Iterable, Mapping
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.lexicon import (
    LEAST_SIMILARITY,
    SHORT,
    SHORTEST_CORRECTED,
    Lexicon,
    Phrases,
    Stems,
    Term,
    stems,
    stems_of,
)
from bot.matching.text import stem, words
from tests.small_faq import small_matcher
from tests.typed_texts import TYPED


def lexicon_of(
    texts: Iterable[str],
    same: Mapping[str, Iterable[str]] | None = None,
    fillers: Iterable[str] = (),
) -> Lexicon:
    return Lexicon(map(words, texts), same, fillers)


def read(lexicon: Lexicon, text: str) -> list[str]:
    """What the words of `text` are taken for."""
    return [term.word for term in lexicon.terms(text)]


class TestPhrases:
    def test_the_longest_phrase_is_taken(self) -> None:
        phrases = Phrases({"short": [("a",)], "long": [("a", "b")]})
        assert phrases.found(("a", "b", "a")) == [(0, 2, "long"), (2, 3, "short")]

    def test_words_outside_all_phrases_are_not_found(self) -> None:
        phrases = Phrases({"pair": [("a", "b")]})
        assert phrases.found(("a", "c", "b")) == []
        assert phrases.rest(("c", "a", "b", "d")) == ("c", "d")

    def test_the_first_name_of_a_phrase_stays(self) -> None:
        assert Phrases({"one": [("a",)], "two": [("a",), ("b",)]}).names(("a", "b")) == {
            "one",
            "two",
        }
        assert Phrases({"one": [("a",)], "two": [("a",)]}).names(("a",)) == {"one"}

    def test_an_empty_phrase_is_nowhere(self) -> None:
        assert Phrases({"nothing": [()]}).names(("a", "b")) == set()

    @pytest.mark.parametrize(
        ("running", "opens"), [("abc", True), ("cab", False), ("a", False), ("", False)]
    )
    def test_a_text_opens_with_a_phrase_or_not(self, running: str, opens: bool) -> None:
        assert Phrases({"pair": [("a", "b")]}).open(tuple(running)) is opens

    @given(
        st.lists(st.text("abc", min_size=1, max_size=3), max_size=5), st.text("abc", max_size=12)
    )
    def test_finding_is_greedy(self, phrases: list[str], running: str) -> None:
        found = Phrases({"it": map(tuple, phrases)}).found(tuple(running))
        expected: list[tuple[int, int, str]] = []
        at = 0
        while at < len(running):
            fitting = [len(phrase) for phrase in phrases if running.startswith(phrase, at)]
            if fitting:
                expected.append((at, at + max(fitting), "it"))
            at += max(fitting, default=1)
        assert found == expected


class TestGroups:
    LEXICON = lexicon_of(
        ["what is a model", "large models", "picture of a cat", "make a thing", "up"],
        {
            "llm": ("llms", "large language model", "language model"),
            "generative ai": ("gen ai", "genai"),
            "hallucination": ("hallucinate", "make things up"),
        },
    )

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("llm LLMs", "llm llm"),
            ("large language models", "llm"),
            ("a Language Model", "a llm"),
            ("gen AI, GenAI and generative ai", "generative_ai generative_ai and generative_ai"),
            ("making things up", "hallucination"),
            ("hallucinated", "hallucination"),
            ("large model", "large model"),
            ("gen", "gen"),
        ],
    )
    def test_all_ways_to_write_a_word_are_one_word(self, text: str, expected: str) -> None:
        assert read(self.LEXICON, text) == expected.split()

    def test_a_group_remembers_what_was_typed(self) -> None:
        assert self.LEXICON.terms("a Large Language Model") == (
            Term("a", "a"),
            Term("large language model", "llm"),
        )

    def test_a_group_written_with_a_slip_is_found_and_counts_for_less(self) -> None:
        (term,) = self.LEXICON.terms("large langauge model")
        assert (term.said, term.word) == ("large langauge model", "llm")
        assert 0 < term.weight < 1

    def test_without_groups_the_words_stay_apart(self) -> None:
        plain = lexicon_of(["large language model", "llm"])
        assert read(plain, "large language model llm") == ["large", "language", "model", "llm"]


class TestFillers:
    LEXICON = lexicon_of(
        ["what is attention", "how do i know", "i was there"],
        fillers=["please", "hey", "i was wondering", "can you tell me", "so"],
    )

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("please what is attention", "what is attention"),
            ("hey so, i was wondering: what is attention please", "what is attention"),
            ("Can you tell me what attention is?", "what attention is"),
            ("plaese: what is attention", "what is attention"),
            ("i was there", "i was there"),
        ],
    )
    def test_fillers_are_left_out(self, text: str, expected: str) -> None:
        assert read(self.LEXICON, text) == expected.split()

    @pytest.mark.parametrize("text", ["please", "hey so please", "so, can you tell me"])
    def test_a_text_of_nothing_but_fillers_is_kept_whole(self, text: str) -> None:
        assert read(self.LEXICON, text) == list(words(text))


class TestCorrections:
    LEXICON = lexicon_of(
        [
            "which architecture do transformers use",
            "training data",
            "generative adversarial",
            "is it new",
            "the 2024 model",
            "attention attention mechanism",
        ],
        {"gpt": ()},
    )

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("architectrue", "architecture"),
            ("architecure", "architecture"),
            ("archittecture", "architecture"),
            ("traaining", "training"),
            ("generatve", "generative"),
            ("attenton", "attention"),
            ("dtaa", "data"),
            ("mdoel", "model"),
            ("adverserial", "adversarial"),
        ],
    )
    def test_a_slip_is_taken_for_the_word_that_was_meant(self, typed: str, meant: str) -> None:
        (term,) = self.LEXICON.terms(typed)
        assert (term.said, term.word) == (typed, meant)
        assert LEAST_SIMILARITY <= term.weight < 1

    @pytest.mark.parametrize("typed", ["2025", "202", "iz", "xy", "banana", "quantum", "zzzzzz"])
    def test_digits_short_words_and_strangers_are_left_alone(self, typed: str) -> None:
        assert self.LEXICON.terms(typed) == (Term(typed, typed, 0.0),)

    @pytest.mark.parametrize("typed", ["data", "trained", "transformer", "models", "2024", "gpt"])
    def test_known_words_and_their_inflections_stay_as_they_are(self, typed: str) -> None:
        assert self.LEXICON.terms(typed) == (Term(typed, typed),)

    @pytest.mark.parametrize(
        ("typed", "parts"),
        [
            ("trainingdata", "training data"),
            ("attentionmechanism", "attention mechanism"),
            ("isit", "is it"),
        ],
    )
    def test_two_known_words_run_together_are_split(self, typed: str, parts: str) -> None:
        assert self.LEXICON.terms(typed) == tuple(Term(part, part) for part in parts.split())

    @pytest.mark.parametrize(
        ("known", "typed", "meant"),
        [
            ("hosting hosting roasting", "rosting", "roasting"),
            ("module module model", "modle", "model"),
            ("model modal modal", "modol", "modal"),
            ("model model modal", "modol", "model"),
        ],
        ids=["first letter", "length", "commoner", "commoner the other way"],
    )
    def test_of_words_equally_near_the_likelier_slip_is_meant(
        self, known: str, typed: str, meant: str
    ) -> None:
        assert read(lexicon_of([known]), typed) == [meant]

    @given(
        st.lists(st.text("opq", min_size=1, max_size=8), min_size=1, max_size=8, unique=True),
        st.text("opq", min_size=1, max_size=8),
    )
    def test_a_correction_is_the_nearest_word_there_is(self, known: list[str], word: str) -> None:
        terms = lexicon_of(known).terms(word)
        if word in known or stem(word) in map(stem, known):
            assert terms == (Term(word, word),)
            return
        near = {
            other: slips
            for other in known
            if min(len(word), len(other)) >= SHORTEST_CORRECTED
            and (len(word) > SHORT or other[0] == word[0])
            and (slips := slow_slips(word, other)) / max(len(word), len(other))
            <= 1 - LEAST_SIMILARITY
        }
        if near:
            best = terms[0].word
            assert [term.said for term in terms] == [word]
            assert near[best] == min(near.values())
            similarity = 1 - near[best] / max(len(word), len(best))
            assert terms[0].weight == pytest.approx(similarity)
        else:
            assert all(term.said == term.word and term.weight in (0, 1) for term in terms)


def slow_slips(one: str, other: str) -> int:
    """How many letters must be left out, put in, changed or swapped with their neighbour."""

    @cache
    def between(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        ways = [
            between(i - 1, j) + 1,
            between(i, j - 1) + 1,
            between(i - 1, j - 1) + (one[i - 1] != other[j - 1]),
        ]
        if one[max(0, i - 2) : i] == other[max(0, j - 2) : j][::-1]:
            ways.append(between(max(0, i - 2), max(0, j - 2)) + 1)
        return min(ways)

    return between(len(one), len(other))


class TestWhileTyping:
    LEXICON = lexicon_of(["what is attention", "training data"], {"llm": ("large language model",)})

    def test_the_last_word_is_left_as_it_is(self) -> None:
        assert self.LEXICON.as_typed("waht is attenton") == (
            self.LEXICON.terms("waht")[0],
            Term("is", "is"),
            Term("attenton", "attenton"),
        )
        assert self.LEXICON.terms("waht")[0].word == "what"

    def test_groups_are_found(self) -> None:
        assert [t.word for t in self.LEXICON.as_typed("large language model")] == ["llm"]

    @pytest.mark.parametrize("nothing", ["", "  ", "?!", "😀"])
    def test_nothing_typed_is_nothing(self, nothing: str) -> None:
        assert self.LEXICON.as_typed(nothing) == ()


def test_stems_are_those_of_the_words() -> None:
    expected: Stems = ("what", "do", "model", "hallucin")
    assert stems("What do models hallucinate?") == expected
    assert stems_of([Term("modle", "models", 0.8)]) == ("model",)


@given(TYPED)
def test_any_text_is_read_as_terms(text: str) -> None:
    terms = small_matcher().lexicon.terms(text)
    assert bool(terms) is bool(words(text))
    for term in terms:
        assert term.said
        assert term.word
        assert 0 <= term.weight <= 1
        assert term.weight > 0 or term.said == term.word


@pytest.mark.parametrize(("typed", "known"), [("late", "hate"), ("light", "right")])
def test_a_short_word_keeps_its_first_letter(typed: str, known: str) -> None:
    assert lexicon_of([known]).terms(typed) == (Term(typed, typed, 0.0),)
