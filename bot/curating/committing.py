"""Keeps each edit as a commit, where the knowledge folder is in a git work tree."""

import asyncio
import re
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PATIENCE = 20.0  # seconds
_NOT_IN_A_NAME = re.compile(r"[<>\n\r\x00]+")
_COMMITTER = ("-c", "user.name=FAQ bot", "-c", "user.email=faqbot@discord.invalid")


class CommitError(Exception):
    """The edit is saved, but is no commit; the text says why."""


@dataclass(frozen=True, slots=True)
class Author:
    """A moderator. `id` is their id in Discord."""

    id: int
    name: str

    def __str__(self) -> str:
        name = _NOT_IN_A_NAME.sub(" ", self.name).strip(" .,;:\"'") or str(self.id)
        return f"{name} <{self.id}@discord.invalid>"


async def commit(folder: Path, names: Sequence[str], message: str, author: Author) -> None:
    """Commit these files of `folder` and nothing else. Raises CommitError."""
    await _git(folder, "add", "--all", "--", *names)
    await _git(
        folder, *_COMMITTER, "commit", "--quiet", "--no-gpg-sign",
        f"--author={author}", f"--message={message}", "--only", "--", *names,
    )  # fmt: skip


async def _git(folder: Path, *arguments: str) -> None:
    try:
        process = await asyncio.create_subprocess_exec(
            "git", "-C", str(folder), *arguments, stdin=DEVNULL, stdout=PIPE, stderr=PIPE
        )
    except OSError as error:
        raise CommitError(f"git cannot be started ({error.strerror})") from None
    try:
        said, complained = await asyncio.wait_for(process.communicate(), _PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise CommitError("git takes too long") from None
    if process.returncode:
        reason = (complained or said).decode(errors="replace").strip().splitlines()
        raise CommitError(f"git says: {reason[-1] if reason else process.returncode}")
