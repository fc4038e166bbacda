"""The benchmark on other knowledge bases runs, and what it leaves out is really left out."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from click import UsageError
from click.testing import CliRunner

from bot.matching.matcher import Matcher
from tests.benchmarks import intents
from tests.benchmarks.intents import Intents, Worth
from tests.benchmarks.measures import calibration_error
from tests.benchmarks.variants import WITHOUT, without
from tests.extras import needs_the_benchmark_extra
from tests.small_faq import FAQ

COLOURS, ANIMALS = ("red", "green", "blue", "white"), ("cats", "dogs", "birds", "horses")
MADE = Intents(
    {
        animal: [f"where do {animal} live", f"do {colour} {animal} sleep", f"{animal} for sale"]
        for animal, colour in zip(ANIMALS, COLOURS, strict=True)
    },
    tuple((f"tell me where {animal} sleep", animal) for animal in ANIMALS),
    tuple((f"were do {animal}x sleep", animal) for animal in ANIMALS),
    ("what is the time", "play some music", "zzz"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "made.json"
    data = {"train": MADE.train, "dev": MADE.dev, "dev_typo": MADE.typos, "dev_oos": MADE.outside}
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


def test_a_file_is_read(file: Path) -> None:
    assert intents.read(file) == MADE


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"train": {}, "dev": [1]}'])
def test_a_file_in_another_form_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "made.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"made\.json cannot be used"):
        intents.read(file)


def test_what_is_not_drawn_is_outside() -> None:
    drawn = MADE.drawn((2, 1), 4, Random(1))
    assert len(drawn.train) == 2
    assert all(len(wordings) == 1 for wordings in drawn.train.values())
    assert {entry for _, entry in (*drawn.dev, *drawn.typos)} == set(drawn.train)
    asked = {text for text, entry in MADE.dev if entry not in drawn.train}
    assert set(drawn.outside) == asked | set(MADE.outside)
    assert MADE.drawn((2, 1), 0, Random(1)) == replace(drawn, outside=MADE.outside)


@pytest.mark.parametrize("make", [intents.ours, intents.set_ratio])
def test_matchers_find_the_entries(make: intents.Make) -> None:
    found = intents.worth(make(MADE), MADE)
    assert (found.first, found.auroc) == (1, 1)


@needs_the_benchmark_extra
def test_the_textbook_finds_the_entries() -> None:
    found = intents.worth(intents.textbook(MADE), MADE)
    assert (found.first, found.typos, found.auroc) == (1, 1, 1)


@pytest.mark.parametrize("idea", WITHOUT)
def test_leaving_an_idea_out_changes_something_until_it_is_back(idea: str) -> None:
    texts = ["what dta do language model learn from zzz", "how are large language models trained"]

    def found() -> list[float]:
        matcher = Matcher(FAQ)
        candidates = [each for text in texts for each in matcher.rank(text).candidates]
        return [value for each in candidates for value in (each.score, each.confidence)]

    before = found()
    with without(idea):
        assert found() != pytest.approx(before, abs=1e-4)
    assert found() == before


def test_the_calibration_error_is_the_gap_between_stated_and_true() -> None:
    assert calibration_error([1.0, 1.0], [True, True], [0.0]) == 0
    assert calibration_error([0.95, 0.95], [True, False], [0.05]) == pytest.approx(
        0.5 * 0.45 + 0.5 * 0.05
    )


@needs_the_benchmark_extra
def test_the_program_prints_its_tables(file: Path) -> None:
    with patch.multiple(intents, SIZES=((4, 3), (2, 3)), MORE_SIZES=((4, 2),), DRAWS=2):
        result = CliRunner().invoke(intents.main, [str(file), "--markdown"])
    assert result.exit_code == 0, result.output
    for said in (
        "| textbook |",
        "| 4 × 3 |",
        "| 4 × 2 |",
        "| letters |",
        "rapidfuzz token_set_ratio",
    ):
        assert said in result.output


def test_means_are_of_each_figure() -> None:
    one, other = Worth(1, 1, 1, 0, 0, 0), Worth(0, 1, 0, 0, 1, 0)
    assert intents.mean([one, other]) == Worth(0.5, 1, 0.5, 0, 0.5, 0)
