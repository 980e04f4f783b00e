"""Tables for programs: every value in its place, nothing that a spreadsheet would carry out."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timezone

from consult.adapters.export_csv import CsvWriter
from consult.ports.exports import Table


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_table_is_read_back_as_it_was() -> None:
    at = datetime(2026, 5, 4, 12, 0, tzinfo=timezone.utc)  # noqa: UP017
    table = Table("t", (("Lp.", 4), ("Treść", 20)), [[1, 'a "b",\nżółć'], [None, at]])
    assert read(CsvWriter().write([table])) == [
        ["Lp.", "Treść"],
        ["1", 'a "b",\nżółć'],
        ["", "2026-05-04T12:00:00+00:00"],
    ]


def test_what_begins_like_a_formula_is_words() -> None:
    table = Table("t", (("=a", 4),), [["=1+1"], ["-2"], ["@x"], ["＝1"], [-2]])
    assert read(CsvWriter().write([table])) == [["'=a"], ["'=1+1"], ["'-2"], ["'@x"], ["'＝1"], ["-2"]]
