"""A form that is handed out brings every comment back to its part, whoever saved it and whatever was renumbered since."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import timedelta

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader, PdfWriter

from consult.domain.errors import InvalidInput, NotPermitted
from consult.domain.policy.actors import SYSTEM
from consult.services import comment_forms, documents, submissions
from consult.services.comments import Remark
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.letters_on_paper import on_paper
from tests.factories.records import new_document, new_people, open_consultation, publish


@pytest.fixture
def consultation_id(store: Store) -> int:
    return open_consultation(store, new_document(store))


def sections(consultation_id: int) -> list[document_queries.SectionRow]:
    version = consultation_queries.get_consultation(consultation_id).version_id
    return document_queries.list_version_sections(version)


def blank(store: Store, consultation_id: int, kind: str) -> bytes:
    return comment_forms.write_comment_form(consultation_id, kind, now=store.now).content


def fill_word(content: bytes, words: Mapping[str, str]) -> bytes:
    """The Word form with words put into its controls, by their tags."""
    document = docx.Document(io.BytesIO(content))
    left = dict(words)
    for control in document.element.body.iter(qn("w:sdt")):
        about = control.find(qn("w:sdtPr"))
        tag = about.find(qn("w:tag"))
        said = left.pop(tag.get(qn("w:val")), None) if tag is not None else None
        if said is not None:
            hint = about.find(qn("w:showingPlcHdr"))
            if hint is not None:
                about.remove(hint)
            next(control.iter(qn("w:t"))).text = said
    assert not left
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def fill_pdf(content: bytes, words: Mapping[str, str]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for page in writer.pages:
        if "/Annots" in page:
            writer.update_page_form_field_values(page, dict(words), auto_regenerate=True)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def fill_sheet(content: bytes, words: Mapping[tuple[str, str], str], name: str = "") -> bytes:
    """The workbook with words put under the column and beside the key of a row."""
    book = load_workbook(io.BytesIO(content))
    front, sheet = book.worksheets
    for row in front.iter_rows(max_col=1):
        if str(row[0].value or "").startswith("Imię i nazwisko"):
            front.cell(row[0].row or 0, 2).value = name
    columns = {"part": 2, "quote": 3, "text": 4, "proposed": 5, "justification": 6, "kind": 7}
    rows = {str(row[0].value).removeprefix("consult:"): row[0].row for row in sheet.iter_rows(max_col=1)}
    for (key, column), said in words.items():
        sheet.cell(rows[key] or 0, columns[column]).value = said
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def filled(store: Store, consultation_id: int, kind: str) -> bytes:
    """The form with a comment on its second part, one on the whole, and the sender's name."""
    second = sections(consultation_id)[1].section_id
    content = blank(store, consultation_id, kind)
    if kind == "docx":
        return fill_word(
            content,
            {
                "a.name": "Mieszkanka z formularza",
                f"c.text.{second}": "Zażółć gęślą jaźń.",
                f"c.justification.{second}": "Bo tak czytelniej.",
                "c.text.spare1": "Do całości.",
            },
        )
    if kind == "pdf":
        return fill_pdf(
            content,
            {
                "a-name": "Mieszkanka z formularza",
                f"c-text-{second}": "Zażółć gęślą jaźń.",
                f"c-justification-{second}": "Bo tak czytelniej.",
                "c-text-spare1": "Do całości.",
            },
        )
    return fill_sheet(
        content,
        {
            (f"s_{second}", "text"): "Zażółć gęślą jaźń.",
            (f"s_{second}", "justification"): "Bo tak czytelniej.",
            ("spare_1", "text"): "Do całości.",
        },
        name="Mieszkanka z formularza",
    )


@pytest.mark.parametrize("kind", comment_forms.FORMATS)
def test_what_is_written_into_a_form_comes_back_at_its_part(
    store: Store, consultation_id: int, kind: str
) -> None:
    content = filled(store, consultation_id, kind)
    read = comment_forms.read_returned_form(SYSTEM, consultation_id, content, f"Formularz.{kind}")
    second = sections(consultation_id)[1].section_id
    assert [(entry.place.section_id, entry.row.text) for entry in read.entries] == [
        (second, "Zażółć gęślą jaźń."),
        ("", "Do całości."),
    ]
    assert read.entries[0].row.justification == "Bo tak czytelniej."
    assert read.sender["name"] == "Mieszkanka z formularza"
    assert (read.unused, read.remarks, read.is_earlier) == (0, (), False)
    for entry in read.entries:
        assert entry.row.text in entry.passage.of(read.letter)


@pytest.mark.parametrize("kind", comment_forms.FORMATS)
def test_the_same_form_gives_the_same_bytes_and_an_empty_one_says_so(
    store: Store, consultation_id: int, kind: str
) -> None:
    content = blank(store, consultation_id, kind)
    assert content == blank(store, consultation_id, kind)
    with pytest.raises(InvalidInput) as refused:
        comment_forms.read_returned_form(SYSTEM, consultation_id, content, f"form.{kind}")
    assert refused.value.code == "invalid.form_empty"


@pytest.mark.parametrize("kind", comment_forms.FORMATS)
def test_a_form_of_an_older_version_is_read_after_parts_were_renumbered_and_removed(
    store: Store, kind: str
) -> None:
    slug = new_document(store)
    first = open_consultation(store, slug)
    old = sections(first)
    content = filled(store, first, kind)
    text = documents_text(slug)
    lines = text.split(old[1].source, 1)
    documents.revise_document(
        SYSTEM,
        slug,
        content=(lines[0] + lines[1]).encode(),
        filename="bez.md",
        note="bez drugiej części",
        now=store.now,
    )
    store.clock.advance(days=60)
    second = open_consultation(store, slug, version_no=publish(store, slug, "drugi").number)
    read = comment_forms.read_returned_form(SYSTEM, second, content, f"form.{kind}")
    assert read.is_earlier
    lost, whole = read.entries
    assert lost.place.is_lost
    assert lost.place.was
    assert lost.place.section_id == ""
    assert (whole.place.section_id, whole.place.is_lost) == ("", False)


def documents_text(slug: str) -> str:
    document = document_queries.get_document(slug, EVERYTHING)
    return "".join(one.source for one in document_queries.list_draft_sections(document.id))


@pytest.mark.parametrize("kind", comment_forms.FORMATS)
def test_a_form_of_another_document_is_refused_with_the_name_of_what_it_is_of(
    store: Store, consultation_id: int, kind: str
) -> None:
    other = open_consultation(store, new_document(store))
    content = filled(store, other, kind)
    with pytest.raises(InvalidInput) as refused:
        comment_forms.read_returned_form(SYSTEM, consultation_id, content, f"form.{kind}")
    assert (refused.value.code, refused.value.facts["title"]) == (
        "invalid.form_of_another",
        "Konsultacje",
    )


def test_only_officials_of_the_host_read_forms(store: Store, consultation_id: int) -> None:
    people = new_people(store)
    with pytest.raises(NotPermitted):
        comment_forms.read_returned_form(people.guest, consultation_id, b"%PDF-", "form.pdf")


def test_the_file_stays_with_the_submission_and_a_second_one_like_it_is_noticed(
    store: Store, consultation_id: int
) -> None:
    content = filled(store, consultation_id, "docx")
    read = comment_forms.read_returned_form(SYSTEM, consultation_id, content, "Formularz.docx")
    row = consultation_queries.get_consultation(consultation_id)
    file = submissions.NewFile(content, "Formularz.docx", form_kind=read.kind)
    assert submissions.submissions_with(row, file.digest) == []
    receipt = submissions.enter_submission(
        SYSTEM,
        consultation_id,
        [
            submissions.Entry(
                submissions.entered_remark(
                    Remark(entry.row.text, justification=entry.row.justification),
                    sections(consultation_id),
                    entry.place.section_id,
                    "",
                ),
                entry.passage,
            )
            for entry in read.entries
        ],
        on_paper((store.now + timedelta(hours=2)).date(), channel="email"),
        letter=read.letter,
        files=[file],
        now=store.now,
    )
    assert submissions.submissions_with(row, file.digest) == [receipt.receipt_no]
    kept, said = submissions.read_file(SYSTEM, consultation_id, receipt.receipt_no, 1)
    assert (kept.name, kept.role, kept.kind, said) == ("Formularz.docx", "form", "docx", content)
