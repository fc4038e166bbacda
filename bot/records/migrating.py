"""Takes an older database through all steps up to today's tables."""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from bot.records.schema import HEAD

_log = logging.getLogger(__name__)


def migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
    _log.info("The database has the tables of version %s now", HEAD)
