"""Stores in which somebody has worked already: made once in a process, and copied for every test."""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from consult.storage.database import db
from tests.factories.apps import Store, new_sqlite, opened
from tests.factories.engines import write_at_leisure
from tests.factories.postgres import copy_of, new_postgres

Fill = Callable[[Store], object]


@contextmanager
def opened_copy(database: str, fill: Fill, folder: Path) -> Iterator[Store]:
    """A store of its own on a `database` ("sqlite" or "postgresql") that holds what `fill` puts there. Search in memory
    knows nothing of it, and the clock stands where it began.
    """
    url = _filled(database, fill)
    if database == "sqlite":
        path = folder / "consult.sqlite3"
        shutil.copyfile(url.removeprefix("sqlite:///"), path)
        url = f"sqlite:///{path}"
    else:
        url = copy_of(url)
    with opened(url) as store:
        write_at_leisure(db.engine)
        yield store


@functools.cache
def _filled(database: str, fill: Fill) -> str:
    """The address of what is copied; nobody is connected to it."""
    url = (
        new_sqlite(Path(tempfile.mkdtemp(prefix="consult-filled-")))
        if database == "sqlite"
        else new_postgres()
    )
    with opened(url) as store:
        write_at_leisure(db.engine)
        fill(store)
    return url
