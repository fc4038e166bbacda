"""Slash commands are told to Discord when they changed, and only then."""

from pathlib import Path

import pytest

from bot.discord_app.client import FaqClient
from bot.discord_app.desk.desk import Desk
from bot.discord_app.syncing import DigestStore, FileDigests, MemoryDigests
from bot.knowledge.model import KnowledgeBase
from tests.simulated import NOWHERE, WordForWord, World, complaints, open_world, unkept

DEV_GUILD = 4_200_000_000_000_000_000


def syncs(world: World) -> list[str]:
    """The addresses to which commands were sent, in order."""
    return [
        entry.path.partition("/applications/")[2].partition("/")[2]
        for entry in world.env.http_requests
        if entry.method == "PUT"
    ]


@pytest.fixture(params=["memory", "file"])
def digests(request: pytest.FixtureRequest, tmp_path: Path) -> DigestStore:
    return (
        MemoryDigests() if request.param == "memory" else FileDigests(tmp_path / "data" / "x.json")
    )


async def test_commands_are_synced_at_the_first_start_only(
    answerer: WordForWord, digests: DigestStore
) -> None:
    async with open_world(answerer, digests=digests) as world:
        assert syncs(world) == ["commands"]
        await world.restart()
        assert syncs(world) == ["commands"]


async def test_an_edit_that_changes_no_command_syncs_nothing(
    answerer: WordForWord, knowledge: KnowledgeBase
) -> None:
    async with open_world(answerer) as world:
        await world.client.use(WordForWord(knowledge))
        assert syncs(world) == ["commands"]


async def test_a_new_dimension_is_a_new_command_at_once(
    answerer: WordForWord, knowledge: KnowledgeBase
) -> None:
    fewer = WordForWord(KnowledgeBase(knowledge.dimensions[:2]))
    async with open_world(fewer) as world:
        assert "data" not in world.mia.available_commands(world.lobby)
        await world.client.use(answerer)
        assert syncs(world) == ["commands", "commands"]
        result = await world.mia.slash(world.lobby, "data")
        assert result.response is not None
        assert "The answer of data-both." in result.response.content


async def test_the_development_server_alone_gets_the_commands(answerer: WordForWord) -> None:
    async with open_world(answerer, dev_guild=DEV_GUILD) as world:
        assert syncs(world) == [f"guilds/{DEV_GUILD}/commands"]
        result = await world.mia.slash(world.lobby, "topics")
        assert result.response is not None


async def test_a_former_development_server_loses_its_copies(
    answerer: WordForWord, digests: DigestStore
) -> None:
    async with open_world(answerer, dev_guild=DEV_GUILD, digests=digests) as world:
        await world.restart(
            FaqClient(answerer, unkept(), reads_messages=False, desk=Desk(NOWHERE), digests=digests)
        )
        assert syncs(world)[1:] == ["commands", f"guilds/{DEV_GUILD}/commands"]
        result = await world.mia.slash(world.lobby, "topics")
        assert result.response is not None
        await world.restart(
            FaqClient(answerer, unkept(), reads_messages=False, desk=Desk(NOWHERE), digests=digests)
        )
        assert len(syncs(world)) == 3


async def test_another_application_is_told_its_commands_too(
    answerer: WordForWord, digests: DigestStore
) -> None:
    async with open_world(answerer, digests=digests) as world:
        assert len(syncs(world)) == 1
    async with open_world(answerer, digests=digests) as other:
        other.env.backend.application_id += 1
        await other.restart()
        assert len(syncs(other)) == 1


async def test_a_failed_sync_is_one_line_in_the_log_and_is_made_good(
    answerer: WordForWord, knowledge: KnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_world(WordForWord(KnowledgeBase(knowledge.dimensions[:2]))) as world:
        world.env.inject_error("PUT", "/applications/*", status=400, code=30034)
        await world.client.use(answerer)
        (record,) = complaints(caplog)
        assert record.levelname == "WARNING"
        assert record.exc_info is None
        await world.client.use(answerer)
        assert "data" in world.mia.available_commands(world.lobby)


async def test_an_edit_before_the_log_in_waits_for_it(
    answerer: WordForWord, knowledge: KnowledgeBase
) -> None:
    client = FaqClient(
        WordForWord(KnowledgeBase(knowledge.dimensions[:2])),
        unkept(),
        reads_messages=False,
        desk=Desk(NOWHERE),
    )
    await client.use(answerer)
    async with open_world(answerer) as world:
        await world.restart(client)
        assert "data" in world.mia.available_commands(world.lobby)


@pytest.mark.parametrize("content", ["", "[]", "{", "\x00"])
def test_digests_that_cannot_be_read_are_none(tmp_path: Path, content: str) -> None:
    file = tmp_path / "digests.json"
    file.write_text(content)
    assert FileDigests(file).read() == {}


def test_digests_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    digests = FileDigests(tmp_path / "digests.json")
    digests.write({"1": "a"})
    digests.write({"1": "b", "2": "c"})
    assert digests.read() == {"1": "b", "2": "c"}
    assert [file.name for file in tmp_path.iterdir()] == ["digests.json"]


async def test_a_folder_that_cannot_be_written_costs_one_line_in_the_log(
    answerer: WordForWord, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    async with open_world(answerer, digests=FileDigests(tmp_path / "data" / "x.json")) as world:
        assert [record.levelname for record in complaints(caplog)] == ["WARNING"]
        assert "topics" in world.mia.available_commands(world.lobby)
