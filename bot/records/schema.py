"""The tables of today. How older databases come to have them is in migrations/."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

HEAD = "0002"
"""The newest migration."""

metadata = MetaData(
    naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_name)s"}
)


def _id(name: str, *, key: bool = False) -> Column[int]:
    """A number that Discord gave."""
    return Column(name, BigInteger, primary_key=key, autoincrement=False, nullable=False)


version = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))

servers = Table(
    "servers",
    metadata,
    _id("guild", key=True),
    Column("care", String(16), nullable=False),
    Column("delay", Integer, nullable=False),
    Column("role", BigInteger, nullable=False, server_default="0"),
    Column("audit", BigInteger, nullable=False, server_default="0"),
)

channels = Table(
    "channels",
    metadata,
    _id("channel", key=True),
    _id("guild"),
    Column("mode", String(16), nullable=False),
)

counts = Table(
    "counts",
    metadata,
    Column("day", Date, primary_key=True),
    _id("guild", key=True),
    _id("channel", key=True),
    Column("what", String(16), primary_key=True),
    Column("entry", String(100), primary_key=True),
    Column("tenth", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
)

links = Table(
    "links",
    metadata,
    _id("question", key=True),
    _id("reply"),
    _id("channel"),
    _id("guild"),
    Column("day", Date, nullable=False, index=True),
)

votes = Table(
    "votes",
    metadata,
    _id("reply", key=True),
    Column("voter", String(32), primary_key=True, index=True),
    _id("guild"),
    Column("entry", String(100), nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("day", Date, nullable=False, index=True),
)

misses = Table(
    "misses",
    metadata,
    _id("id", key=True),
    _id("guild"),
    Column("text", String(300), nullable=False),
    Column("day", Date, nullable=False, index=True),
    Column("edit", Integer, nullable=False, server_default="0"),
)

edits = Table(
    "edits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    _id("guild"),
    _id("moderator"),
    Column("what", String(16), nullable=False),
    Column("entry", String(100), nullable=False),
    Column("patches", Text, nullable=False),
    Column("undone", Boolean, nullable=False),
)
