"""Ids kept without keeping whose: keyed hashes of them, which only this bot can make."""

import logging
import os
import secrets
from hashlib import blake2s
from pathlib import Path

_log = logging.getLogger(__name__)

_LENGTH = 32  # bytes of the key


class Voters:
    """Members, and questions, by their hashes under `key`."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def hash(self, member: int) -> str:
        return blake2s(str(member).encode(), key=self._key, digest_size=16).hexdigest()

    def number(self, question: int) -> int:
        """A number from 0 to 2^63 - 1 in the place of a question's id."""
        digest = blake2s(str(question).encode(), key=self._key, digest_size=8).digest()
        return int.from_bytes(digest) >> 1


def key_in(file: Path) -> bytes:
    """The key in `file`, which is made where there is none.

    Where that is impossible, a key that is forgotten with the process: votes count all the same,
    but nobody can change theirs after a restart.
    """
    try:
        if file.exists():
            key = file.read_bytes()
            if len(key) == _LENGTH:
                return key
        key = secrets.token_bytes(_LENGTH)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(key)
    except OSError as error:
        _log.warning("The key for votes, %s, cannot be kept: %s", file, error.strerror)
        return secrets.token_bytes(_LENGTH)
    return key
