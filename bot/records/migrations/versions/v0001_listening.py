"""The servers' settings, counts, links between questions and replies, votes, missed questions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_settings()
    _create_counts()
    _create_links()
    _create_votes()
    _create_misses()


def _create_settings() -> None:
    op.create_table(
        "servers",
        _id("guild"),
        sa.Column("care", sa.String(16), nullable=False),
        sa.Column("delay", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("guild", name="pk_servers"),
    )
    op.create_table(
        "channels",
        _id("channel"),
        _id("guild"),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_channels"),
    )


def _create_counts() -> None:
    key = ("day", "guild", "channel", "what", "entry", "tenth")
    op.create_table(
        "counts",
        sa.Column("day", sa.Date, nullable=False),
        _id("guild"),
        _id("channel"),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("entry", sa.String(100), nullable=False),
        sa.Column("tenth", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint(*key, name="pk_counts"),
    )


def _create_links() -> None:
    op.create_table(
        "links",
        _id("question"),
        _id("reply"),
        _id("channel"),
        _id("guild"),
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("question", name="pk_links"),
    )
    op.create_index("ix_links_day", "links", ["day"])


def _create_votes() -> None:
    op.create_table(
        "votes",
        _id("reply"),
        sa.Column("voter", sa.String(32), nullable=False),
        _id("guild"),
        sa.Column("entry", sa.String(100), nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("reply", "voter", name="pk_votes"),
    )
    op.create_index("ix_votes_voter", "votes", ["voter"])
    op.create_index("ix_votes_day", "votes", ["day"])


def _create_misses() -> None:
    op.create_table(
        "misses",
        _id("id"),
        _id("guild"),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_misses"),
    )
    op.create_index("ix_misses_day", "misses", ["day"])


def _id(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, autoincrement=False, nullable=False)
