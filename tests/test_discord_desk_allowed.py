"""Who may change the FAQ: asked on every command, click and form."""

from pathlib import Path

import pytest
import simcord
from simcord.builders import ChannelHandle

from bot.discord_app.client import FaqClient
from bot.discord_app.desk.desk import Desk
from bot.records.listening import ServerSettings
from bot.records.records import Records
from tests.desk import Office, open_office, write_files

ONLY = "Only moderators can do that"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "faq")


def strip(office: Office, member: simcord.MemberActor) -> None:
    """Take all roles from a member."""
    backend = office.world.env.backend
    backend.get_guild(office.world.guild.id).members[member.id].role_ids.clear()


async def test_members_do_not_even_see_the_commands(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        seen = office.world.mia.available_commands(office.channel)
        assert not [each for each in seen if each.startswith(("faq ", "Teach"))]
        assert "faq add" in office.sam.available_commands(office.channel)


async def test_who_is_no_moderator_any_more_changes_nothing_and_keeps_the_text(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        before = office.text("data.yaml")
        await office.slash("edit", entry="data-llm")
        form = office.form()
        await office.write(**{**form, "answer": "One."})
        preview = office.shown
        strip(office, office.sam)
        await office.press("Save")
        assert ONLY in office.content
        office.shown = preview
        await office.press("Edit again")
        assert ONLY in office.content
        assert office.text("data.yaml") == before


async def test_a_form_of_one_who_may_no_longer_is_given_back(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        await office.slash("edit", entry="data-llm")
        form = office.form()
        strip(office, office.sam)
        await office.write(**{**form, "answer": "All my words."})
        assert ONLY in office.content
        assert "All my words." in await office.file("draft.txt")


async def test_a_role_chosen_in_the_settings_may_too(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        guild = office.world.guild
        editors = guild.create_role("Editors")
        eve = guild.add_member(office.world.env.create_user("eve"), roles=[editors])
        await records.servers.save(ServerSettings(guild.id, role=editors.id))
        await office.world.client.settings_changed()
        theirs = Office(office.world, folder, eve)
        await theirs.slash("edit", entry="data-llm")
        await theirs.write(**{**theirs.form(), "answer": "By an editor."})
        await theirs.press("Save")
        assert "By an editor." in office.text("data.yaml")
        others = Office(office.world, folder, office.world.mia)  # who sees the command now
        await others.slash("edit", entry="data-llm")
        assert ONLY in others.content
        await theirs.slash("edit", entry="data-llm")
        form = theirs.form()
        strip(office, eve)
        await theirs.write(**{**form, "answer": "Lost?"})
        assert "Lost?" in await theirs.file("draft.txt")


async def test_one_server_of_several_may_only_where_the_host_said_so(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        office.world.env.create_guild("Elsewhere")
        await office.slash("edit", entry="data-llm")
        assert "FAQ_MODERATOR_GUILDS" in office.content
        await office.slash("show", entry="data-llm")
        assert "LLMs learn from text" in office.content
        await office.press("Edit")
        assert "FAQ_MODERATOR_GUILDS" in office.content
        await office.slash("find", words="learn from")
        await office.choose("show", "data-llm")
        assert "LLMs learn from text" in office.content


async def test_a_server_that_is_named_may_among_several(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        guild = office.world.guild.id
        office.world.env.create_guild("Elsewhere")
        await office.world.restart(client(office, Desk(folder, guilds=frozenset({guild}))))
        await office.slash("edit", entry="data-llm")
        assert office.form()["question"]
        await office.world.restart(client(office, Desk(folder, guilds=frozenset({1}))))
        await office.slash("edit", entry="data-llm")
        assert "FAQ_MODERATOR_GUILDS" in office.content


async def test_nobody_presses_on_another_moderators_draft(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        await office.slash("edit", entry="data-llm")
        await office.write(**{**office.form(), "answer": "One."})
        token = office.custom_id("save").rpartition(":")[2]
        drafts = office.world.client.desk.drafts
        assert drafts.of(token, office.sam.id)
        assert drafts.of(token, office.world.mia.id) is None


async def test_a_form_sent_in_after_a_restart_is_given_back(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        await office.slash("edit", entry="data-llm")
        form = office.form()
        await office.world.restart(client(office, Desk(folder)))
        await office.write(**{**form, "answer": "All my words."})
        assert "I was restarted meanwhile" in office.content
        text = await office.file("draft.txt")
        assert "All my words." in text
        assert form["phrasings"] in text


async def test_a_draft_pressed_after_a_restart_is_still_there_to_copy(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        before = office.text("data.yaml")
        await office.slash("edit", entry="data-llm")
        await office.write(**{**office.form(), "answer": "All my words."})
        await office.world.restart(client(office, Desk(folder)))
        await office.press("Save")
        assert "I no longer have this draft" in office.note
        assert "All my words." in await office.file("draft.yaml")
        assert office.text("data.yaml") == before


async def test_a_form_that_cannot_be_answered_is_given_back_in_another_way(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        fail = office.world.env.inject_error

        async def send_in(answer: str) -> None:
            await office.slash("edit", entry="data-llm")
            form = office.form()
            fail("POST", "/interactions/*/*/callback", status=400, code=0, times=times)
            await office.write(**{**form, "answer": answer})

        times = 1
        await send_in("Given back as a reply.")
        assert "Given back as a reply." in await office.file("draft.txt")
        times = 2
        await send_in("Given back as a second message.")
        assert "Given back as a second message." in await office.file("draft.txt")
        fail("POST", "/webhooks/*/*", status=404, code=10015, times=1)
        await send_in("Given back as a direct message.")
        backend = office.world.env.backend
        channel = backend.get_dm_channel(office.sam.id)
        (message,) = ChannelHandle(office.world.env, None, channel).history()
        assert "direct message." in (await message.attachments[0].read()).decode()


def client(office: Office, desk: Desk) -> FaqClient:
    old = office.world.client
    return FaqClient(old.answerer, old.records, reads_messages=True, desk=desk)
