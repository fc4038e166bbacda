"""Alembic runs this: it migrates over the connection that the bot has open."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection)
context.run_migrations()
