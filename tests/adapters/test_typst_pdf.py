"""Pages of print hold whatever was typed, as words and never as markup, and the same values give the same bytes."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest
from pypdf import PdfReader

from consult.adapters.typst_pdf import TypstPdf, showable

LAYOUT = """
#let v = json(bytes(sys.inputs.at("values")))
#set document(title: v.title)
#set text(lang: "pl")
= #v.title
#v.words
#context { let at = here().position()
[#metadata((kind: "field", name: v.title, page: at.page, x: at.x / 1pt, y: at.y / 1pt, width: 10, height: 20)) <mark>] }
"""
AT = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)  # noqa: UP017
HOSTILE = '#sys.version $x$ <b>*ż*</b> 🙂 漢字 \u202etxet \ue000 עברית #read("/etc/passwd")'


@pytest.fixture
def pages(tmp_path: Path) -> TypstPdf:
    (tmp_path / "plain.typ").write_text(LAYOUT)
    return TypstPdf(tmp_path)


def test_what_was_typed_is_printed_as_words_and_never_run(pages: TypstPdf, tmp_path: Path) -> None:
    content = pages.typeset("plain", {"title": "Zażółć", "words": HOSTILE}, written_at=AT)
    (tmp_path / "made.pdf").write_bytes(content)
    said = PdfReader(tmp_path / "made.pdf").pages[0].extract_text()
    assert "#sys.version $x$ <b>*ż*</b> □ □□ txet" in said
    assert '#read("/etc/passwd")' in said


def test_the_same_values_give_the_same_bytes_and_marks_say_where_things_are(pages: TypstPdf) -> None:
    values = {"title": "Zażółć", "words": "gęślą"}
    first, marks = pages.typeset_with_marks("plain", values, written_at=AT)
    assert pages.typeset("plain", values, written_at=AT) == first
    assert [(mark.name, mark.page) for mark in marks] == [("Zażółć", 1)]
    assert marks[0].y > 0


def test_signs_that_turn_what_follows_are_left_out() -> None:
    assert showable("a\u202eb\u0301\n☐") == "ab□\n☐"
