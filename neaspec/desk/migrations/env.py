"""Run by Alembic: takes the connection that upgrade.py gives it."""

from alembic import context

from neaspec.desk.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
