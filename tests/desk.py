"""A server with moderators, whose FAQ is in files that they may change."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import simcord

from bot.answering import Answerer
from bot.discord_app.desk.desk import Desk
from bot.knowledge.reading import load
from bot.records.records import Records
from tests.faq_files import DATA, OVERVIEW, write_faq
from tests.simulated import World, open_world

SOURCES = 'paper:\n  title: "A paper"\n'
COMMENTED = OVERVIEW.replace("  - id: overview-llm", "  # Mind the wording.\n  - id: overview-llm")


def write_files(folder: Path) -> Path:
    write_faq(folder)
    (folder / "overview.yaml").write_text(COMMENTED, encoding="utf-8")
    (folder / "data.yaml").write_text(DATA, encoding="utf-8")
    return folder


@dataclass
class Office:
    """`sam` is a moderator. What he is shown is `shown`, a message for him alone."""

    world: World
    folder: Path
    sam: simcord.MemberActor
    shown: simcord.InteractionResult | None = None

    @property
    def channel(self) -> simcord.ChannelHandle:
        return self.world.lobby

    @property
    def message(self) -> simcord.ResponseMessage:
        assert self.shown is not None
        followups = self.shown.followups
        message = followups[-1] if followups else self.shown.response
        assert message is not None
        return message

    @property
    def content(self) -> str:
        """What members would see."""
        return self.message.content

    @property
    def note(self) -> str:
        """What is said to the moderator."""
        return "\n".join(each.description or "" for each in self.message.embeds)

    @property
    def labels(self) -> list[str]:
        return [item["label"] for item in self._items() if item.get("label")]

    def options(self, what: str) -> list[str]:
        """The values of a select."""
        item = next(each for each in self._items() if each["custom_id"].startswith(what))
        return [option["value"] for option in item["options"]]

    def _items(self) -> list[dict[str, Any]]:
        return [item for row in self.message.components for item in row["components"]]

    def custom_id(self, what: str) -> str:
        return next(
            str(each["custom_id"])
            for each in self._items()
            if each["custom_id"].startswith(f"faqdesk:{what}:")
        )

    async def slash(self, command: str, **options: Any) -> None:
        self.shown = await self.sam.slash(self.channel, f"faq {command}", **options)

    async def write(self, **values: str) -> None:
        """Send in the form that is open."""
        assert self.shown is not None
        self._keep(await self.sam.submit_modal(self.shown, values))

    async def press(self, label: str) -> None:
        self._keep(await self.sam.click(self.message, label=label))

    async def choose(self, what: str, value: str) -> None:
        custom_id = self.custom_id(what)
        self._keep(await self.sam.select(self.message, [value], custom_id=custom_id))

    def _keep(self, result: simcord.InteractionResult) -> None:
        """What is shown next: a new message, or a form, or the same message changed."""
        if result.response or result.followups or result.modal:
            self.shown = result

    def form(self) -> Mapping[str, str]:
        """What is filled into the form that is open."""
        assert self.shown is not None
        assert self.shown.modal is not None, self.content or self.note
        fields = [each["component"] for each in self.shown.modal["components"]]
        return {each["custom_id"]: each.get("value") or "" for each in fields}

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    async def file(self, name: str) -> str:
        """A file that is attached to what is shown."""
        (found,) = [each for each in self.message.attachments if each.filename == name]
        return (await found.read()).decode()

    async def answer(self, question: str) -> str:
        """What a member gets who asks."""
        shown = await self.world.mia.slash(self.channel, "ask", question=question)
        assert shown.response is not None
        return shown.response.content


def moderator(world: World, name: str = "sam") -> simcord.MemberActor:
    role = world.guild.create_role("Mod", permissions=discord.Permissions(manage_messages=True))
    return world.guild.add_member(world.env.create_user(name), roles=[role])


@asynccontextmanager
async def open_office(
    folder: Path, records: Records, *, desk: Desk | None = None
) -> AsyncIterator[Office]:
    answerer = Answerer.build(load(folder))
    desk = desk or Desk(folder)
    async with open_world(answerer, records=records, desk=desk) as world:
        yield Office(world, folder, moderator(world))
