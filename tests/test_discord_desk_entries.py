"""Adding, editing and removing entries from Discord."""

from pathlib import Path

import pytest
import simcord

from bot.records.records import Records
from tests.desk import Office, moderator, open_office, write_files

QUESTION = "Do LLMs read whole books?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "faq")


async def test_a_new_entry_is_previewed_saved_and_live(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        before = office.text("data.yaml")
        await office.slash("add", dimension="data", subject="llm")
        assert set(office.form()) == {"question", "phrasings", "answer", "sources", "related"}
        await office.write(
            question=f" {QUESTION} ",
            phrasings="are books in the training text\n\n  novels for a chatbot ",
            answer="Yes, **many** books.",
            sources="",
            related="data-llm",
        )
        assert office.content.startswith(f"**{QUESTION}**\nYes, **many** books.")
        assert "To be added" in office.note
        assert "No problems found." in office.note
        assert office.labels == [
            "Which data do LLMs learn from?", "Save", "Edit again", "Must not answer …", "Cancel"
        ]  # fmt: skip
        assert office.text("data.yaml") == before
        await office.press("Save")
        assert "It is live." in office.note
        assert office.labels == ["Undo"]
        added = office.text("data.yaml").removeprefix(before)
        assert added == (
            "\n"
            "  - id: data-llms-read-whole-books\n"
            "    subject: llm\n"
            f'    question: "{QUESTION}"\n'
            "    phrasings:\n"
            '      - "are books in the training text"\n'
            '      - "novels for a chatbot"\n'
            "    answer: |\n"
            "      Yes, **many** books.\n"
            "    related: [data-llm]\n"
        )
        assert "Yes, **many** books." in await office.answer("novels for a chatbot")


async def test_an_edit_changes_its_own_lines_only(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        before = office.text("overview.yaml")
        await office.slash("edit", entry="overview-llm")
        form = office.form()
        assert form["question"] == "What is an LLM?"
        assert form["phrasings"] == "explain LLMs\ndefine LLM"
        assert form["answer"] == "An LLM works with text:\n\n- it reads,\n- it writes."
        assert form["related"] == "overview-both"
        await office.write(**{**form, "answer": "An LLM works with words."})
        await office.press("Save")
        assert office.text("overview.yaml") == before.replace(
            "      An LLM works with text:\n\n      - it reads,\n      - it writes.\n",
            "      An LLM works with words.\n",
        )
        assert "works with words" in await office.answer("define LLM")


async def test_dimension_and_subject_are_chosen_on_the_preview(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        await office.slash("edit", entry="overview-both")
        await office.write(**office.form())
        assert "That changes nothing" in office.note
        await office.slash("edit", entry="overview-both")
        await office.write(**{**office.form(), "answer": "They differ."})
        await office.choose("dimension", "data")
        await office.choose("subject", "llm")
        await office.press("Save")
        assert "overview-both\n" not in office.text("overview.yaml").replace("[overview-both]", "")
        assert 'subject: llm\n    question: "How do' in office.text("data.yaml")


async def test_what_must_not_be_answered_has_a_form_of_its_own(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        await office.slash("edit", entry="data-llm")
        await office.write(**{**office.form(), "answer": "From text."})
        await office.press("Must not answer …")
        assert office.form() == {"not": ""}
        await office.write(**{"not": "which data does a GAN learn from"})
        await office.press("Edit again")
        assert office.form()["answer"] == "From text."
        await office.write(**office.form())
        await office.press("Save")
        assert '    not:\n      - "which data does a GAN learn from"\n' in office.text("data.yaml")


async def test_what_the_checker_finds_keeps_it_from_being_saved(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        await office.slash("edit", entry="data-llm")
        await office.write(
            **{**office.form(), "related": "no-such-entry", "phrasings": "define LLM"}
        )
        assert "This cannot be saved yet" in office.note
        assert "there is no entry `no-such-entry`" in office.note.replace('"', "`")
        assert "`data.yaml:" in office.note
        assert "Save" not in office.labels
        assert '"define LLM"' in await office.file("draft.yaml")
        await office.press("Edit again")
        await office.write(**{**office.form(), "related": "", "phrasings": "text for LLMs"})
        await office.press("Save")
        assert '"text for LLMs"' in office.text("data.yaml")


async def test_a_collision_names_both_and_is_saved_only_by_those_who_insist(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        await office.slash("edit", entry="data-llm")
        await office.write(**{**office.form(), "phrasings": "what is an LLM then"})
        for words in ("`what is an LLM then`", "`data-llm`", "`overview-llm`", "% likely"):
            assert words in office.note
        assert "Save" not in office.labels
        assert "Save anyway" in office.labels
        preview = office.shown
        await office.press("See overview-llm")
        assert "An LLM works with text" in office.content
        office.shown = preview
        await office.press("Save anyway")
        assert "what is an LLM then" in office.text("data.yaml")


async def test_nothing_is_saved_by_those_who_cancel(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        before = office.text("data.yaml")
        await office.slash("edit", entry="data-llm")
        await office.write(**{**office.form(), "answer": "From text."})
        await office.press("Cancel")
        assert "Nothing was changed" in office.note
        assert not office.labels
        assert office.text("data.yaml") == before


async def test_an_entry_is_removed_also_from_what_is_related(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        await office.slash("remove", entry="overview-both")
        assert "To be removed" in office.note
        assert "One is a branch of the other." in office.content
        await office.press("Remove")
        assert "overview-both" not in office.text("overview.yaml")
        assert "# Mind the wording." in office.text("overview.yaml")
        assert "branch of the other" not in await office.answer("generative AI versus LLMs")


async def test_an_entry_is_shown_with_all_that_belongs_to_it(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        await office.slash("show", entry="overview-llm")
        assert "An LLM works with text" in office.content
        for words in (
            "`overview-llm`",
            "`overview.yaml`",
            "`define LLM`",
            "**Related** overview-both",
        ):
            assert words in office.note
        await office.press("Edit")
        assert office.form()["question"] == "What is an LLM?"
        await office.slash("show", entry="nothing of the kind")
        assert "There is no such entry" in office.content


async def test_entries_are_found_by_words_and_ids(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        await office.slash("find", words="branch of the other")
        assert "overview-both" in office.options("faqdesk:show")
        await office.choose("show", "overview-both")
        assert "One is a branch" in office.content
        await office.slash("find", words="zzzzz")
        assert "No entry has these words" in office.note
        choices = await office.sam.autocomplete(office.channel, "faq edit", "entry", "data")
        assert choices[0]["value"] == "data-llm"


async def test_two_moderators_on_different_entries_do_not_get_in_each_others_way(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        await office.slash("edit", entry="overview-llm")
        await office.write(**{**office.form(), "answer": "One."})
        other = Office(office.world, folder, another(office))
        await other.slash("edit", entry="overview-generative-ai")
        await other.write(**{**other.form(), "answer": "Another."})
        await other.press("Save")
        await office.press("Save")
        text = office.text("overview.yaml")
        assert "      One.\n" in text
        assert "      Another.\n" in text
        assert "One." in await office.answer("define LLM")
        assert "Another." in await office.answer("define generative AI")


async def test_two_moderators_on_one_entry_lose_nothing(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        await office.slash("edit", entry="overview-llm")
        form = office.form()
        await office.write(**{**form, "answer": "One."})
        other = Office(office.world, folder, another(office))
        await other.slash("edit", entry="overview-llm")
        await other.write(**{**form, "answer": "Another."})
        await other.press("Save")
        await office.press("Save")
        assert "changed this entry meanwhile" in office.note
        assert "Another." in await office.file("as-it-is-now.yaml")
        assert "One." in await office.file("yours.yaml")
        assert "      Another.\n" in office.text("overview.yaml")
        await office.press("Edit again")
        assert office.form()["answer"] == "One."
        await office.write(**{**form, "answer": "Another one."})
        await office.press("Save")
        assert "      Another one.\n" in office.text("overview.yaml")


async def test_an_edit_by_hand_meanwhile_is_merged_or_told(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        await office.slash("edit", entry="overview-llm")
        form = office.form()
        await office.write(**{**form, "answer": "One."})
        file = folder / "overview.yaml"
        file.write_text(office.text("overview.yaml").replace("branch", "twig"), encoding="utf-8")
        await office.press("Save")
        assert "twig" in office.text("overview.yaml")
        assert "      One.\n" in office.text("overview.yaml")
        await office.slash("edit", entry="overview-llm")
        await office.write(**{**form, "answer": "Two."})
        file.write_text(office.text("overview.yaml").replace("One.", "By hand."), encoding="utf-8")
        await office.press("Save")
        assert "changed this entry meanwhile" in office.note
        assert "By hand." in office.text("overview.yaml")


def another(office: Office) -> simcord.MemberActor:
    return moderator(office.world, "max")


async def test_what_has_become_wrong_since_the_preview_is_shown_before_it_is_saved(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        await office.slash("edit", entry="data-llm")
        await office.write(**{**office.form(), "phrasings": "corpora of books"})
        assert "Save" in office.labels
        overview = office.text("overview.yaml")
        taken = overview.replace('"define LLM"', '"define LLM", "corpora of books"')
        assert taken != overview
        (folder / "overview.yaml").write_text(taken, encoding="utf-8")
        before = office.text("data.yaml")
        await office.press("Save")
        assert "This cannot be saved yet" in office.note
        assert "Save" not in office.labels
        assert office.text("data.yaml") == before
        (folder / "overview.yaml").write_text(overview, encoding="utf-8")
        await office.press("Edit again")
        await office.write(**office.form())
        await office.press("Save")
        assert "corpora of books" in office.text("data.yaml")


async def test_a_preview_that_had_to_make_room_is_shown_anew_when_it_is_to_be_saved(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        await office.slash("edit", entry="data-llm")
        await office.write(**{**office.form(), "answer": "One."})
        first = office.shown
        for entry in ("overview-llm", "overview-both"):
            await office.slash("edit", entry=entry)
            await office.write(**{**office.form(), "answer": "Other."})
        office.shown = first
        before = office.text("data.yaml")
        await office.press("Save")
        assert "Nothing is saved yet" in office.note
        assert office.text("data.yaml") == before
        await office.press("Save")
        assert "One." in office.text("data.yaml")
