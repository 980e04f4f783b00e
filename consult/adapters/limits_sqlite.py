"""Counters of how often somebody did something, shared by the processes of one machine: a small SQLite file.

The `limits` library finds the storage by its scheme once this module is imported: ``counters:///path/of/file``. The file
is nothing to lose: it is not synchronised to the disk, and a damaged one may be deleted.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

from limits.storage import Storage

SCHEME = "counters"
SWEEP_EVERY = 500
"""Counts after which a process sweeps out what has run out."""

_COUNT = """
INSERT INTO counter (key, count, ends_at) VALUES (:key, :amount, :ends_at)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN ends_at <= :now THEN :amount ELSE count + :amount END,
  ends_at = CASE WHEN ends_at <= :now THEN :ends_at ELSE ends_at END
RETURNING count
"""


class SqliteCounters(Storage):
    """Fixed windows, counted in one statement each, so that processes never lose a count to one another."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 - the library's own attribute

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **_options: float | str | bool):
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._path = Path((uri or "").removeprefix(f"{SCHEME}://"))
        self._local = threading.local()
        self._counted = 0

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = time.time()
        connection = self._connection()
        values = {"key": key, "amount": amount, "now": now, "ends_at": now + expiry}
        count: int = connection.execute(_COUNT, values).fetchone()[0]
        self._counted += 1
        if self._counted % SWEEP_EVERY == 0:
            connection.execute("DELETE FROM counter WHERE ends_at <= ?", (now,))
        return count

    def get(self, key: str) -> int:
        row = self._row(key)
        return row[0] if row else 0

    def get_expiry(self, key: str) -> float:
        row = self._row(key)
        return row[1] if row else time.time()

    def check(self) -> bool:
        try:
            self._connection().execute("SELECT 1 FROM counter LIMIT 1").fetchone()
        except sqlite3.Error:
            return False
        return True

    def reset(self) -> int | None:
        return self._connection().execute("DELETE FROM counter").rowcount

    def clear(self, key: str) -> None:
        self._connection().execute("DELETE FROM counter WHERE key = ?", (key,))

    def _row(self, key: str) -> tuple[int, float] | None:
        found: tuple[int, float] | None = (
            self._connection()
            .execute("SELECT count, ends_at FROM counter WHERE key = ? AND ends_at > ?", (key, time.time()))
            .fetchone()
        )
        return found

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._path, timeout=5, isolation_level=None)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS counter "
                "(key TEXT PRIMARY KEY, count INTEGER NOT NULL, ends_at REAL NOT NULL) WITHOUT ROWID"
            )
            self._local.connection = connection
        return connection
