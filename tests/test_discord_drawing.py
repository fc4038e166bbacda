"""A reply as a Discord message: within Discord's limits, whatever it holds."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.discord_app.drawing import LONGEST_CONTENT, content_of, draw
from bot.knowledge.reading import load
from bot.replies import (
    Button,
    Reply,
    ShowTopics,
    show_comparison,
    show_dimension,
    show_entry,
    show_topics,
)

SHIPPED = Path(__file__).parent.parent / "knowledge"

small = st.text(max_size=300)


def test_the_footnote_is_small_print_under_the_text() -> None:
    assert content_of(Reply("An answer.", "a footnote")) == "An answer.\n\n-# a footnote"


def test_without_a_footnote_there_is_no_small_print() -> None:
    assert content_of(Reply("An answer.")) == "An answer."


def test_every_line_of_a_footnote_is_small_print() -> None:
    assert content_of(Reply("An answer.", "one\ntwo")).endswith("\n\n-# one\n\n-# two")


@given(st.text(max_size=4000), small)
def test_no_reply_is_longer_than_discord_takes(text: str, footnote: str) -> None:
    footnote = " ".join(footnote.split())
    content = content_of(Reply(text, footnote))
    assert len(content) <= LONGEST_CONTENT
    assert content.endswith(footnote)


def test_a_text_that_is_too_long_is_cut_between_words() -> None:
    content = content_of(Reply("word " * 1000, "source"))
    assert content.endswith("word…\n\n-# source")


async def test_every_shipped_entry_and_list_is_drawn_whole() -> None:
    knowledge = load(SHIPPED)
    replies = [show_entry(entry_id, knowledge) for entry_id in knowledge.entries]
    replies += [show_dimension(each.key, None, knowledge) for each in knowledge.dimensions]
    replies += [show_topics(knowledge), show_comparison(None, knowledge)]
    for reply in replies:
        drawn = draw(reply, asker=2**64 - 1)
        assert drawn.content.startswith(reply.text)
        assert drawn.view is not None
        assert len(drawn.view.children) == len(reply.buttons)


async def test_a_reply_without_buttons_has_no_view() -> None:
    assert draw(Reply("text"), asker=1).view is None


async def test_many_buttons_fill_up_to_five_rows_of_five() -> None:
    topics = tuple(Button(f"topic {number}", ShowTopics()) for number in range(25))
    view = draw(Reply("text", buttons=topics), asker=1).view
    assert view is not None
    assert [len(row["components"]) for row in view.to_components()] == [5] * 5
