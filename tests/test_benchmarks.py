"""The benchmarks still run, and the README has the figures that they make."""

import json
import re
from pathlib import Path

import pytest
from click import UsageError
from click.testing import CliRunner
from rich.progress import Progress

from bot.answering import Policy
from bot.exam.marking import Verdict
from bot.exam.summary import summarise
from bot.knowledge.exam_rows import ExamRow
from bot.knowledge.model import Place, Subject
from tests.benchmarks import __main__ as both
from tests.benchmarks import contenders, quality, readme, running, speed
from tests.benchmarks.corpus import Ranked
from tests.benchmarks.quality import Answered, Measured, Quality
from tests.benchmarks.speed import SHIPPED, SIZES, Speed
from tests.benchmarks.speed_of import Spent, Timing, timed
from tests.benchmarks.tables import Table, lines, markdown
from tests.extras import needs_the_benchmark_extra
from tests.small_faq import make_entry, make_faq

FAQ = make_faq(
    make_entry(
        "data-llm", Subject.LLM, ["What data do LLMs learn from?", "the training texts of LLMs"]
    ),
    make_entry("cost-llm", Subject.LLM, ["What does an LLM cost?", "price of a language model"]),
    make_entry("risk-ai", Subject.BOTH, ["Is AI a danger?", "what are the risks of it"]),
    outside={"cooking": ["how do I boil an egg", "a recipe for soup"]},
)
PLACE = Place(Path("exam.yaml"), 1)
ROWS = (
    ExamRow("what dta do LLMs learn from", ("data-llm",), "plain", PLACE),
    ExamRow("the price of an LLM", ("cost-llm",), "plain", PLACE),
    ExamRow("how do I boil an egg", (), "near", PLACE),
    ExamRow("good morning", (), "chatter", PLACE),
)


def quiet() -> Progress:
    return Progress(disable=True)


# The programs


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            name, marks=() if name.startswith(("this", "rapidfuzz")) else needs_the_benchmark_extra
        )
        for name in contenders.NAMES
    ],
)
def test_every_matcher_finds_its_own_wordings(name: str) -> None:
    contender = contenders.maker(name)(FAQ)
    for entry in FAQ.entries.values():
        ranked = contender.rank(entry.question)
        assert ranked.entries[0] == entry.id
        assert ranked.score > 0
    assert contender.rank("how do I boil an egg").score == 0
    assert contender.rank("zzz").score < contender.rank("What does an LLM cost?").score
    assert contender.first("What does an LLM cost?") is not None


def test_quality_is_measured() -> None:
    names = (contenders.OURS, contenders.SET_RATIO)
    found = quality.measure(FAQ, ROWS, names, quiet())
    ours = found.measured[0]
    assert (ours.first, ours.three, ours.auroc) == (1, 1, 1)
    assert ours.answered[0] == Answered(right=1, wrong=0)
    assert found.exam.rows == len(ROWS)
    assert found.exam.by_kind["near"] == {Verdict.LEFT_ALONE: 1}
    assert "this bot" in markdown(quality.tables(found))


def test_what_only_equals_the_threshold_is_not_answered() -> None:
    ranked = [
        Ranked(("data-llm", "cost-llm"), 0.9),
        Ranked(("risk-ai", "cost-llm"), 0.5),
        Ranked(("risk-ai",), 0.5),
        Ranked((), 0.0),
    ]
    found = quality.worth("any", ROWS, ranked)
    assert (found.first, found.three, found.auroc) == (0.5, 1, 0.875)
    assert found.answered == (Answered(right=0.5, wrong=0), Answered(right=0.5, wrong=0))


def test_speed_is_measured_in_a_process_of_its_own() -> None:
    found = speed.measure(quiet(), [SHIPPED], [contenders.OURS, contenders.SET_RATIO], 3)
    ours, fuzzy = found.timings[SHIPPED]
    assert ours.asking.calls == fuzzy.asking.calls == 3
    assert ours.completing is not None
    assert fuzzy.completing is None
    for timing in (ours, fuzzy):
        assert timing.wordings > 4000
        assert timing.built > 0
        assert 0 < timing.asking.median <= timing.asking.p99
    assert ours.peak >= ours.adds > 0 or ours.faq == 0  # 0: the system does not tell
    assert [row[0] for row in speed.timed(found).rows] == [ours.name, fuzzy.name]


def test_a_promise_is_kept_up_to_its_limit() -> None:
    kept = {row[0]: row[3] for row in speed.promised(SPEED).rows}
    assert len(kept) == len(speed.PROMISES) == 7
    assert kept["building, 4,000 wordings"] == "yes"  # 0.4 s of 0.4
    assert kept["a question, mean, 4,000 wordings"] == "no"  # 0.6 ms of 0.5
    assert kept["a completion, mean, 150,000 wordings"] == "no"  # 6 ms of 5
    assert kept["memory added, 150,000 wordings"] == "yes"  # 20 MB of 300


def test_the_warm_up_does_not_count() -> None:
    asked: list[str] = []
    assert timed(asked.append, ["a", "b", "c"]).calls == 2
    assert asked == ["a", "b", "c"]


@needs_the_benchmark_extra
def test_the_program_compares_all_matchers_on_rows_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    rows = [
        {"ask": "is chatgpt an llm", "expect": ["overview-chatgpt"]},
        {"ask": "x", "expect": []},
    ]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ran = CliRunner().invoke(quality.main, [str(file)])
    assert ran.exit_code == 0, ran.output
    assert all(name in ran.stdout for name in contenders.NAMES)


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "missing", lambda: ("bm25s",))
    for program in (quality.main, speed.main, both.main):
        ran = CliRunner().invoke(program)
        assert ran.exit_code == 2
        assert "bm25s must be installed" in ran.output
        assert "pip install -e '.[benchmark]'" in ran.output


def test_rows_of_one_sort_only_cannot_be_used(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text('{"ask": "x", "expect": []}', encoding="utf-8")
    with pytest.raises(UsageError, match="are both needed"):
        running.exam_rows((file,), FAQ.entries)


def test_what_is_wrong_with_rows_is_told(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text('{"ask": "x", "expect": ["nowhere"]}', encoding="utf-8")
    with pytest.raises(UsageError, match=r"mine\.jsonl:1: there is no entry"):
        running.exam_rows((file,), FAQ.entries)


# Tables and the README


def test_a_table_becomes_markdown() -> None:
    table = Table("T", ("a", "b"), (("c", "1"), ("d", "2")), "n")
    assert lines(table) == "| a | b |\n| --- | ---: |\n| c | 1 |\n| d | 2 |\n"
    assert markdown([table]).startswith("### T\n\nn\n\n| a | b |\n")


QUALITY = Quality(
    tuple(
        Measured(name, 0.5, 0.6, 0.7, (Answered(0.1, 0.2), Answered(0.3, 0.4)))
        for name in contenders.NAMES
    ),
    summarise([], FAQ, Policy()),
)
SPEED = Speed(
    {
        size: tuple(
            Timing(
                name=name,
                wordings=size or 4_000,
                entries=400,
                built=0.4,
                faq=50,
                adds=20,
                peak=30,
                asking=Spent(9, 0.6, 0.5, 2.5),
                completing=Spent(9, 6, 5, 9),
            )
            for name in contenders.TIMED
        )
        for size in SIZES
    }
)


def form(text: str) -> str:
    """`text` without its figures, its line breaks and the versions that it was made with."""
    return re.sub(r"\d[\d.,]*", "#", " ".join(text.split())).partition("Measured with")[0]


def test_the_readmes_figures_have_the_form_that_the_benchmark_gives_them() -> None:
    document = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    written = readme.part(document)
    assert form(written) == form(readme.made(QUALITY, SPEED))


def test_only_what_stands_between_the_marks_is_rewritten() -> None:
    before = f"# A\n\n{readme.BEGIN}\nof yesterday\n{readme.END}\n\nb\n"
    after = readme.rewritten(before, QUALITY, SPEED)
    assert after.startswith(f"# A\n\n{readme.BEGIN}\n\nOur own exam")
    assert after.endswith(f"\n\n{readme.END}\n\nb\n")
    assert "of yesterday" not in after
    assert readme.rewritten(after, QUALITY, SPEED) == after


@needs_the_benchmark_extra
def test_a_document_without_marks_is_refused_before_anything_is_measured(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("# A\n", encoding="utf-8")
    ran = CliRunner().invoke(both.main, ["--write", str(file)])
    assert ran.exit_code == 2
    assert readme.BEGIN in ran.output
