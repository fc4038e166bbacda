"""One form for all knowledge files, which changes neither meaning nor comments."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.editing import EditError, stripped
from bot.knowledge.formatting import formatted
from bot.knowledge.reading import read
from bot.knowledge.skeletons import entry_skeleton, file_skeleton
from bot.knowledge.strict_yaml import parse
from tests.faq_files import DATA

SHIPPED = Path(__file__).parent.parent / "knowledge"
FILE = Path("data.yaml")
LOOSE = """\
# Head.
title: 'Data types'   # shown
summary: 'What it is'

entries:
  # The first.
  - id: "data-llm"     # never rename
    subject: 'llm'
    question: What is
      data?
    phrasings: [one more, 'say "it"', "so"]
    not:
      - 'plain' # with a comment
      - plainer

      # between
      - 'it''s'
    answer: "Text.\\n\\n- and **more**"
    sources: ["one", two]
    related:
      - "data-both"
  - id: data-both
    subject: both
    question: >
      Folded
      text?
    answer: 'Short.'  # stays
"""
TIDY = """\
# Head.
title: "Data types"   # shown
summary: "What it is"

entries:
  # The first.
  - id: data-llm     # never rename
    subject: llm
    question: "What is data?"
    phrasings:
      - "one more"
      - "say \\"it\\""
      - "so"
    not:
      - "plain" # with a comment
      - "plainer"

      # between
      - "it's"
    answer: |
      Text.

      - and **more**
    sources: [one, two]
    related:
      - data-both
  - id: data-both
    subject: both
    question: >
      Folded
      text?
    answer: "Short."  # stays
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_quotes_lists_and_answers_get_one_form(ending: str, mark: bytes) -> None:
    before = mark + LOOSE.replace("\n", ending).encode()
    after = mark + TIDY.replace("\n", ending).encode()
    assert formatted(before, FILE).decode() == after.decode()
    assert formatted(after, FILE) == after


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.yaml")), ids=lambda file: file.name)
def test_the_shipped_files_have_that_form(file: Path) -> None:
    assert formatted(file.read_bytes(), file) == file.read_bytes()


@pytest.mark.parametrize("data", [b"title: [", b"\xff", b"a: 1\na: 2\n"])
def test_a_file_with_mistakes_is_left_alone(data: bytes) -> None:
    with pytest.raises(EditError, match="mistakes in it"):
        formatted(data, FILE)


texts = st.text(min_size=1, max_size=30)


@settings(max_examples=300)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"id": texts, "question": texts, "answer": texts, "phrasings": st.lists(texts)}
        ),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from([None, "'", '"', "|"]),
    st.booleans(),
)
def test_the_meaning_is_never_changed(
    entries: list[dict[str, object]], style: str | None, flow: bool
) -> None:
    dumped = yaml.safe_dump(
        {"title": "T", "entries": entries},
        default_style=style,
        default_flow_style=flow,
        allow_unicode=True,
    ).encode()
    before = parse(dumped, FILE)
    try:
        made = formatted(dumped, FILE)
    except EditError:
        assert before.problems or before.root is None
        return
    after = parse(made, FILE)
    assert before.root
    assert after.root
    assert stripped(after.root.value) == stripped(before.root.value)
    assert formatted(made, FILE) == made


def test_a_skeleton_is_sound_but_must_be_filled_in(tmp_path: Path) -> None:
    (tmp_path / "energy.yaml").write_text(file_skeleton("energy"), encoding="utf-8")
    (tmp_path / "data.yaml").write_text(DATA + entry_skeleton("data"), encoding="utf-8")
    told = [str(problem) for problem in read(tmp_path).problems]
    for name, fields in (("energy", "title summary question answer"), ("data", "question answer")):
        for field in fields.split():
            assert [each for each in told if f"{name}.yaml" in each and field in each]
    assert not [each for each in told if "field `" in each]


def test_a_file_without_anything_stays_so() -> None:
    for data in (b"", b"# nothing yet\n"):
        assert formatted(data, FILE) == data
