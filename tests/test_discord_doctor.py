"""What admins are told of what keeps the bot from working well."""

from datetime import timedelta
from pathlib import Path

import discord
import pytest
import simcord

from bot.discord_app.desk.desk import Desk
from bot.knowledge.model import Dimension, KnowledgeBase
from bot.records.listening import Mode, ServerSettings
from bot.records.records import Records
from bot.replies.doctor import on_clock
from tests.simulated import WordForWord, World, open_world

SHIPPED = Path(__file__).parent.parent / "knowledge"


def admin(world: World) -> simcord.MemberActor:
    role = world.guild.create_role("Admin", permissions=discord.Permissions(manage_guild=True))
    return world.guild.add_member(world.env.create_user("ada"), roles=[role])


async def doctor(world: World) -> str:
    shown = (await admin(world).slash(world.lobby, "doctor")).response
    assert shown is not None
    assert shown.ephemeral
    return shown.content


def denied(*flags: str) -> discord.PermissionOverwrite:
    return discord.PermissionOverwrite(**dict.fromkeys(flags, False))


async def test_where_all_is_well_it_says_so(answerer: WordForWord, records: Records) -> None:
    async with open_world(answerer, records=records, desk=Desk(SHIPPED)) as world:
        told = await doctor(world)
    assert told.startswith("**All is well.**")
    assert told.count("\n") == told.count("✅")
    for words in ("in 2 channels", "I may read messages", "as they are", "files are sound"):
        assert words in told
    assert f"discord.py {discord.__version__}" in told


async def test_it_names_the_channels_where_it_lacks_a_permission(
    answerer: WordForWord, records: Records
) -> None:
    def closed(name: str, flag: str) -> simcord.ChannelHandle:
        return world.guild.create_text_channel(
            name, overwrites={world.guild.default_role: denied(flag)}
        )

    async with open_world(answerer, records=records, desk=Desk(SHIPPED)) as world:
        muted = closed("muted", "send_messages")
        mute = closed("mute", "send_messages")
        hidden = closed("hidden", "view_channel")
        posts = ("send_messages", "send_messages_in_threads", "read_message_history")
        forum = world.guild.create_forum_channel("forum")
        at_discord = world.client.get_channel(forum.id)
        assert isinstance(at_discord, discord.ForumChannel)
        await at_discord.edit(overwrites={at_discord.guild.default_role: denied(*posts)})
        told = await doctor(world)
        assert "There are 2 things to mend" in told
        assert f"I lack Send Messages in {muted.mention}, {mute.mention}. To mend it" in told
        lacked = "Read Message History and Send Messages in Threads"
        assert f"I lack {lacked} in {forum.mention}" in told
        assert "1 channel cannot be seen" in told
        settings = ServerSettings(world.guild.id).with_mode(Mode.SHADOW, {hidden.id})
        await records.servers.save(settings)
        assert f"I lack View Channel in {hidden.mention}" in await doctor(world)


async def test_it_says_what_is_missing_to_listen(answerer: WordForWord, records: Records) -> None:
    async with open_world(answerer, records=records, reads_messages=False) as world:
        world.client.records.servers.always = set()
        assert "need not as long as I listen to no channel" in await doctor(world)
        settings = ServerSettings(world.guild.id).with_mode(Mode.ON, {world.lobby.id})
        await records.servers.save(settings)
        assert "❌ I may not read messages" in await doctor(world)


async def test_commands_that_differ_from_those_at_discord_are_named(
    answerer: WordForWord, records: Records, knowledge: KnowledgeBase
) -> None:
    async with open_world(answerer, records=records) as world:
        other = Dimension("data", "Data types", "Says something else", ())
        new = Dimension("scenarios", "Scenarios", "Not synced yet", ())
        faq = KnowledgeBase((knowledge.dimensions[0], other, new))
        world.client.tree.plant(faq, desk_for_all=False)
        told = await doctor(world)
    assert "Discord lacks: data, scenarios; Discord still has: architecture, data" in told


async def test_files_that_are_broken_are_told_of(
    answerer: WordForWord, records: Records, tmp_path: Path
) -> None:
    (tmp_path / "data.yaml").write_text("title: [")
    async with open_world(answerer, records=records, desk=Desk(tmp_path)) as world:
        told = await doctor(world)
    assert "❌ The FAQ's files have 1 error, and are not used as they are. To mend it" in told


async def test_a_database_that_cannot_be_written_is_told_of(
    answerer: WordForWord, records: Records
) -> None:
    await records.servers.save(ServerSettings(1))
    file = Path(records.url.removeprefix("sqlite+aiosqlite:///"))
    async with open_world(answerer, records=records) as world:
        assert "The database can be written" in await doctor(world)
        assert await records.store.settings() == (ServerSettings(1),)
        await records.store.aclose()
        file.write_bytes(b"no database" * 1000)
        told = await doctor(world)
    assert f"❌ Nothing can be kept. The database {file} is damaged" in told


async def test_a_wrong_clock_is_told_of(
    answerer: WordForWord, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_world(answerer, records=records) as world:
        ada, right = admin(world), discord.utils.utcnow
        monkeypatch.setattr(discord.utils, "utcnow", lambda: right() - timedelta(seconds=60))
        shown = (await ada.slash(world.lobby, "doctor")).response
        assert shown
        assert "60 seconds behind Discord's. To mend it" in shown.content


@pytest.mark.parametrize(
    ("ahead", "words"), [(-5, "is right"), (5, "is right"), (6, "ahead of"), (-6, "behind")]
)
def test_a_clock_may_differ_by_what_discord_takes(ahead: float, words: str) -> None:
    assert words in on_clock(ahead).what


async def test_only_who_manages_the_server_sees_it(answerer: WordForWord, records: Records) -> None:
    async with open_world(answerer, records=records) as world:
        commands = await world.client.tree.fetch_commands()
        shown = next(command for command in commands if command.name == "doctor")
        world.guild.set_command_permissions(shown, {world.mia: True})  # visible is not allowed
        refused = (await world.mia.slash(world.lobby, "doctor")).response
        assert refused
        assert "Only members who may manage this server" in refused.content
