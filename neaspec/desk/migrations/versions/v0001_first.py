"""The first tables, and what keeps rows of the trail from being changed or removed."""

from string import Template

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

APPEND_ONLY = ("versions", "steps", "edition_rows")
ON_SQLITE = Template(
    "create trigger ${table}_${action} before $action on $table "
    "begin select raise(abort, '$table is only added to'); end"
)
ON_POSTGRESQL = (
    Template(
        "create function ${table}_is_kept() returns trigger language plpgsql as "
        "$$$$ begin raise exception '$table is only added to'; end $$$$"
    ),
    Template(
        "create trigger ${table}_kept before update or delete or truncate on $table "
        "for each statement execute function ${table}_is_kept()"
    ),
)


def upgrade() -> None:
    """Make the tables and the triggers that refuse changes."""
    op.create_table(
        "submissions",
        sa.Column("submission_id", sa.String(36), primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("country_code", sa.String(3), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("edition", sa.Integer),
    )
    op.create_table(
        "versions",
        sa.Column("submission_id", sa.String(36), sa.ForeignKey("submissions.submission_id"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("rests_on", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_table(
        "steps",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("submission_id", sa.String(36), sa.ForeignKey("submissions.submission_id")),
        sa.Column("edition", sa.Integer),
        sa.Column("action", sa.String(30), nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("hash_before", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
    )
    op.create_table(
        "editions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("checksum_before", sa.String(64), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_table(
        "edition_rows",
        sa.Column("edition", sa.Integer, sa.ForeignKey("editions.number"), primary_key=True),
        sa.Column("submission_id", sa.String(36), sa.ForeignKey("submissions.submission_id"), primary_key=True),
        sa.Column("table_name", sa.String(60), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
    )
    refuse = refuse_on_postgresql if op.get_bind().dialect.name == "postgresql" else refuse_on_sqlite
    for table in APPEND_ONLY:
        refuse(table)


def refuse_on_sqlite(table: str) -> None:
    """Refuse changes of rows of a table."""
    for action in ("update", "delete"):
        op.execute(ON_SQLITE.substitute(table=table, action=action))


def refuse_on_postgresql(table: str) -> None:
    """Refuse changes of rows of a table, and its emptying."""
    for statement in ON_POSTGRESQL:
        op.execute(statement.substitute(table=table))
