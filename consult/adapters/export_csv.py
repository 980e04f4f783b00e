"""Comma-separated tables out, for people who count them with programs of their own.

UTF-8 with the mark by which spreadsheets know it, a line for each row, moments as ISO 8601. What a spreadsheet would
take for a formula gets an apostrophe before it (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from consult.ports.exports import Table

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class CsvWriter:
    """Implements `ports.exports.TableWriter`; several tables stand one under another with an empty line between."""

    media_type = "text/csv; charset=utf-8"
    extension = "csv"

    def write(self, tables: Sequence[Table]) -> bytes:
        file = io.StringIO(newline="")
        writer = csv.writer(file, lineterminator="\r\n")
        for number, table in enumerate(tables):
            if number:
                writer.writerow([])
            writer.writerow([_harmless(name) for name, _ in table.columns])
            writer.writerows([_value(value) for value in row] for row in table.rows)
            writer.writerows([[_harmless(note)] for note in table.notes])
        return file.getvalue().encode("utf-8-sig", "replace")


def _value(value: str | int | float | datetime | None) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    return _harmless(value) if isinstance(value, str) else value


def _harmless(words: str) -> str:
    return f"'{words}" if words.startswith(_FORMULA_SIGNS) else words
