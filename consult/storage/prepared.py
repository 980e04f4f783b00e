"""Statements of the busiest acts: built once, with parameters, and sent past the mapper.

SQLite answers most of them in a few hundredths of a millisecond. To build one anew and to have the mapper look at it
takes ten times as long, and an act like the saving of a section sends two dozen. Reading and writing this way is for
those; everywhere else the session of the mapper is as good and says more.

What the mapper would have done is not done: rows that wait in the session are not seen before it is flushed, objects
it holds are not refreshed, and consultations not announced yet are not hidden. A statement about these is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, Insert, Table, insert, inspect

from consult.storage.database import Base, db

_HIDDEN = re.compile(r"\bconsultation\b")
"""The table of which the session of the mapper hides rows."""


class Prepared:
    """A statement whose parameters are bound by name when it is sent.

    Sending one about a table of which the mapper hides rows raises ValueError.
    """

    __slots__ = ("_is_looked_at", "_statement")

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._is_looked_at = False

    def __call__(self, **values: object) -> CursorResult[*tuple[Any, ...]]:
        """Send it within the transaction of the session."""
        if not self._is_looked_at:
            if _HIDDEN.search(str(self._statement)):
                raise ValueError("the mapper has to look at this statement")
            self._is_looked_at = True
        return db.session.connection().execute(self._statement, values)


def insert_rows(rows: Sequence[Base]) -> None:
    """Put rows in their tables at once, neighbours of one table in one statement; ids the database gives are theirs
    from then on. They never become the session's."""
    for model, neighbours in groupby(rows, type):
        _insert(model, list(neighbours))


def _insert(model: type[Base], rows: Sequence[Base]) -> None:
    into = _into(model)
    values = [dict(into.values(row)) for row in rows]
    connection = db.session.connection()
    if into.key is None:
        connection.execute(into.statement, values)
    elif len(rows) == 1:
        given = connection.execute(into.statement, values[0]).inserted_primary_key
        setattr(rows[0], into.key, given and given[0])
    else:
        returning = into.statement.returning(into.statement.table.c[into.key], sort_by_parameter_order=True)
        for row, given in zip(rows, connection.execute(returning, values).scalars(), strict=True):
            setattr(row, into.key, given)


@dataclass(frozen=True, slots=True)
class _Into:
    """How rows of a model are put in its table. `key` is the attribute the database fills; `defaults` what other
    attributes hold unless told; the database knows best what goes into the rest."""

    statement: Insert
    key: str | None
    columns: dict[str, str]
    defaults: dict[str, Any]

    def values(self, row: Base) -> Iterator[tuple[str, Any]]:
        told = row.__dict__
        for attribute, column in self.columns.items():
            if attribute in told:
                yield column, told[attribute]
            elif attribute in self.defaults:
                yield column, self.defaults[attribute]


@cache
def _into(model: type[Base]) -> _Into:
    mapper = inspect(model)
    table = cast(Table, mapper.local_table)
    columns: dict[str, str] = {}
    defaults: dict[str, Any] = {}
    key = None
    for attribute in mapper.column_attrs:
        column = attribute.columns[0]
        if column is table.autoincrement_column:
            key = attribute.key
            continue
        columns[attribute.key] = column.key
        if column.default is not None and column.default.is_scalar:
            defaults[attribute.key] = column.default.arg
        elif column.server_default is None:
            defaults[attribute.key] = None
    return _Into(insert(table), key, columns, defaults)
