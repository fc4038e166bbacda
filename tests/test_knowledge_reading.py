"""Every rule of the knowledge files, one row each: what is written, the line told, and the cure.

In the rows » stands on the line that the problem must name; it is taken out before writing.
"""

import os
import re
from pathlib import Path
from textwrap import dedent, indent

import pytest

from bot.knowledge.exam_rows import read_exam
from bot.knowledge.model import (
    KnowledgeError,
    OutsideTopic,
    Place,
    Problem,
    Severity,
    Source,
    Subject,
    Wording,
)
from bot.knowledge.reading import load, read

DATA = """\
title: "Training data"
summary: "What each one learns from"
entries:
  - id: data-llm
    subject: llm
    question: "What do LLMs learn from?"
    phrasings:
      - "llm training data"
      - "which texts feed a language model"
    not:
      - "what do image generators learn from"
    answer: |
      LLMs learn from text.

      - Books
      - Web pages
    sources: [zhao-2023]
    related: [data-both]

  - id: data-both
    subject: both
    question: "How does their training data differ?"
    answer: "Text for LLMs, any media for generative AI."
"""
SOURCES = """\
zhao-2023:
  title: "A Survey of Large Language Models"
  by: "Zhao et al."
  year: "2023"
  url: "https://arxiv.org/abs/2303.18223"
"""
VOCABULARY = """\
same:
  "llm": ["large language model"]
  "picture": ["image", "photo"]
subjects:
  llm: ["llm"]
dimensions:
  data: ["training data"]
fillers: ["please"]
asking: ["what is"]
topic: ["llm"]
small_talk:
  greeting: ["hello"]
"""
OUTSIDE = """\
topics:
  - topic: "Prices and plans"
    examples:
      - "how much does ChatGPT cost"
"""
SOUND = {
    "data.yaml": DATA,
    "sources.yaml": SOURCES,
    "vocabulary.yaml": VOCABULARY,
    "outside.yaml": OUTSIDE,
}
QUESTION = 'question: "What do LLMs learn from?"'
PHRASING = '- "llm training data"'
EXAMPLE = '- "what do image generators learn from"'
ANSWER_BOTH = 'answer: "Text for LLMs, any media for generative AI."'

THIRD = """
  - question: "What else?"
    subject: both
    »id: data-llm
    answer: "Nothing."
"""


def written(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def problems_after(folder: Path, file: str, old: str, new: str) -> tuple[tuple[Problem, ...], int]:
    """The problems of the sound files once `new` replaces `old` in `file`; the line of the »."""
    assert SOUND[file].count(old) == 1, old
    text = SOUND[file].replace(old, new)
    line = text[: text.index("»")].count("\n") + 1
    return read(written(folder, SOUND | {file: text.replace("»", "")})).problems, line


def test_sound_files_become_a_knowledge_base(tmp_path: Path) -> None:
    folder = written(tmp_path, SOUND)
    reading = read(folder)
    assert reading.problems == ()
    knowledge = reading.knowledge
    assert knowledge is not None
    (dimension,) = knowledge.dimensions
    assert (dimension.key, dimension.title) == ("data", "Training data")
    assert dimension.summary == "What each one learns from"
    entry = knowledge.entries["data-llm"]
    assert dimension.lead(Subject.LLM) is entry
    assert dimension.lead(Subject.GENERATIVE_AI) is None
    file = folder / "data.yaml"
    assert entry.subject is Subject.LLM
    assert entry.dimension == "data"
    assert entry.answer == "LLMs learn from text.\n\n- Books\n- Web pages"
    assert entry.place == Place(file, 4)
    assert entry.wordings == (
        Wording("What do LLMs learn from?", Place(file, 6)),
        Wording("llm training data", Place(file, 8)),
        Wording("which texts feed a language model", Place(file, 9)),
    )
    assert entry.counterexamples == (
        Wording("what do image generators learn from", Place(file, 11)),
    )
    assert entry.sources == ("zhao-2023",)
    assert entry.related == ("data-both",)
    assert knowledge.entries["data-both"].wordings == (
        Wording("How does their training data differ?", Place(file, 22)),
    )
    assert knowledge.sources == {
        "zhao-2023": Source(
            "zhao-2023",
            "A Survey of Large Language Models",
            "Zhao et al.",
            "2023",
            "https://arxiv.org/abs/2303.18223",
        )
    }
    assert knowledge.vocabulary.same["picture"] == ("image", "photo")
    assert knowledge.vocabulary.subjects == {Subject.LLM: ("llm",)}
    assert knowledge.vocabulary.dimensions == {"data": ("training data",)}
    assert knowledge.vocabulary.small_talk == {"greeting": ("hello",)}
    assert knowledge.vocabulary.fillers == ("please",)
    assert knowledge.vocabulary.asking == ("what is",)
    assert knowledge.vocabulary.topic == ("llm",)
    example = Wording("how much does ChatGPT cost", Place(folder / "outside.yaml", 4))
    assert knowledge.outside == (OutsideTopic("Prices and plans", (example,)),)


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n", "---\n"])
@pytest.mark.parametrize("name", ["sources.yaml", "vocabulary.yaml", "outside.yaml"])
def test_the_files_beside_the_dimensions_may_be_absent_or_empty(
    tmp_path: Path, name: str, text: str | None
) -> None:
    files = SOUND | {"data.yaml": DATA.replace("    sources: [zhao-2023]\n", "")}
    if name == "sources.yaml":
        del files["sources.yaml"]
    files.pop(name, None)
    if text is not None:
        files[name] = text
    reading = read(written(tmp_path, files))
    assert [p for p in reading.problems if p.severity is Severity.ERROR] == []
    assert reading.knowledge is not None


# (file, what is replaced, by what, part of the message, part of the cure)
ERRORS = [
    # text that YAML would cut, convert or take for something else
    ("data.yaml", QUESTION, "»question: What is the #1 model? #1", "cut off at the #", "quotes"),
    ("data.yaml", PHRASING, "- »llm data # which texts", "cut off at the #", "double quotes"),
    ("data.yaml", QUESTION, "»question: yes", "`yes` is read as true or false", 'quotes: "yes"'),
    ("data.yaml", PHRASING, "- »no", "`no` is read as true or false", 'quotes: "no"'),
    ("data.yaml", PHRASING, "- »On", "`On` is read as true or false", 'quotes: "On"'),
    ("data.yaml", PHRASING, "- »12:30", "`12:30` is read as a number", 'quotes: "12:30"'),
    ("data.yaml", PHRASING, "- »1e3", "`1e3` is read as a number", 'quotes: "1e3"'),
    ("data.yaml", PHRASING, "- »012", "`012` is read as a number", 'quotes: "012"'),
    ("data.yaml", PHRASING, "- »0o17", "`0o17` is read as a number", 'quotes: "0o17"'),
    ("data.yaml", PHRASING, "- »08", "`08` is read as a number", 'quotes: "08"'),
    ("data.yaml", PHRASING, "- »1_000", "`1_000` is read as a number", 'quotes: "1_000"'),
    ("data.yaml", PHRASING, "- ».inf", "`.inf` is read as a number", 'quotes: ".inf"'),
    ("data.yaml", PHRASING, "- »2024-01-31", "read as a date", 'quotes: "2024-01-31"'),
    ("data.yaml", PHRASING, "- »~", "`~` is read as nothing", 'quotes: "~"'),
    ("data.yaml", PHRASING, "- »null", "`null` is read as nothing", 'quotes: "null"'),
    ("data.yaml", PHRASING, "- »=", "`=` is read as a special sign", 'quotes: "="'),
    ("sources.yaml", 'year: "2023"', "»year: 2023", "read as a number", 'quotes: "2023"'),
    ("data.yaml", "id: data-llm", "»id: 42", "`42` is read as a number", 'quotes: "42"'),
    ("data.yaml", PHRASING, "- »*llm", "`*llm` is read as a reference", "double quotes"),
    ("data.yaml", PHRASING, "- »&llm data", "`&llm` is read as an anchor", "double quotes"),
    ("data.yaml", PHRASING, "- »!important llm data", "`!important` is read as a tag", "quotes"),
    ("data.yaml", PHRASING, "- »!!str yes", "read as a tag", "double quotes"),
    ("data.yaml", "phrasings:\n", "»phrasings: !!seq\n", "read as a tag", "double quotes"),
    ("vocabulary.yaml", "same:\n", "same:\n  »<<: {a: [b]}\n", "special sign", 'quotes: "<<"'),
    ("vocabulary.yaml", "same:\n", "same:\n  »no: [b]\n", "true or false", 'quotes: "no"'),
    ("vocabulary.yaml", "same:\n", "same:\n  »?\n  : [b]\n", "nothing stands before", "quotes"),
    ("vocabulary.yaml", "same:\n", "same:\n  »[a]: [b]\n", "brackets before a colon", "quotes"),
    ("data.yaml", PHRASING, "- »what is it: data", "split at a colon", "double quotes"),
    ("data.yaml", PHRASING, '- »"llm \\0 data"', "invisible character, U+0000", "delete"),
    ("data.yaml", PHRASING, '- »"llm \\u202A\\u2028 data"', "character, U+2028", "delete"),
    ("data.yaml", PHRASING, '- »"llm\x07 data"', "U+0007, in column 13", "delete it"),
    ("data.yaml", PHRASING, '- »"llm\u2028 data"', "U+2028, in column 13", "delete it"),
    ("data.yaml", PHRASING, '- »"llm\ufeff data"', "U+FEFF, in column 13", "delete it"),
    ("data.yaml", PHRASING, '- »"llm\r data"', "U+000D, in column 13", "delete it"),
    # the order of the file
    ("data.yaml", "subject: both", "subject: both\n    »subject: llm", "first on line 21", "one"),
    ("data.yaml", "title: ", 'title: "x"\n»title: ', "`title` is here twice", "keep one"),
    ("data.yaml", ANSWER_BOTH, ANSWER_BOTH + "\n»---\na: b", "second document", "dashes"),
    ("data.yaml", PHRASING, f"- »{'[' * 30}{']' * 30}", "levels of nesting", "double quotes"),
    # fields
    ("data.yaml", 'title: "Training data"\n', "»", "this file has no `title`", 'title: "…"'),
    ("data.yaml", 'summary: "What each one learns from"\n', "", "no `summary`", "slash command"),
    ("data.yaml", DATA[DATA.index("entries:") :], "", "no `entries`", "add entries:"),
    ("data.yaml", DATA[DATA.index("entries:") :], "»entries:", "`entries` is empty", "each item"),
    ("data.yaml", DATA[DATA.index("entries:") :], "»entries: []", "is empty", "its items below"),
    (
        "data.yaml",
        "id: data-llm\n    subject: llm",
        "»subject: llm",
        "this entry has no `id`",
        "add id:",
    ),
    ("data.yaml", "\n    subject: both", "»", "no `subject`", "generative-ai, llm, both"),
    ("data.yaml", QUESTION, "", "this entry has no `question`", "add question:"),
    ("data.yaml", "\n    " + ANSWER_BOTH, "", "this entry has no `answer`", "add answer: |"),
    ("data.yaml", "phrasings:", "»phrasing:", "no field `phrasing`", "did you mean phrasings?"),
    ("data.yaml", "    not:", "    »no't:", "no field `no't`", "did you mean not?"),
    ("data.yaml", "related:", "»zzz:", "no field `zzz`", "use answer, id, not, phrasings, quest"),
    ("data.yaml", "title:", 'titel: "x"\ntitle:', "no field `titel`", "did you mean title?"),
    ("data.yaml", QUESTION, "»question:", "`question` is empty", "from a # on"),
    ("data.yaml", QUESTION, "»question: #1 model?", "`question` is empty", "from a # on"),
    ("data.yaml", QUESTION, '»question: "  "', "`question` is empty", "write something"),
    ("data.yaml", QUESTION, "»question: [a]", "must be text, not a list", "double quotes"),
    (
        "data.yaml",
        QUESTION,
        f'»question: "{"a" * 201}"',
        "201 characters long, at most 200",
        "by 1",
    ),
    ("data.yaml", QUESTION, '»question: "a\\nb"', "`question` has a line break", "on one line"),
    ("data.yaml", PHRASING, "- »", "an item of `phrasings` is empty", "double quotes"),
    ("data.yaml", PHRASING, f'- »"{"a" * 301}"', "item of `phrasings` is 301 char", "by 1"),
    ("data.yaml", EXAMPLE, f'- »"{"a" * 301}"', "an item of `not` is 301 characters", "by 1"),
    ("data.yaml", ANSWER_BOTH, f'»answer: "{"a" * 1734}"', "1,734 characters long, at m", "by 234"),
    ("data.yaml", ANSWER_BOTH, '»answer: ""', "`answer` is empty", "write something"),
    (
        "data.yaml",
        "subject: both",
        "»subject: all",
        '`subject` is "all"',
        "generative-ai, llm, both",
    ),
    ("data.yaml", "id: data-both", "»id: Data both", "`id` has other signs", "single hyphens"),
    ("data.yaml", "id: data-both", f"»id: {'a' * 61}", "61 characters long, at most 60", "by 1"),
    ("data.yaml", "sources: [zhao-2023]", "»sources: zhao-2023", "be a list, not text", "dash"),
    ("data.yaml", "sources: [zhao-2023]", "»sources: {a: b}", "a list, not named fields", "dash"),
    ("data.yaml", "sources: [zhao-2023]", "»sources:", "`sources` is empty", "each item on its"),
    ("data.yaml", '"What each one learns from"', f'»"{"a" * 101}"', "at most 100 fit", "by 1"),
    ("data.yaml", '"Training data"', f'»"{"a" * 101}"', "`title` is 101 characters", "by 1"),
    ("data.yaml", DATA, "- »a\n- b\n", "this file must be named fields, not a list", "name: value"),
    ("data.yaml", DATA, "»", "this file is empty", "write each field"),
    ("data.yaml", DATA, "»hello", "this file must be named fields, not text", "name: value"),
    ("sources.yaml", "  url:", "  »link:", "no field `link`", "use by, title, url, year"),
    ("sources.yaml", '"https://arxiv.org', '»"arxiv.org', "not a web address", "https://"),
    (
        "sources.yaml",
        "zhao-2023:",
        "»Zhao 2023: {title: x}\nzhao-2023:",
        "`Zhao 2023` has other signs",
        "hyphens",
    ),
    (
        "sources.yaml",
        "zhao-2023:",
        f"»{'z' * 61}: {{title: x}}\nzhao-2023:",
        "61 characters long",
        "shorten it by 1",
    ),
    ("vocabulary.yaml", "  llm: [", "  »gpt: [", "`gpt` is not known here", "'llm' or 'both'"),
    ("vocabulary.yaml", "greeting:", "»greetings:", "`greetings` is not known here", "'thanks'"),
    ("vocabulary.yaml", '["please"]', '»"please"', "`fillers` must be a list", "dash"),
    ("vocabulary.yaml", "fillers:", "»filler:", "no field `filler`", "did you mean fillers?"),
    ("outside.yaml", "- topic:", "- »a: b\n    topic:", "no field `a`", "use examples, topic"),
    ("outside.yaml", "topics:", "»topic: b\ntopics:", "no field `topic`", "did you mean topics?"),
    ("outside.yaml", '- "how', '- »12\n      - "how', "is read as a number", 'quotes: "12"'),
    # between the parts
    ("data.yaml", ANSWER_BOTH, ANSWER_BOTH + THIRD, "taken by the entry at", "an id of its own"),
    ("data.yaml", "[data-both]", "»[data-llm]", "related to itself", "remove it"),
    ("data.yaml", "[data-both]", "»[data-both, data-both]", "is here twice", "remove one"),
    ("data.yaml", "[data-both]", "»[data-bot]", "no entry `data-bot`", "did you mean data-both?"),
    ("data.yaml", "[data-both]", "»[llm-data]", "no entry `llm-data`", "write the id of an entry"),
    ("data.yaml", "[zhao-2023]", "»[zhao-2024]", "no source `zhao-2024`", "mean zhao-2023?"),
    ("data.yaml", "[zhao-2023]", "»[ho-2020]", "there is no source `ho-2020`", "sources.yaml"),
    ("data.yaml", "[zhao-2023]", "»[zhao-2023, zhao-2023]", "is here twice", "remove one"),
    ("data.yaml", PHRASING, '- "llm data"\n      - »"LLM-data?"', "asked in this entry, at", "one"),
    (
        "data.yaml",
        '"How does their training data differ?"',
        '»"Which texts feed a language model?!"',
        "is already asked in the entry `data-llm`, at",
        "keep it in one place",
    ),
    ("data.yaml", EXAMPLE, '- »"LLM training data?"', "is also a wording, on line 8", "remove one"),
    ("data.yaml", PHRASING, '- »"???"', 'no word in "???"', "write a question"),
    ("outside.yaml", "how much does ChatGPT cost", "…»", 'no word in "…"', "write a question"),
    (
        "outside.yaml",
        '- "how',
        '- »"llm training data"\n      - "how',
        "is already asked in the entry `data-llm`, at",
        "keep it in one place",
    ),
    ("outside.yaml", '- "how', '- "x"\n      - »"X."\n      - "how', "in an outside topic", "keep"),
    ("vocabulary.yaml", '"photo"', '»"LLM"', '"LLM" already belongs to `llm`', "one of the two"),
    ("vocabulary.yaml", '"picture":', '»"large language model":', "belongs to `llm`", "one of"),
]
WARNINGS = [
    ("data.yaml", QUESTION, f'»question: "{"a" * 81}"', "buttons show 80", "shorten it by 1"),
    ("data.yaml", PHRASING, "- »llm data\n        which texts", "over several lines", "a dash"),
    (
        "sources.yaml",
        "zhao-2023:",
        '»ho-2020: {title: "x"}\nzhao-2023:',
        "no answer names",
        "or rem",
    ),
    ("vocabulary.yaml", "  data: [", "  »dato: [", "no dimension `dato`", "did you mean data?"),
]


@pytest.mark.parametrize("row", ERRORS)
def test_an_error_names_its_line_and_its_cure(
    tmp_path: Path, row: tuple[str, str, str, str, str]
) -> None:
    file, old, new, message, cure = row
    marked = new if "»" in new else "»" + new
    problems, line = problems_after(tmp_path, file, old, marked)
    told = [p for p in problems if message in p.message and cure in p.cure]
    assert [p.place.file for p in told] == [tmp_path / file], problems
    assert told[0].severity is Severity.ERROR
    if "»" in new:
        assert told[0].place.line == line
    errors = [p for p in problems if p.severity is Severity.ERROR]
    assert errors == told, "one mistake is one problem"


@pytest.mark.parametrize("row", WARNINGS)
def test_a_warning_names_its_line_and_leaves_the_knowledge_base(
    tmp_path: Path, row: tuple[str, str, str, str, str]
) -> None:
    file, old, new, message, cure = row
    (problem,), line = problems_after(tmp_path, file, old, new)
    assert problem.severity is Severity.WARNING
    assert problem.place == Place(tmp_path / file, line)
    assert message in problem.message
    assert cure in problem.cure
    assert load(tmp_path).entries


@pytest.mark.parametrize(
    "new",
    [
        "- llm training data",
        "- what's C++ & co, 100% of it? yes!",
        "- llm training data#1",
        "- 'llm training data # quoted'",
        '- "12:30"  # a comment behind quotes',
        "- >-\n        llm training\n        data # in a block",
        "- 1st llm",
        "- Ünïcödé 質問 😀 👩‍💻",
        "# - a comment between\n      - x",
    ],
)
def test_text_that_yaml_keeps_as_it_is_needs_no_quotes(tmp_path: Path, new: str) -> None:
    problems, _ = problems_after(tmp_path, "data.yaml", PHRASING, new + "»")
    assert problems == ()


@pytest.mark.parametrize("line", ["id: data-both", "subject: both", "related: [data-both]"])
def test_a_comment_may_follow_a_name(tmp_path: Path, line: str) -> None:
    problems, _ = problems_after(tmp_path, "data.yaml", line, line + "  # a comment»")
    assert problems == ()


def test_all_problems_of_all_files_are_told_at_once_errors_first(tmp_path: Path) -> None:
    files = {
        "data.yaml": DATA.replace(QUESTION, "question: yes").replace("subject: both", "subject: x"),
        "overview.yaml": "title: [\n",
        "purpose.yaml": DATA.replace("data-", "purpose-").replace('"What do', '"' + "a" * 80),
        "sources.yaml": SOURCES + "ho: 1\n",
    }
    problems = read(written(tmp_path, files)).problems
    errors = [p for p in problems if p.severity is Severity.ERROR]
    assert problems[: len(errors)] == tuple(errors)
    assert problems[-1].severity is Severity.WARNING
    places = [(p.place.file.name, p.place.line) for p in errors]
    assert places == sorted(places)
    assert {file for file, _ in places} == set(files)


def test_what_only_follows_from_an_unreadable_file_is_not_told(tmp_path: Path) -> None:
    related = DATA.replace("[data-both]", "[purpose-llm]")
    files = {"data.yaml": related, "purpose.yaml": "title: [\n", "sources.yaml": "a: [\n"}
    told = [problem.place.file.name for problem in read(written(tmp_path, files)).problems]
    assert told == ["purpose.yaml", "sources.yaml"]


def test_an_unfit_entry_can_still_be_related_and_an_unfit_source_be_named(tmp_path: Path) -> None:
    files = {"data.yaml": DATA.replace("subject: both", "subject: x")}
    files["sources.yaml"] = SOURCES.replace("url:", "link:")
    told = [problem.place.file.name for problem in read(written(tmp_path, files)).problems]
    assert told == ["data.yaml", "sources.yaml"]


def test_sources_that_are_no_fields_are_one_problem(tmp_path: Path) -> None:
    problems = read(written(tmp_path, SOUND | {"sources.yaml": "- a\n"})).problems
    assert [problem.place.file.name for problem in problems] == ["sources.yaml"]


def test_load_raises_with_every_problem(tmp_path: Path) -> None:
    folder = written(tmp_path, {"data.yaml": DATA.replace(QUESTION, "question: yes")})
    with pytest.raises(KnowledgeError) as raised:
        load(folder)
    assert raised.value.problems == read(folder).problems
    assert str(raised.value).startswith(f"{folder / 'data.yaml'}:6: ")


def test_a_problem_is_one_line_whatever_was_written(tmp_path: Path) -> None:
    hostile = '- "a\\nb\\e[31m\\u202E' + "x" * 5000 + '"'
    for new in (hostile, f"{hostile}: 1".replace("- ", "- ? ").replace(": 1", "\n        : 1")):
        problems, _ = problems_after(tmp_path, "data.yaml", PHRASING, new + "»")
        assert problems
        for problem in problems:
            assert str(problem).isprintable()
            assert len(problem.message) < 200


def test_places_are_relative_where_the_folder_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "faq", {"data.yaml": "title: yes\n"})
    monkeypatch.chdir(tmp_path)
    assert str(read(Path("faq")).problems[0]).startswith("faq/data.yaml:1: ".replace("/", os.sep))


def test_windows_line_ends_and_a_utf_8_mark_change_nothing(tmp_path: Path) -> None:
    plain = load(written(tmp_path / "plain", SOUND))
    folder = tmp_path / "windows"
    folder.mkdir()
    for name, text in SOUND.items():
        (folder / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    windows = load(folder)
    assert windows.entries == {
        name: entry
        for name, entry in load(folder).entries.items()
        if entry.answer == plain.entries[name].answer
    }
    assert [w.place.line for e in windows.entries.values() for w in e.wordings] == [
        w.place.line for e in plain.entries.values() for w in e.wordings
    ]


@pytest.mark.parametrize(
    ("data", "line", "message", "cure"),
    [
        (b"title: x\n" + b"# \n" * 400_000, 1, "larger than 1 MiB", "split it"),
        ("title: x\n".encode("utf-16"), 1, "not saved as UTF-8", "save the file"),
        ("title: x\n".encode("utf-16-le"), 1, "a NUL byte", "save the file"),
        (b"title: x\nsummary: \0\n", 2, "a NUL byte", "save the file"),
        ('a: "x"\nb: "Größe"\n'.encode("latin-1"), 2, "the byte 0xf6 is not UTF-8", "save the"),
        (b"a: \xed\xa0\x80\n", 1, "the byte 0xed is not UTF-8", "save the file"),
    ],
)
def test_bytes_that_are_no_text_are_told_by_line(
    tmp_path: Path, data: bytes, line: int, message: str, cure: str
) -> None:
    (tmp_path / "data.yaml").write_bytes(data)
    (problem,) = read(tmp_path).problems
    assert problem.place == Place(tmp_path / "data.yaml", line)
    assert message in problem.message
    assert cure in problem.cure


def test_the_size_limit_is_exactly_one_mebibyte(tmp_path: Path) -> None:
    file = tmp_path / "data.yaml"
    text = DATA.replace("    sources: [zhao-2023]\n", "").encode()
    file.write_bytes(text + b"#" * (2**20 - len(text)))
    assert read(tmp_path).problems == ()
    file.write_bytes(text + b"#" * (2**20 - len(text) + 1))
    assert "larger" in read(tmp_path).problems[0].message


SYNTAX = [
    ('a: "How are\nphrasings:\n  - "are LLM"\n', 1, "only ends on line 3", "close it on its own"),
    ('b: x\na: "How are\nc: d\n', 2, "a quote is opened here and never closed", "close it"),
    ("b: x\na: 'How are\nc: d\n", 2, "a quote is opened here and never closed", "close it"),
    ('a: "How\n---\nb"\n', 1, "not closed before ---", "remove the ---"),
    ("a: 'what's it'\n", 1, "text after the closing quote", "''"),
    ('a: "How" is it\nb: c\n', 1, "text after the closing quote", '\\"'),
    ('a:\n  - "How" is it\n', 2, "text after the closing quote", '\\"'),
    ("a: What: is\n", 1, "a colon where YAML expects none", "double quotes"),
    ("b: x\na:b\n", 2, "neither a field nor an item", "name: text"),
    ("a: b\nfoo\nc: d\n", 2, "neither a field nor an item", "dash"),
    ("a:\n\tb: c\n", 2, "cannot begin with this character", "indent with spaces"),
    ("a:\n  - b\n\t- c\n", 3, "a tab begins this line", "indent with spaces"),
    ("a: @foo\n", 1, "cannot begin with this character", "double quotes"),
    ("a: `foo`\n", 1, "cannot begin with this character", "double quotes"),
    ("a: b\n%foo\n", 2, "begins with %", "double quotes"),
    ('p:\n  - "a"\n  b: c\n', 3, "does not belong to the list", "dash"),
    ("p:\n  - a: b\n   c: d\n", 3, "does not belong to the list", "same column"),
    ('p:\n  - id: "x"\n     s: y\n', 3, "does not line up", "same column"),
    ("a: |\n  foo\n bar\nb: c\n", 3, "does not line up", "same column"),
    ('a: "C:\\dir"\n', 1, "a backslash in double quotes", "two backslashes"),
    ('a: "\\xZZ"\n', 1, "wrong digits", "two backslashes"),
    ('a: "\\ud800"\n', 1, "stands for no character", "two backslashes"),
    ("a: ['b', 'c'\nd: e\n", 1, "[ or { is opened here", "close it"),
    ("a:\n  - {b: c\nd: e\n", 2, "[ or { is opened here", "close it"),
    ("a: [x] is what\n", 1, "text after the closing bracket", "double quotes"),
    ("a: {x: y} is what\n", 1, "text after the closing bracket", "double quotes"),
    ("a: - b\n", 1, "in the middle of a line", "line of its own"),
    ("a: | foo\n  bar\n", 1, "text behind | or >", "next line"),
    ("a: > foo\n", 1, "text behind | or >", "double quotes"),
    ("a: ,b\n", 1, "cannot begin with this sign", "double quotes"),
    ("a: [", 1, "nor a file end here", "close the bracket"),
    ("a: *bold* foo\n", 1, "cannot begin with & or *", "double quotes"),
    ("a: & foo\n", 1, "cannot begin with & or *", "double quotes"),
    ("a: !e!foo bar\n", 1, "cannot begin with !", "double quotes"),
    ("a: ? foo\n", 1, "cannot begin with a question mark", "double quotes"),
    ("b: x\na: |0\n", 2, "not valid YAML", "double quotes"),
    ("a: b\n...\nfoo\n", 3, "after the end of the document", "dots"),
]


@pytest.mark.parametrize(("text", "line", "message", "cure"), SYNTAX)
def test_wrong_syntax_is_told_in_plain_words(
    tmp_path: Path, text: str, line: int, message: str, cure: str
) -> None:
    folder = written(tmp_path, {"data.yaml": text})
    (problem,) = read(folder).problems
    assert problem.place == Place(folder / "data.yaml", line)
    assert message in problem.message
    assert cure in problem.cure


def test_an_answer_is_written_as_dedented(tmp_path: Path) -> None:
    answer = dedent("""\
        answer: |
              First.

                indented
        """).rstrip()
    problems, _ = problems_after(tmp_path, "data.yaml", ANSWER_BOTH, answer + "»")
    assert problems == ()
    assert load(tmp_path).entries["data-both"].answer == "First.\n\n  indented"


SHIPPED = Path(__file__).parents[1] / "knowledge"
GUIDE = SHIPPED / "README.md"


def test_the_shipped_faq_has_no_problems() -> None:
    assert [str(problem) for problem in read(SHIPPED).problems] == []


def blocks_of_yaml(text: str) -> list[str]:
    return [
        dedent(block)
        for block in re.findall(r"^ *```yaml\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    ]


def test_the_examples_of_the_guide_are_sound(tmp_path: Path) -> None:
    entry, sources, outside, exam, _ = blocks_of_yaml(GUIDE.read_text(encoding="utf-8"))
    files = {
        "data.yaml": DATA + "\n" + indent(entry, "  "),
        "sources.yaml": sources,
        "outside.yaml": outside,
    }
    folder = written(tmp_path, files)
    assert read(folder).problems == ()
    assert load(folder).entries["data-llm-languages"].related == ("data-llm",)
    questions = tmp_path / "my-questions.yaml"
    questions.write_text(exam, encoding="utf-8")
    assert read_exam([questions], load(SHIPPED).entries).problems == ()


def test_the_guide_quotes_what_the_checker_says(tmp_path: Path) -> None:
    said = {
        problem.message
        for row, (file, old, new, *_) in enumerate(ERRORS + WARNINGS)
        for problem in problems_after(tmp_path / str(row), file, old, new + "»")[0]
    }
    (tmp_path / "syntax").mkdir()
    for text, *_ in SYNTAX:
        said |= {p.message for p in read(written(tmp_path / "syntax", {"Da.yaml": text})).problems}
    (tmp_path / "syntax" / "Da.yaml").write_bytes(b"\xff")
    said |= {problem.message for problem in read(tmp_path / "syntax").problems}
    table = GUIDE.read_text(encoding="utf-8").split("| it says |")[1].split("\n## ")[0]
    quoted = re.findall(r"^\| (.+?) \|", table.split("\n", 2)[2], re.MULTILINE)
    assert len(quoted) > 20
    for message in quoted:
        pattern = ".+".join(map(re.escape, message.split("…")))
        assert any(re.fullmatch(pattern, one) for one in said), message
