"""Where and how the bot listens, chosen by those who manage the server."""

from contextlib import aclosing

import discord
import pytest
import simcord

from bot.discord_app.settings_screen import changed
from bot.records.listening import Care, Mode, ServerSettings
from bot.records.records import Records
from bot.records.voters import Voters
from tests.simulated import WordForWord, World, open_world

QUESTION = "Which architecture do LLMs use?"


def admin(world: World) -> simcord.MemberActor:
    role = world.guild.create_role("Admin", permissions=discord.Permissions(manage_guild=True))
    return world.guild.add_member(world.env.create_user("ada"), roles=[role])


async def screen(world: World, member: simcord.MemberActor) -> simcord.ResponseMessage:
    shown = await member.slash(world.lobby, "settings listening")
    assert shown.response is not None
    assert shown.response.ephemeral
    return shown.response


async def test_a_choice_is_saved_at_once_and_shown(answerer: WordForWord, records: Records) -> None:
    async with open_world(answerer, records=records) as world:
        ada = admin(world)
        shown = await screen(world, ada)
        assert "Answering in: nowhere" in shown.content
        await ada.select(shown, [world.ask_ai], custom_id="faqset:on")
        await ada.select(shown, [world.lobby], custom_id="faqset:shadow")
        await ada.select(shown, ["strict"], custom_id="faqset:care")
        await ada.select(shown, ["60"], custom_id="faqset:delay")
        again = Records(records.url, Voters(b"key"))
        async with aclosing(again):
            await again.load()
            assert again.servers.of(world.guild.id) == ServerSettings(
                world.guild.id,
                {world.ask_ai.id: Mode.ON, world.lobby.id: Mode.SHADOW},
                Care.STRICT,
                60,
            )
        shown = await screen(world, ada)
        for words in (
            f"Answering in: <#{world.ask_ai.id}>",
            f"say nothing): <#{world.lobby.id}>",
            "about 0.1 in 10,000",
            "first for: 1 minute",
        ):
            assert words in shown.content
        await ada.select(shown, [], custom_id="faqset:on")
        assert "Answering in: nowhere" in (await screen(world, ada)).content


async def test_what_is_chosen_counts_from_then_on(answerer: WordForWord, records: Records) -> None:
    async with open_world(answerer, records=records) as world:
        ada = admin(world)
        await ada.select(await screen(world, ada), [world.ask_ai], custom_id="faqset:on")
        await world.mia.send(world.ask_ai, QUESTION)
        assert "The answer of architecture-llm." in world.reply().content


async def test_who_may_no_longer_manage_the_server_changes_nothing(
    answerer: WordForWord, records: Records
) -> None:
    async with open_world(answerer, records=records) as world:
        ada = admin(world)
        shown = await screen(world, ada)
        world.env.backend.get_guild(world.guild.id).members[ada.id].role_ids.clear()
        refused = await ada.select(shown, [world.ask_ai], custom_id="faqset:on")
        assert refused.response is not None
        assert "Only members who may manage this server" in refused.response.content
        assert not records.servers.listens()


async def test_what_cannot_be_saved_changes_nothing(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        ada = admin(world)
        told = await ada.select(await screen(world, ada), ["eager"], custom_id="faqset:care")
        assert told.response is not None
        assert "could not be saved" in told.response.content
        assert world.client.records.servers.of(world.guild.id).care is Care.BALANCED


async def test_it_says_what_is_missing_to_listen(answerer: WordForWord, records: Records) -> None:
    async with open_world(answerer, records=records, reads_messages=False) as world:
        ada = admin(world)
        assert not world.client.wants_to_listen.is_set()
        await ada.select(await screen(world, ada), [world.ask_ai], custom_id="faqset:on")
        assert world.client.wants_to_listen.is_set()
        assert "Message Content Intent" in (await screen(world, ada)).content


async def test_it_tells_once_where_it_could_not_reply(
    answerer: WordForWord, records: Records
) -> None:
    async with open_world(answerer, records=records) as world:
        world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=1)
        await world.mia.send(world.lobby, f"{world.mention} {QUESTION}")
        ada = admin(world)
        assert f"<#{world.lobby.id}>: 403" in (await screen(world, ada)).content
        assert "could not reply" not in (await screen(world, ada)).content


async def test_the_report_tells_what_was_found_without_any_text(
    answerer: WordForWord, records: Records
) -> None:
    async with open_world(answerer, records=records) as world:
        ada = admin(world)
        empty = (await ada.slash(world.lobby, "settings report")).response
        assert empty
        assert "Nothing yet" in empty.content
        settings = ServerSettings(world.guild.id).with_mode(Mode.SHADOW, {world.ask_ai.id})
        await records.servers.save(settings.with_mode(Mode.ON, {world.lobby.id}))
        await world.mia.send(world.ask_ai, "are llms transformers")
        await world.mia.send(world.lobby, "what is an llm?")
        report = (await ada.slash(world.lobby, "settings report")).response
        assert report
        assert report.ephemeral
        told = report.content
        assert f"<#{world.ask_ai.id}>\n- 1× {QUESTION} (95% sure, not said)" in told
        assert f"<#{world.lobby.id}>\n- 1× What is an LLM? (95% sure)" in told
        assert "transformers" not in told


@pytest.mark.parametrize(
    ("what", "values"), [("care", ("reckless",)), ("care", ()), ("delay", ("7",)), ("what", ("1",))]
)
def test_what_cannot_be_chosen_changes_nothing(what: str, values: tuple[str, ...]) -> None:
    assert changed(ServerSettings(1), what, values) == ServerSettings(1)


async def test_a_role_and_a_channel_for_the_desk_are_chosen_and_given_up(
    answerer: WordForWord, records: Records
) -> None:
    async with open_world(answerer, records=records) as world:
        ada = admin(world)
        editors = world.guild.create_role("Editors")
        shown = (await ada.slash(world.lobby, "settings desk")).response
        assert shown is not None
        assert "Role besides: none" in shown.content
        assert "faq add" not in world.mia.available_commands(world.lobby)
        await ada.select(shown, [editors], custom_id="faqset:role")
        await ada.select(shown, [world.lobby], custom_id="faqset:audit")
        assert records.servers.of(world.guild.id) == ServerSettings(
            world.guild.id, role=editors.id, audit=world.lobby.id
        )
        assert "faq add" in world.mia.available_commands(world.lobby)
        shown = (await ada.slash(world.lobby, "settings desk")).response
        assert shown is not None
        assert f"Role besides: <@&{editors.id}>" in shown.content
        assert f"told in: <#{world.lobby.id}>" in shown.content
        await ada.select(shown, [], custom_id="faqset:role")
        await ada.select(shown, [], custom_id="faqset:audit")
        assert records.servers.of(world.guild.id) == ServerSettings(world.guild.id)
        assert "faq add" not in world.mia.available_commands(world.lobby)


async def test_the_desk_says_what_keeps_it_from_working(
    answerer: WordForWord, records: Records
) -> None:
    async with open_world(answerer, records=records) as world:
        ada = admin(world)
        closed = world.guild.create_text_channel(
            "closed",
            overwrites={world.guild.default_role: discord.PermissionOverwrite(attach_files=False)},
        )
        await records.servers.save(ServerSettings(world.guild.id, audit=closed.id))
        shown = (await ada.slash(world.lobby, "settings desk")).response
        assert shown is not None
        assert "Attach Files" in shown.content
        world.env.create_guild("Elsewhere")
        shown = (await ada.slash(world.lobby, "settings desk")).response
        assert shown is not None
        assert "FAQ_MODERATOR_GUILDS" in shown.content
