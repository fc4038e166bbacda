"""Whatever the bytes: a document or problems, in time; and the nodes know their lines."""

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.knowledge.decoding import MOST_PROBLEMS
from bot.knowledge.reading import Reading, load, read
from bot.knowledge.strict_yaml import DEEPEST, parse

FILE = Path("data.yaml")
MEBIBYTE = 2**20

# Pieces that YAML files are made of, and those that break them.
PIECES = [
    "title: ", "summary: ", "entries:\n", "  - id: a\n", "    subject: llm\n", "    question: ",
    "    phrasings:\n", "      - ", "    answer: |\n      ", "    sources: [", "    related: ",
    "]\n",
    '"', "'", "\n", " #", ": ", "- ", "? ", "[", "{", "}", ",", "|", ">-", "&a ", "*a", "!",
    "!!str ",
    "<<: ", "---\n", "...\n", "%YAML 1.1\n", "\t", "  ", "yes", "12:30", "~", "=", "x", "\\", "\\x",
    "@", "`", "\r", "\r\n", "\u2028", "\ufeff", "\x00", "\x85", "😀", "é", "a" * 100,
]  # fmt: skip


@given(st.binary(max_size=200))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
def test_any_bytes_are_a_document_or_problems(data: bytes) -> None:
    document = parse(data, FILE)
    assert document.root is not None or document.problems


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("title: [")
@settings(max_examples=500)
def test_any_yaml_like_text_has_problems_on_lines_that_exist(text: str) -> None:
    document = parse(text.encode(), FILE)
    assert document.root is not None or document.problems
    for problem in document.problems:
        assert 1 <= problem.place.line <= text.count("\n") + 1
        assert str(problem).isprintable()


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.binary(max_size=20))
@settings(max_examples=200, deadline=None)
def test_any_folder_is_a_reading(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("faq")
    (folder / "data.yaml").write_text(text, encoding="utf-8", newline="")
    (folder / "sources.yaml").write_bytes(data)
    reading = read(folder)
    assert isinstance(reading, Reading)
    assert reading.problems or reading.knowledge


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=100))
def test_quoted_text_is_kept_to_the_letter(text: str) -> None:
    written = yaml.safe_dump({"a": text}, default_style='"', width=10**6)
    document = parse(written.encode(), FILE)
    assert document.root is not None
    assert document.root.value == {"a": text}


def loaded_by_yaml(text: str) -> object:
    try:
        return yaml.load(text, yaml.CSafeLoader)  # as the files are read: `{1?}` tells them apart
    except yaml.YAMLError:
        return None


@given(st.text("ab1:# -_.,?!'\"[]{}&*~=%@\n", max_size=12))
@settings(max_examples=1000)
@example("{1?}")
def test_a_plain_text_without_problems_is_what_yaml_loads_and_what_stands_there(text: str) -> None:
    document = parse(f"a: {text}".encode(), FILE)
    if document.root and not document.problems:
        assert document.root.value == loaded_by_yaml(f"a: {text}")


def test_nodes_know_the_lines_of_their_parts() -> None:
    text = "# first\na:\n  - x: 'one'\n    y: |\n      two\n  - [three,\n     four]\nb:\n  five\n"
    root = parse(text.encode(), FILE).root
    assert root is not None
    assert root.value == {"a": [{"x": "one", "y": "two\n"}, ["three", "four"]], "b": "five"}
    lines = {
        (): 2,
        ("a",): 2,
        ("a", 0): 3,
        ("a", 0, "y"): 4,
        ("a", 1): 6,
        ("a", 1, 1): 7,
        ("b",): 8,
        ("a", 7): 2,
        ("c", "d"): 2,
        ("b", 0): 8,
    }
    assert {path: root.line_of(*path) for path in lines} == lines


def test_nesting_is_allowed_to_a_limit() -> None:
    assert parse(("[" * DEEPEST + "]" * DEEPEST).encode(), FILE).problems == ()
    deeper = DEEPEST + 1
    (problem,) = parse(("[" * deeper + "]" * deeper).encode(), FILE).problems
    assert "levels of nesting" in problem.message
    (problem,) = parse(("[" * 1100 + "]" * 1100).encode(), FILE).problems
    assert "far too many [ or {" in problem.message


def test_a_file_with_nothing_but_problems_is_given_up() -> None:
    document = parse(b"- yes\n" * 2 * MOST_PROBLEMS, FILE)
    assert document.root is None
    assert document.problems[-1].message == "too many problems to go on"
    assert len(parse(b"\x01\n" * 2 * MOST_PROBLEMS, FILE).problems) == MOST_PROBLEMS


BOMBS = {
    "brackets": "[" * MEBIBYTE,
    "braces": "{" * MEBIBYTE,
    "dashes": "- " * (MEBIBYTE // 2),
    "question marks": "? " * (MEBIBYTE // 2),
    "deep indentation": "".join(" " * depth + "a:\n" for depth in range(1400)),
    "laughs": "a: &a [x]\n" + "b: [*a, *a, *a]\n" * (MEBIBYTE // 20),
    "merges": "a: &a {x: y}\n" + "b: {<<: [*a, *a]}\n" * (MEBIBYTE // 20),
    "equal keys": "a: b\n" * (MEBIBYTE // 5),
    "items": "- a\n" * (MEBIBYTE // 4),
    "unclosed quote": '"' + "a\n" * (MEBIBYTE // 2 - 1),
    "one word": "a" * MEBIBYTE,
    "digits": "1" * MEBIBYTE,
    "sixties": "1" + ":59" * (MEBIBYTE // 3),
    "comments": "#\n" * (MEBIBYTE // 2),
    "plain text with comments": "- a #\n" * (MEBIBYTE // 6),
    "documents": "---\n" * (MEBIBYTE // 4),
    "empty lines in a block": "a: |\n" + " \n" * (MEBIBYTE // 2 - 5),
    "unknown relations": "title: t\nsummary: s\nentries:\n  - id: a\n    subject: llm\n"
    "    question: q\n    answer: b\n    related: ["
    + ",".join(f"a{number:06}" for number in range(60_000))
    + "]",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_no_more_than_its_length(tmp_path: Path, name: str) -> None:
    assert len(BOMBS[name]) <= MEBIBYTE
    (tmp_path / "data.yaml").write_text(BOMBS[name])
    # What explodes takes minutes, and ends the run (faulthandler_timeout in pyproject.toml).
    assert read(tmp_path).knowledge is None


def test_fifteen_thousand_phrasings_are_read(tmp_path: Path) -> None:
    phrasings = "".join(f'      - "how does it learn number {n}"\n' for n in range(14))
    for file in range(9):
        entries = "".join(
            f'  - id: d{file}-{n}\n    subject: llm\n    question: "What is {file} to {n}?"\n'
            f"    phrasings:\n{phrasings.replace('number', f'{file} to {n} by')}"
            f"    answer: |\n      {'word ' * 120}\n"
            for n in range(120)
        )
        text = f'title: "T"\nsummary: "S"\nentries:\n{entries}'
        (tmp_path / f"d{file}.yaml").write_text(text)
    wordings = sum(len(entry.wordings) for entry in load(tmp_path).entries.values())
    assert wordings == 9 * 120 * 15
