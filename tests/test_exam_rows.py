from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.exam_rows import Exam, ExamRow, read_exam
from bot.knowledge.model import Place
from tests.small_faq import FAQ

KNOWN = "overview-llm"


def read(file: Path, text: str) -> Exam:
    file.write_text(text, encoding="utf-8")
    return read_exam([file], FAQ.entries)


def problem(file: Path, text: str) -> str:
    exam = read(file, text)
    assert len(exam.problems) == 1
    return str(exam.problems[0]).removeprefix(f"{file}:")


def test_rows_of_a_yaml_file(tmp_path: Path) -> None:
    file = tmp_path / "plain.yaml"
    text = f'kind: slang\nrows:\n  - {{ask: "what’s an LLM", expect: [{KNOWN}]}}\n'
    exam = read(file, text + '  - ask: "nice weather"\n    expect: []\n    kind: chatter\n')
    assert exam == Exam(
        (
            ExamRow("what’s an LLM", (KNOWN,), "slang", Place(file, 3)),
            ExamRow("nice weather", (), "chatter", Place(file, 4)),
        ),
        (),
    )


def test_rows_as_json_lines(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    lines = (
        f'{{"ask": "\\ud83d\\ude00 LLM?", "expect": ["{KNOWN}"]}}\n\n{{"ask": "", "expect": []}}'
    )
    assert read(file, lines).rows == (
        ExamRow("😀 LLM?", (KNOWN,), "mine", Place(file, 1)),
        ExamRow("", (), "mine", Place(file, 3)),
    )


def test_of_a_folder_all_files_with_rows_are_read(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text('rows:\n  - {ask: "b", expect: []}\n', encoding="utf-8")
    (tmp_path / "a.jsonl").write_text('{"ask": "a", "expect": []}', encoding="utf-8")
    (tmp_path / "README.md").write_text("not: a row", encoding="utf-8")
    assert [row.ask for row in read_exam([tmp_path], {}).rows] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rows:\n  - {expect: []}", "2: an item of `rows` has no `ask` (add ask:"),
        ('rows:\n  - {ask: "a"}', "2: an item of `rows` has no `expect` (add expect: and the ids"),
        ('rows:\n  - {ask: "a", expect: nothing}', "2: `expect` must be a list, not text"),
        ('rows:\n  - {ask: "a", expected: []}', "2: "),
        ("kind: plain", "1: this file has no `rows` (add rows:"),
        ("rows: [", "1: "),
        (
            'rows:\n  - {ask: "a", expect: [overview-lm]}',
            "2: there is no entry `overview-lm` (write",
        ),
    ],
)
def test_mistakes_in_yaml_are_told_with_their_cure(tmp_path: Path, text: str, told: str) -> None:
    exam = read(tmp_path / "a.yaml", text)
    assert any(str(each).startswith(f"{tmp_path / 'a.yaml'}:{told}") for each in exam.problems)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("what is an LLM", '2: this line is not JSON (write {"ask":'),
        ("[" * 100_000, "2: this line is not JSON"),
        ("[]", "2: this row must be named fields, not a list"),
        ('{"ask": 1, "expect": []}', "2: `ask` must be text"),
        ('{"ask": "a", "expect": ["no-such"]}', "2: there is no entry `no-such`"),
    ],
)
def test_mistakes_in_json_lines_too(tmp_path: Path, line: str, told: str) -> None:
    assert problem(tmp_path / "a.jsonl", f"\n{line}\n").startswith(told)


@pytest.mark.parametrize("name", ["nowhere.yaml", "nowhere.jsonl"])
def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path, name: str) -> None:
    (problem,) = read_exam([tmp_path / name], {}).problems
    assert "no such file" in str(problem)


@given(st.binary(max_size=200), st.sampled_from(["a.yaml", "a.jsonl"]))
def test_any_bytes_give_rows_or_problems(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    file = tmp_path_factory.getbasetemp() / name
    file.write_bytes(data)
    exam = read_exam([file], FAQ.entries)
    assert exam.rows or exam.problems or not data.strip()
