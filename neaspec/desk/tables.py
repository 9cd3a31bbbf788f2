"""The tables of the store. What happened is only ever added to: versions, steps and what an edition holds."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, Text

APPEND_ONLY = ("versions", "steps", "edition_rows")

metadata = MetaData()

submissions = Table(
    "submissions",
    metadata,
    Column("submission_id", String(36), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("country_code", String(3), nullable=False),
    Column("author", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("version", Integer, nullable=False),  # the one that holds
    Column("edition", Integer),  # the one it was published in
)
versions = Table(
    "versions",
    metadata,
    Column("submission_id", String(36), ForeignKey("submissions.submission_id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("rests_on", Integer, nullable=False),  # the version its author had before them; 0 for the first
    Column("content", Text, nullable=False),  # JSON
    Column("by", String(200), nullable=False),
    Column("at", String(32), nullable=False),
)
steps = Table(
    "steps",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("submission_id", String(36), ForeignKey("submissions.submission_id")),
    Column("edition", Integer),
    Column("action", String(30), nullable=False),
    Column("version", Integer),
    Column("content_hash", String(64), nullable=False),  # of the text of the version; empty for a step of an edition
    Column("note", Text, nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", String(32), nullable=False),
    Column("hash_before", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)
editions = Table(
    "editions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False),
    Column("state", String(20), nullable=False),  # prepared, published, dropped, withdrawn
    Column("checksum", String(64), nullable=False),  # of the package with it
    Column("checksum_before", String(64), nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", String(32), nullable=False),
)
edition_rows = Table(
    "edition_rows",
    metadata,
    Column("edition", Integer, ForeignKey("editions.number"), primary_key=True),
    Column("submission_id", String(36), ForeignKey("submissions.submission_id"), primary_key=True),
    Column("table_name", String(60), primary_key=True),
    Column("key", String(200), primary_key=True),
)
