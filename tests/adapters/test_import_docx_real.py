"""Real Word files, some of them broken on purpose by others, are read or refused, none crashes or hangs."""

from __future__ import annotations

import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from consult.adapters.import_files import DocxReader
from consult.domain.errors import InvalidInput
from consult.domain.text.normalise import normalise
from consult.ports.imports import ImportedText
from tests.pace import is_quick
from tests.real_data import real_data, real_data_folder

SLOWEST = 4.0  # seconds for one file; most take hundredths
REFUSALS = {"file_empty", "file_damaged", "file_encrypted", "file_not_word"}
OFFICE = real_data_folder() / "office"
FILES = (
    sorted(path for path in OFFICE.rglob("*") if path.suffix in (".docx", ".odt")) if OFFICE.exists() else []
)


@cache
def read(path: Path) -> tuple[ImportedText | None, str, float]:
    """The text or the code of the refusal, and the seconds of processor time it took."""
    begun = time.process_time()
    try:
        text = DocxReader().read(path.read_bytes(), filename=path.name)
    except InvalidInput as refused:
        return None, refused.code.removeprefix("invalid."), time.process_time() - begun
    return text, "", time.process_time() - begun


@pytest.mark.skipif(not FILES, reason="real data absent: office (set CONSULT_SHARED_DATA)")
@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(OFFICE)))
def test_a_real_file_is_read_or_refused_in_good_time(path):
    text, refusal, seconds = read(path)
    assert is_quick(seconds, SLOWEST)
    if path.suffix == ".odt":
        assert refusal == "file_not_word"
    if text is None:
        assert refusal in REFUSALS
        return
    assert text.source == normalise(text.source)
    assert text.source.strip()
    assert all(len(each.example) <= 80 for each in text.remarks)


def test_most_real_files_are_read():
    real_data("office")
    outcomes = Counter(read(path)[1] or "read" for path in FILES)
    assert outcomes["read"] >= 85
    assert outcomes["file_damaged"] <= 5


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mammoth/test/test-data/footnotes.docx", "[^1]: A tachyon walks into a bar"),
        ("mammoth/test/test-data/endnotes.docx", "[^i]: A tachyon walks into a bar"),
        ("mammoth/test/test-data/text-box.docx", "Datum plane"),
        ("mammoth/test/test-data/simple-list.docx", "- Apple\n- Banana"),
        ("mammoth/test/test-data/strict-format.docx", "Test"),
        ("mammoth/test/test-data/tables.docx", "| Top left | Top right |"),
    ],
)
def test_what_is_known_to_stand_in_a_real_file_is_read(name, words):
    path = real_data("office", *name.split("/"))
    assert words in DocxReader().read(path.read_bytes(), filename=path.name).source
