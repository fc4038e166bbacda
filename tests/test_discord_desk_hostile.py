"""Whatever is written into the forms: the files stay sound, the screens are what Discord takes."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge.reading import load
from bot.records.records import Records
from tests.desk import open_office, write_files
from tests.simulated import unkept


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "faq")


HOSTILE = (
    "@everyone <@&1> <@1> <#1> </faq:1>",
    "```\n``` `x` **b** ||s|| [l](https://e.example) > q\n# h",
    "\u202eevil\u2066 z\u0300\u0301\u0302 \u200b\u200d\ufeff",
    "!!python/object/apply:os.system ['true']\n- &a *a {b: c} # d",
    "\"\"\"''' \\ \\n \\x00 \x00 \x1b[2J \x7f \ud800",
    "<<: *x\n---\n...\n%YAML 9\n? a\n: b\n\t- c",
    "a\rb\u2028c\u0085d",
    "\U0001f600" * 700,
    "x" * 1500,
    "9" * 500,
    "data-llm\ndata-llm\noverview-llm\n" * 20,
    " \n \n",
)


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_hostile_text_in_every_field(folder: Path, records: Records, text: str) -> None:
    async with open_office(folder, records) as office:
        for name in ("question", "phrasings", "answer", "sources", "related"):
            await office.slash("edit", entry="overview-llm")
            longest = {"question": 200, "answer": 1500}.get(name, 4000)
            await office.write(**{**office.form(), name: text[:longest]})
            for label in ("Save", "Save anyway"):
                if label in office.labels:
                    await office.press(label)
                    break
            await office.slash("show", entry="overview-llm")
            await office.slash("history")
            await office.slash("explain", question=text[:300].strip() or "x")
            await office.slash("find", words=text[:100].strip() or "x")
        assert {each.id for each in load(folder).entries.values()} >= {"overview-llm", "data-llm"}
        for name in ("overview.yaml", "data.yaml"):
            assert "# Mind the wording." in office.text("overview.yaml")
            assert office.text(name).startswith("title:")


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    question=st.text(min_size=1, max_size=200),
    phrasings=st.text(max_size=300),
    answer=st.text(min_size=1, max_size=300),
    related=st.text("ab-\n,. ", max_size=60),
)
def test_any_text_at_all(
    folder: Path, question: str, phrasings: str, answer: str, related: str
) -> None:
    async def write_it() -> None:
        async with open_office(folder, unkept()) as office:
            await office.slash("add", dimension="data")
            await office.write(
                question=question, phrasings=phrasings, answer=answer, sources="", related=related
            )
            for label in ("Save", "Save anyway"):
                if label in office.labels:
                    await office.press(label)
                    break

    asyncio.run(write_it())
    assert "data-llm" in load(folder).entries
