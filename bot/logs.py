"""Logging of the running bot: to standard error, for a host to read, with nothing secret in it.

What members write is logged nowhere at INFO or above. discord.py would tell it at DEBUG, so its
loggers stay at INFO or above whatever the level.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

_FORM = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
_BLACKENED = "[secret]"


class RedactingFormatter(logging.Formatter):
    """Takes every occurrence of `secrets` out of what is logged, tracebacks included."""

    def __init__(self, *secrets: str) -> None:
        super().__init__(_FORM)
        self._secrets = tuple(filter(None, secrets))

    def format(self, record: logging.LogRecord) -> str:
        return self.redacted(super().format(record))

    def redacted(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _BLACKENED)
        return text


class JsonFormatter(RedactingFormatter):
    """One JSON object a line, for programs that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        # Before it is JSON: that writes some characters in another way, of a secret as well.
        redacted = {name: self.redacted(text) for name, text in told.items()}
        return json.dumps(redacted, ensure_ascii=False)


def set_up(level: str, *secrets: str, as_json: bool = False, stream: TextIO | None = None) -> None:
    """Log from `level` on to `stream` (standard error), in the place of any set-up before."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter(*secrets) if as_json else RedactingFormatter(*secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    least = logging.getLevelNamesMapping()[level]
    logging.getLogger("discord").setLevel(max(least, logging.INFO))
    for chatty in ("discord.client", "watchfiles"):  # a line for every sign-in, and every save
        logging.getLogger(chatty).setLevel(max(least, logging.WARNING))
