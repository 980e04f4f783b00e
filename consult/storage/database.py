"""The database handle, how constraints are named, and the column types every table shares.

SQLite runs in WAL with ``synchronous=FULL``, so that what a person was told is saved survives a
power cut. Reading transactions are deferred; a unit of work opens its own with ``BEGIN IMMEDIATE``,
so that two writers wait for one another at the start instead of failing in the middle.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, Text, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase

WRITES = "consult_writes"
"""Execution option a unit of work sets on its connection, so that the transaction begins as a writer's."""

STATEMENTS = 2_000
"""More than the product has, so that none is compiled twice: to read every page takes over six hundred, and the library
keeps five hundred by itself."""

BUSY_TIMEOUT_SECONDS = 20
CHECKPOINT_TIMEOUT_SECONDS = 2
"""How long writers may have to wait for the log to be emptied."""


naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The declarative base of every table."""

    metadata = MetaData(naming_convention=naming_convention)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False, "autoflush": False})


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware UTC in Python, whatever the database can hold."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Bytewise = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that sorts by its bytes, whatever the language of the database."""


def engine_options(url: str) -> dict[str, Any]:
    """Options of the engine for a database address."""
    # what people typed stands in no error and no log
    private: dict[str, Any] = {"hide_parameters": True, "query_cache_size": STATEMENTS}
    if url.startswith("sqlite"):
        return private | {"connect_args": {"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False}}
    return private | {"pool_pre_ping": True}


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # SQLAlchemy's begin event below says how a transaction starts
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is erased is overwritten, and not merely no longer found
        "temp_store=MEMORY",
        "cache_size=-65536",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def init_database(app: Flask, url: str) -> None:
    """Attach the database at `url` to an application."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)


def empty_log_of_writes() -> bool:
    """Take what was written last into the database file and empty the log beside it, which holds erased words until
    then (SQLite; other databases look after theirs). False when readers kept it from being done now."""
    if db.engine.dialect.name != "sqlite":
        return True
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={CHECKPOINT_TIMEOUT_SECONDS * 1000}")
        is_busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}")
        cursor.close()
    finally:
        connection.close()
    return not is_busy


def rewrite_file() -> None:
    """Write the database file anew, page by page: `secure_delete` overwrites what is deleted, yet a page that was filled
    anew may keep bytes of its former content between its cells (SQLite; other databases look after theirs)."""
    if db.engine.dialect.name != "sqlite":
        return
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA temp_store=FILE")  # the copy made meanwhile is as large as the database
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA temp_store=MEMORY")
        cursor.close()
    finally:
        connection.close()
    empty_log_of_writes()
