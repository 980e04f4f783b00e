"""What hundreds of test stores in one process need not pay for each: compiling statements, waiting for the disk."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from sqlalchemy import Dialect, Engine, event
from sqlalchemy.util import LRUCache

_STATEMENTS = 10_000
"""More than the product has."""

_COMPILED: dict[str, tuple[Dialect, MutableMapping[Any, Any]]] = {}


def share_compiled(engine: Engine) -> None:
    """Let an engine use what was compiled for stores before it on the same kind of database. SQLAlchemy keeps compiled
    statements by engine and dialect, for a program that has one of each.
    """
    if engine.dialect.name not in _COMPILED:
        with engine.connect():  # the dialect learns from its first connection what the database can do
            _COMPILED[engine.dialect.name] = engine.dialect, LRUCache(_STATEMENTS)
    engine.dialect, engine._compiled_cache = _COMPILED[engine.dialect.name]


def write_at_leisure(engine: Engine) -> None:
    """Let the system write a SQLite file when it likes: a test store need not outlive a power cut."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
