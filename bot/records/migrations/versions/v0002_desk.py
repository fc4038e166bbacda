"""The moderators' desk: who may edit besides, where edits are told, and the edits themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for name in ("role", "audit"):
        column = sa.Column(name, sa.BigInteger, nullable=False, server_default="0")
        op.add_column("servers", column)
    op.add_column("misses", sa.Column("edit", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "edits",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("guild", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("moderator", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("entry", sa.String(100), nullable=False),
        sa.Column("patches", sa.Text, nullable=False),
        sa.Column("undone", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edits"),
    )
