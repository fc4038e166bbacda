"""Keeps the answers as fresh as the knowledge files, whoever changes them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Protocol

from bot.answering import Answerer
from bot.curating.examining import Collision
from bot.curating.reloading import Reloaded, brought_by, reload
from bot.discord_app.desk.desk import Desk
from bot.knowledge.model import Problem, Severity
from bot.replies.desk import (
    ASTRAY,
    BROKEN,
    HELD_BACK,
    SOUND_AGAIN,
    by_hand_text,
    collision_text,
)
from bot.trimming import set_aside

_log = logging.getLogger(__name__)

Told = Sequence[Problem] | Sequence[Collision]


class Serving(Protocol):
    """What answers."""

    @property
    def answerer(self) -> Answerer:
        """Today's snapshot."""

    async def use(self, answerer: Answerer) -> None:
        """Answer from `answerer` from now on."""

    async def tell(self, text: str) -> None:
        """Tell the moderators, where they have chosen a channel for that."""


async def keep_fresh(desk: Desk, notices: AsyncIterator[None], serving: Serving) -> None:
    """Have every sound change of the desk's files served, for as long as `notices` come.

    What is wrong with them is told once for each way in which it is, and changes nothing else.
    What became of every change is counted in the desk's `reloads`.
    """
    told: Told = ()
    async for _ in notices:
        async with desk.saving:  # what moderators save from Discord is served already
            found = await asyncio.to_thread(_reload, desk.folder, serving.answerer)
            if found.answerer is None:
                desk.reloads["broken"] += 1
                told = await _tell_of_mistakes(found, told, serving)
            else:
                told = await _serve(found, found.answerer, told, desk, serving)


def _reload(folder: Path, current: Answerer) -> Reloaded:
    with set_aside():
        return reload(folder, current)


async def _tell_of_mistakes(found: Reloaded, told: Told, serving: Serving) -> Told:
    if found.problems != told:
        for problem in found.problems:
            log_problem(problem)
        _log.error("The changed FAQ cannot be used; the last sound one goes on answering")
        errors = [each for each in found.problems if each.severity is Severity.ERROR]
        await serving.tell(by_hand_text(BROKEN, errors, ()))
    return found.problems


async def _serve(
    found: Reloaded, answerer: Answerer, told: Told, desk: Desk, serving: Serving
) -> Told:
    """Serve a sound FAQ, and tell what it does to the answers; the strict look at that first."""
    before = serving.answerer
    if not desk.strict:
        await _use(answerer, serving)
    brought = await asyncio.to_thread(brought_by, found, before)
    held_back = bool(brought) and desk.strict
    if desk.strict and not held_back:
        await _use(answerer, serving)
    desk.reloads[_result(same=answerer is before, held_back=held_back)] += 1
    if told and not isinstance(told[0], Collision):
        _log.info("The FAQ files are sound again")
        await serving.tell(SOUND_AGAIN.format(entries=len(serving.answerer.knowledge.entries)))
    if brought and brought != told:
        for collision in brought:
            _log.warning("%s", collision_text(collision).removeprefix("- "))
        await serving.tell(by_hand_text(HELD_BACK if held_back else ASTRAY, (), brought))
    return brought


async def _use(answerer: Answerer, serving: Serving) -> None:
    if answerer is not serving.answerer:
        await serving.use(answerer)
        _log.info("The FAQ was read anew: %d entries", len(answerer.knowledge.entries))


def _result(*, same: bool, held_back: bool) -> str:
    if same:
        return "no change"
    return "held back" if held_back else "served"


def log_problem(problem: Problem) -> None:
    severe = problem.severity is Severity.ERROR
    _log.log(logging.ERROR if severe else logging.WARNING, "%s", problem)
