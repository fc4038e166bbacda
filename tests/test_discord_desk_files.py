"""Reading anew, checking, taking along and bringing back, from Discord."""

import csv
import io
import zipfile
from pathlib import Path

import pytest

from bot.curating.exchanging import as_csv, as_zip
from bot.discord_app.desk.desk import Desk
from bot.knowledge.reading import load
from bot.records.records import Records
from tests.desk import Office, open_office, write_files
from tests.faq_files import BROKEN, DATA

OTHER = """\
title: "Energy"
summary: "What each one uses up"
entries:
  - id: energy-llm
    subject: llm
    question: "How much electricity goes into a chatbot?"
    phrasings: ["power consumption", "watt hours per reply"]
    answer: |
      Some.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "faq")


def state(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


async def attached(office: Office, name: str) -> bytes:
    (found,) = [each for each in office.message.attachments if each.filename == name]
    return await found.read()


async def test_what_was_exported_comes_back_as_it_was(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        before = state(folder)
        for form in ("zip", "csv"):
            await office.slash("export", form=form)
            made = await attached(office, f"faq.{form}")
            await office.slash("import", file=(f"faq.{form}", made))
            assert "That changes nothing" in office.note
        assert state(folder) == before


async def test_an_import_is_shown_as_a_diff_then_saved_whole_and_undone(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        before = state(folder)
        changed = DATA.replace("LLMs learn from text.", "LLMs learn from many texts.")
        other = OTHER
        made = as_zip({"x/data.yaml": changed.encode(), "x/energy.yaml": other.encode()})
        await office.slash("import", file=("faq.zip", made))
        assert "To be imported" in office.note
        assert "energy.yaml, data.yaml" in office.note or "data.yaml, energy.yaml" in office.note
        diff = await office.file("changes.diff")
        assert "+      LLMs learn from many texts." in diff
        assert state(folder) == before
        await office.press("Save")
        assert (folder / "energy.yaml").read_text(encoding="utf-8") == other
        assert "many texts" in await office.answer("training text of LLMs")
        await office.press("Undo")
        assert state(folder) == before


async def test_a_spreadsheet_changes_only_what_it_changes(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        before = state(folder)
        rows = list(csv.reader(io.StringIO(as_csv(load(folder)).decode("utf-8-sig"), newline="")))
        row = next(row for row in rows if row[0] == "overview-llm")
        row[4] += "\nwhat LLM means"
        made = io.StringIO(newline="")
        csv.writer(made, delimiter=";").writerows([rows[0], row])
        await office.slash("import", file=("mine.CSV", made.getvalue().encode()))
        await office.press("Save")
        old = before["overview.yaml"].decode()
        assert office.text("overview.yaml") != old
        assert "what LLM means" in office.text("overview.yaml")
        assert "# Mind the wording." in office.text("overview.yaml")
        assert state(folder)["data.yaml"] == before["data.yaml"]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("faq.txt", b"hello", "I can take a .zip or a .csv"),
        ("faq.zip", b"no zip at all", "This zip cannot be opened"),
        ("faq.zip", as_zip({"notes.md": b"nothing"}), "There is no .yaml file in this zip"),
        ("faq.zip", as_zip({f"f{n}.yaml": b"a" for n in range(61)}), "61 files in this zip"),
        ("faq.zip", as_zip({"big.yaml": b" " * (2**20 + 1)}), "is larger than"),
        ("faq.zip", as_zip({"a/data.yaml": b"a", "b/data.yaml": b"b"}), "have the same name"),
        ("faq.csv", b"\xff\xfe", "not UTF-8"),
        ("faq.csv", b"a,b\n1,2\n", "there is no 'id'"),
        ("faq.csv", b"id,dimension,subject,question,answer\nx,data,cats,Q,A\n", "'cats'"),
        ("faq.csv", b"id,dimension,subject,question,answer\nx,zoo,llm,Q,A\n", "'zoo'"),
        ("faq.csv", b"id,dimension,subject,question,answer\n,data,llm,Q,A\n", "there is no id"),
        (
            "faq.csv",
            b"id,dimension,subject,question,answer\nx,data,llm,Q,A\nx,data,llm,Q,A\n",
            "is there twice",
        ),
    ],
)
async def test_what_cannot_be_imported_is_told_with_its_cure(
    folder: Path, records: Records, name: str, data: bytes, told: str
) -> None:
    async with open_office(folder, records) as office:
        before = state(folder)
        await office.slash("import", file=(name, data))
        assert told in office.note
        assert "Save" not in office.labels
        assert state(folder) == before


@pytest.mark.parametrize(
    "name", ["../../energy.yaml", "/etc/energy.yaml", "..\\energy.yaml", "C:\\x\\energy.yaml"]
)
async def test_a_zip_cannot_write_outside_the_folder(
    folder: Path, records: Records, name: str
) -> None:
    async with open_office(folder, records) as office:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr(name, OTHER)
            archive.writestr(".hidden.yaml", "x")
        await office.slash("import", file=("faq.zip", made.getvalue()))
        await office.press("Save")
        assert (folder / "energy.yaml").read_text(encoding="utf-8") == OTHER
        assert set(state(folder)) == {
            "data.yaml",
            "energy.yaml",
            "overview.yaml",
            "vocabulary.yaml",
        }
        assert not list(folder.parent.glob("*.yaml"))


async def test_an_import_with_mistakes_is_not_saved(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        made = as_zip({"overview.yaml": BROKEN.encode()})
        await office.slash("import", file=("faq.zip", made))
        assert "This cannot be saved yet" in office.note
        assert "`overview.yaml:11`" in office.note
        assert "Save" not in office.labels


async def test_files_changed_since_the_preview_are_not_overwritten(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        made = as_zip({"data.yaml": DATA.replace("from text", "from books").encode()})
        await office.slash("import", file=("faq.zip", made))
        by_hand = DATA.replace("from text", "from hand")
        (folder / "data.yaml").write_text(by_hand, encoding="utf-8")
        await office.press("Save")
        assert "data.yaml has been changed meanwhile: import again" in office.note
        assert office.text("data.yaml") == by_hand


async def test_reload_uses_what_is_in_the_files_now(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        await office.slash("reload")
        assert "as they were" in office.note
        changed = DATA.replace("from text", "from books")
        (folder / "data.yaml").write_text(changed, encoding="utf-8")
        await office.slash("reload")
        assert "read anew: 4 entries" in office.note
        assert "from books" in await office.answer("training text of LLMs")
        (folder / "overview.yaml").write_text(BROKEN, encoding="utf-8")
        await office.slash("reload")
        assert "`overview.yaml:11`" in office.note
        assert "from books" in await office.answer("training text of LLMs")


async def test_reload_holds_back_what_steals_where_the_host_is_strict(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records, desk=Desk(folder, strict=True)) as office:
        stolen = DATA.replace('"training text of LLMs"', '"what is an LLM then"')
        (folder / "data.yaml").write_text(stolen, encoding="utf-8")
        await office.slash("reload")
        assert "FAQ_STRICT_RELOAD" in office.note
        assert "`what is an LLM then`" in office.note
        assert "LLMs learn from text" not in await office.answer("what is an LLM then")
        await office.press("Use them anyway")
        assert "LLMs learn from text" in await office.answer("what is an LLM then")


async def test_check_tells_problems_with_file_and_line(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        await office.slash("check")
        assert "0 errors" in office.note
        assert "4 entries" in office.note
        assert "phrasings" in await office.file("problems.txt")
        assert str(folder.parent) not in await office.file("problems.txt") + office.note
        (folder / "overview.yaml").write_text(BROKEN, encoding="utf-8")
        await office.slash("check")
        assert "`overview.yaml:11`" in office.note
        assert str(folder.parent) not in await office.file("problems.txt") + office.note
