"""An edit changes its own lines and nothing else, or it is refused."""

from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.editing import EditError, put, remove
from bot.knowledge.entry_text import EntryText, new_id
from bot.knowledge.layout import lines_of
from bot.knowledge.model import Entry, Subject
from bot.knowledge.reading import load, read_contents

SHIPPED = Path(__file__).parent.parent / "knowledge"
FILE = Path("colours.yaml")
PLAIN = """\
# All about colours.
title: "Colours"   # shown
summary: 'What they are'

entries:
  # The first one leads.
  - id: red            # never rename
    subject: both
    question: "What is red?"  # as people ask
    phrasings:
      - "tell me of red"   # common

      # slang:
      - rosso, what is it
      - 'say "red"'
    not:
      - "what is blue"
    answer: |
      Red is **red**.

      - It is # not a comment
          indented

    # between fields
    sources: [one, two]
    related:
      - blue

  # The second one.
  - id: blue
    subject: both
    question: "What is blue?"
    answer: "Blue is blue."

# The end.
"""


def the(data: bytes, id_: str) -> EntryText:
    return EntryText.of(entries(data)[id_])


def entries(data: bytes) -> dict[str, Entry]:
    reading = read_contents(Path(), {FILE: data, Path("sources.yaml"): b"one: {title: 1st}\n"})
    draft_problems = [p for p in reading.problems if "source" not in p.message]
    assert not draft_problems, draft_problems
    sound = read_contents(Path(), {FILE: data, Path("sources.yaml"): SOURCES})
    assert sound.knowledge is not None, sound.problems
    return dict(sound.knowledge.entries)


SOURCES = b'one: {title: "1st"}\ntwo: {title: "2nd"}\nthree: {title: "3rd"}\n'


def changed_lines(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    one, other = lines_of(before.decode()), lines_of(after.decode())
    went: list[str] = []
    came: list[str] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal":
            went += one[i1:i2]
            came += other[j1:j2]
    return went, came


def test_a_changed_question_keeps_the_comment_behind_it() -> None:
    data = PLAIN.encode()
    made = put(data, replace(the(data, "red"), question='What is "red"?'), FILE)
    assert changed_lines(data, made) == (
        ['    question: "What is red?"  # as people ask\n'],
        ['    question: "What is \\"red\\"?"  # as people ask\n'],
    )


def test_of_a_list_only_the_items_that_differ_are_written() -> None:
    data = PLAIN.encode()
    red = the(data, "red")
    made = put(data, replace(red, phrasings=("new first", *red.phrasings[:1], 'say "red"')), FILE)
    assert changed_lines(data, made) == (
        ["      - rosso, what is it\n"],
        ['      - "new first"\n'],
    )


def test_a_changed_answer_leaves_the_comments_around_it() -> None:
    data = PLAIN.encode()
    made = put(data, replace(the(data, "red"), answer="Red.\n\n  * a\n\nb # c: d"), FILE)
    _, came = changed_lines(data, made)
    assert "    # between fields\n" in lines_of(made.decode())
    assert "      Red.\n" in came
    assert the(made, "red").answer == "Red.\n\n  * a\n\nb # c: d"


def test_fields_come_in_their_place_and_go() -> None:
    data = PLAIN.encode()
    blue = the(data, "blue")
    made = put(data, replace(blue, phrasings=("how blue",), sources=("three",)), FILE)
    _, came = changed_lines(data, made)
    assert came == ["    phrasings:\n", '      - "how blue"\n', "    sources: [three]\n"]
    assert lines_of(made.decode()).index(came[0]) < made.decode().splitlines().index(
        '    answer: "Blue is blue."'
    )
    assert put(made, blue, FILE) == data
    without = put(data, replace(the(data, "red"), related=()), FILE)
    assert changed_lines(data, without) == (["    related:\n", "      - blue\n"], [])


def test_a_new_entry_stands_behind_the_last_one() -> None:
    data = PLAIN.encode()
    green = EntryText("green", Subject.LLM, "What is green?", "Green: #0f0", ("verde",))
    made = put(data, green, FILE)
    went, came = changed_lines(data, made)
    assert not went
    assert "  - id: green\n" in came
    assert made.decode().endswith("      Green: #0f0\n\n# The end.\n")
    assert the(made, "green") == green
    assert remove(made, "green", FILE) == data


def test_a_file_without_a_last_line_end_gets_one_before_a_new_entry() -> None:
    data = PLAIN.removesuffix("\n\n# The end.\n").encode()
    made = put(data, EntryText("green", Subject.LLM, "What is green?", "Green."), FILE)
    assert made.startswith(data + b"\n\n  - id: green\n")


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    data = b"\xef\xbb\xbf" + PLAIN.replace("\n", "\r\n").encode()
    made = put(data, replace(the(data, "red"), answer="One.\n\nTwo.", question="Red?"), FILE)
    assert made.startswith(b"\xef\xbb\xbf# All")
    assert made.count(b"\n") == made.count(b"\r\n")
    assert b"      One.\r\n\r\n      Two.\r\n" in made


@pytest.mark.parametrize(
    "written",
    [
        "  - {id: red, subject: both, question: Red?, answer: It is red.}\n",
        "  -\n    id: red\n    subject: both\n    question: Red?\n    answer: It is red.\n",
        "  - subject: both\n    answer: >\n      It is\n      red.\n    id: red\n"
        "    question: Red?\n",
        "  - sources: [\n      one,  # why\n      two ]\n    id: red\n    subject: both\n"
        '    question: "Red?"\n    answer: "It\n      is red."\n',
        '  - "id": red\n    "subject": "both"\n    "question": "Red?"\n    "answer": |2\n'
        "      It is red.\n",
    ],
)
def test_other_ways_to_write_an_entry_can_be_edited_too(written: str) -> None:
    rest = '  - id: blue\n    subject: both\n    question: "Blue?"\n    answer: "Blue."\n'
    data = f'title: "A"\nsummary: "B"\nentries:\n{written}{rest}'.encode()
    for change in ({"question": "Redder?"}, {"answer": "a\n\nb"}, {"phrasings": ("x y", "z")}):
        wanted = replace(the(data, "red"), **change)
        made = put(data, wanted, FILE)
        assert the(made, "red") == wanted
        assert made.endswith(rest.encode())
    assert remove(data, "red", FILE).endswith(rest.encode())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"title: [", "has mistakes in it"),
        (b"", "no list that I can edit"),
        (b'title: "A"\nentries:\n  -\n  - id: red\n', "no list that I can edit"),
        (b'title: "A"\nentries: [{id: red, question: "Q"}]\n', "no list that I can edit"),
        (b'title: "A"\n', "no list that I can edit"),
        (b'- "A"\n', "no list that I can edit"),
    ],
)
def test_what_cannot_be_edited_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(EditError, match=reason):
        put(data, EntryText("red", Subject.BOTH, "Q?", "A."), FILE)


def test_the_only_entry_and_an_unknown_one_are_not_removed() -> None:
    data = remove(PLAIN.encode(), "red", FILE)
    with pytest.raises(EditError, match="only entry"):
        remove(data, "blue", FILE)
    with pytest.raises(EditError, match="no entry green"):
        remove(data, "green", FILE)


def test_a_text_is_tidied_of_what_nobody_sees() -> None:
    text = EntryText(
        "red",
        Subject.BOTH,
        " What\u200b\n is  red? ",
        "\r\nRed.\r\n\x00Really.\n ",
        phrasings=("", "a  b", "a b", " "),
    ).tidy()
    assert (text.question, text.answer) == ("What\u200b is red?", "Red.\nReally.")
    assert text.phrasings == ("a b",)


def test_a_new_id_says_what_the_entry_is_about() -> None:
    assert new_id("data", "Which data do LLMs learn from?", ()) == "data-llms-learn-from"
    assert new_id("data", "???", {"data"}) == "data-2"
    assert new_id("日本", "日本?", ()) == "entry"
    assert len(new_id("a" * 32, "b" * 200, ())) <= 60


ENTRY_TEXT = st.builds(
    EntryText,
    id=st.just("x"),
    subject=st.sampled_from(Subject),
    question=st.text(min_size=1, max_size=60),
    answer=st.text(st.characters() | st.sampled_from("\n -#:|>'\"&*!%@`"), min_size=1),
    phrasings=st.lists(st.text(max_size=40), max_size=4).map(tuple),
    counterexamples=st.lists(st.text(max_size=40), max_size=2).map(tuple),
    sources=st.lists(st.sampled_from(["one", "two", "yes"]), max_size=2).map(tuple),
    related=st.lists(st.sampled_from(["red", "no", "1-2"]), max_size=2).map(tuple),
).map(EntryText.tidy)


@settings(max_examples=60, deadline=None)
@given(
    edits=st.lists(st.tuples(st.sampled_from(["red", "blue", "green"]), ENTRY_TEXT), max_size=6),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_is_edited_reads_as_meant_and_nothing_else_changes(
    edits: list[tuple[str, EntryText]], ending: str
) -> None:
    """The text of whole entries: `put` itself compares, so that here only lines are looked at."""
    data = PLAIN.replace("\n", ending).encode()
    for id_, text in edits:
        if not (text.question and text.answer):
            continue
        made = put(data, replace(text, id=id_), FILE)
        for line in ("# All about colours.", "  # The first one leads.", "# The end."):
            assert f"{line}{ending}" in made.decode()
        assert put(made, replace(text, id=id_), FILE) == made
        data = made


def test_every_shipped_entry_can_be_edited_and_restored_byte_for_byte() -> None:
    knowledge = load(SHIPPED)
    for dimension in knowledge.dimensions:
        file = SHIPPED / f"{dimension.key}.yaml"
        data = file.read_bytes()
        for entry in dimension.entries[::6]:
            text = EntryText.of(entry)
            assert put(data, text, file) == data
        text = EntryText.of(dimension.entries[0])
        more = replace(text, phrasings=(*text.phrasings, "one: more # of them"), answer="Short.")
        made = put(data, more, file)
        assert made != data
        assert put(made, text, file) == data
