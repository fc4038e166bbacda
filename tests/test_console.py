import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Candidate, Fallback, Occasion, Query, Suggestions
from bot.console import MOST_CANDIDATES, as_json, as_text, lines, printable
from bot.knowledge.model import KnowledgeBase
from bot.replies import Button, Reply, ShowTopics


@pytest.fixture
def candidates(knowledge: KnowledgeBase) -> tuple[Candidate, ...]:
    entries = list(knowledge.entries.values())
    return tuple(
        Candidate(entry, 1.0, 0.98765 - number / 10) for number, entry in enumerate(entries)
    )


class TestJson:
    def test_an_answer_names_its_entry_and_at_most_five_candidates(
        self, candidates: tuple[Candidate, ...]
    ) -> None:
        found = json.loads(as_json(Answer(Query("What?"), candidates), unprompted=True))
        first = candidates[0].entry
        whereabouts = {
            "entry": first.id,
            "dimension": first.dimension,
            "subject": "generative-ai",
        }
        assert len(candidates) > MOST_CANDIDATES
        assert found.pop("candidates") == [
            {
                "entry": each.entry.id,
                "dimension": each.entry.dimension,
                "subject": each.entry.subject.value,
                "confidence": pytest.approx(each.confidence, abs=1e-4),
            }
            for each in candidates[:MOST_CANDIDATES]
        ]
        assert found == whereabouts | {
            "question": "What?",
            "outcome": "answer",
            "unprompted": True,
            "confidence": 0.9877,
        }

    def test_suggestions_have_candidates_but_no_entry(
        self, candidates: tuple[Candidate, ...]
    ) -> None:
        found = json.loads(
            as_json(Suggestions(Query("Hm"), candidates[:2], candidates[:4]), unprompted=False)
        )
        assert found["outcome"] == "suggestions"
        assert (found["entry"], found["dimension"], found["subject"]) == (None, None, None)
        assert not found["unprompted"]
        assert found["confidence"] == 0.9877
        assert len(found["candidates"]) == 4

    def test_a_fallback_with_nothing_found_has_confidence_0(self) -> None:
        found = json.loads(as_json(Fallback(Query(""), Occasion.EMPTY), unprompted=False))
        assert found == {
            "question": "",
            "outcome": "fallback",
            "unprompted": False,
            "confidence": 0.0,
            "entry": None,
            "dimension": None,
            "subject": None,
            "candidates": [],
        }

    @given(st.text())
    def test_any_question_stays_on_one_line_and_comes_back_whole(self, text: str) -> None:
        line = as_json(Fallback(Query(text), Occasion.UNSURE), unprompted=False)
        assert line.isascii()
        assert len(line.splitlines()) == 1
        assert json.loads(line)["question"] == text


class TestText:
    def test_has_the_markdown_the_footnote_and_what_to_ask_next(self) -> None:
        reply = Reply("**Bold**\n", "Small", (Button("One", ShowTopics()),) * 2)
        assert as_text(reply) == "**Bold**\n\nSmall\n\n→ One\n→ One"

    def test_leaves_out_what_there_is_not(self) -> None:
        assert as_text(Reply("Only this")) == "Only this"

    @given(st.text())
    def test_nothing_printable_controls_a_terminal(self, text: str) -> None:
        shown = printable(text)
        assert not {"\x1b", "\x00", "\r", "\x08", "\x7f", "\x9b"} & set(shown)
        assert shown == printable(shown)

    def test_lines_and_tabs_stay(self) -> None:
        assert printable("a\tb\nc") == "a\tb\nc"


class Trickle(io.BytesIO):
    """A stream that gives what came so far, a piece at a time, as a pipe does."""

    def __init__(self, *pieces: bytes) -> None:
        super().__init__()
        self._pieces = list(pieces)

    def read1(self, size: int | None = -1, /) -> bytes:
        return self._pieces.pop(0) if self._pieces else b""


class TestLines:
    def test_end_at_line_feeds_alone(self) -> None:
        stream = io.BytesIO("a\r\nb\x85c\u2028d\x0be\n\nf".encode())
        assert list(lines(stream, lambda: None)) == ["a", "b\x85c\u2028d\x0be", "", "f"]

    def test_the_last_line_needs_no_line_feed_and_gives_no_empty_one(self) -> None:
        assert list(lines(io.BytesIO(b"a\n"), lambda: None)) == ["a"]
        assert list(lines(io.BytesIO(b""), lambda: None)) == []
        assert list(lines(io.BytesIO(b"\n"), lambda: None)) == [""]

    def test_what_is_not_utf_8_is_replaced_and_a_byte_order_mark_dropped(self) -> None:
        stream = io.BytesIO(b"\xef\xbb\xbfhi\n\xff\x00\n")
        assert list(lines(stream, lambda: None)) == ["hi", "\ufffd\x00"]

    def test_a_line_may_come_in_pieces(self) -> None:
        stream = Trickle("wh\u00e4".encode()[:3], "\u00e4".encode()[1:] + b"t", b"?\nand", b"\n")
        assert list(lines(stream, lambda: None)) == ["whät?", "and"]

    def test_all_lines_that_came_are_given_out_before_waiting_for_more(self) -> None:
        happened: list[str] = []
        stream = Trickle(b"a\nb\n", b"c\n")
        happened.extend(lines(stream, lambda: happened.append("wait")))
        assert happened == ["wait", "a", "b", "wait", "c", "wait"]

    @given(st.lists(st.binary(max_size=9), max_size=5))
    def test_pieces_do_not_matter(self, pieces: list[bytes]) -> None:
        filled = [piece for piece in pieces if piece]
        whole = list(lines(io.BytesIO(b"".join(filled)), lambda: None))
        assert list(lines(Trickle(*filled), lambda: None)) == whole
