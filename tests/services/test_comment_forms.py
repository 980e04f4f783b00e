"""A form that is handed out brings every comment back to its part, whoever saved it and whatever was renumbered since."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import docx
import pytest
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
from tests.factories.filled_forms import fill_pdf, fill_sheet, fill_word, saved, through_office
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


SAVED_AS = {"docx": ("docx", "odt", "docx"), "xlsx": ("xlsx", "ods", "xlsx")}


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.deep
def test_what_libreoffice_saved_is_read_as_it_was_written(
    store: Store, consultation_id: int, kind: str, tmp_path: Path
) -> None:
    content = through_office(filled(store, consultation_id, kind), tmp_path, *SAVED_AS[kind])
    read = comment_forms.read_returned_form(SYSTEM, consultation_id, content, f"Formularz.{kind}")
    second = sections(consultation_id)[1].section_id
    assert [(one.place.section_id, one.row.text, one.row.justification) for one in read.entries] == [
        (second, "Zażółć gęślą jaźń.", "Bo tak czytelniej."),
        ("", "Do całości.", ""),
    ]
    assert read.sender["name"] == "Mieszkanka z formularza"
    assert (read.unused, read.is_earlier) == (0, False)


def word_form(store: Store, consultation_id: int) -> docx.document.Document:
    return docx.Document(io.BytesIO(filled(store, consultation_id, "docx")))


def read_word(consultation_id: int, document: docx.document.Document) -> comment_forms.ReadForm:
    return comment_forms.read_returned_form(SYSTEM, consultation_id, saved(document), "form.docx")


def test_rows_added_and_words_typed_anywhere_else_are_not_lost(store: Store, consultation_id: int) -> None:
    document = word_form(store, consultation_id)
    table = document.tables[1]
    row = table.add_row()
    row.cells[0].text = " ".join(sections(consultation_id)[2].heading.split())
    row.cells[2].text = "Dopisany wiersz."
    document.add_paragraph("Dopisek poza formularzem.")
    document.sections[0].header.add_paragraph("Dopisek w nagłówku.")
    read = read_word(consultation_id, document)
    added = read.entries[-1]
    assert (added.row.text, added.row.is_added) == ("Dopisany wiersz.", True)
    assert added.place.section_id == sections(consultation_id)[2].section_id
    assert read.unused == 2
    for words in ("Dopisek poza formularzem.", "Dopisek w nagłówku."):
        assert words in read.letter
        assert all(words not in entry.passage.of(read.letter) for entry in read.entries)


def test_columns_renamed_merged_and_taken_away_are_said_and_their_words_kept(
    store: Store, consultation_id: int
) -> None:
    document = word_form(store, consultation_id)
    table = document.tables[1]
    table.rows[0].cells[2].text = "Uwaga"
    table.rows[0].cells[4].text = "Co mnie boli"
    table.rows[2].cells[0].merge(table.rows[2].cells[1])
    for cells in (row.cells for row in table.rows):
        cells[3]._tc.getparent().remove(cells[3]._tc)
    read = read_word(consultation_id, document)
    assert {"columns_renamed", "columns_missing", "columns_merged"} <= set(read.remarks)
    assert "Zażółć gęślą jaźń." in read.letter
    assert "Bo tak czytelniej." in read.letter


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("form.docm", "invalid.form_macros"),
        ("form.xlsm", "invalid.form_macros"),
        ("form.doc", "invalid.form_format"),
        ("form", "invalid.form_format"),
        ("form.pdf", "invalid.file_not_pdf"),
        ("form.xlsx", "invalid.file_not_spreadsheet"),
    ],
)
def test_what_is_no_form_is_refused_by_its_name_or_its_content(
    store: Store, consultation_id: int, name: str, code: str
) -> None:
    content = blank(store, consultation_id, "docx")
    with pytest.raises(InvalidInput) as refused:
        comment_forms.read_returned_form(SYSTEM, consultation_id, content, name)
    assert refused.value.code == code


def test_programs_hidden_under_an_innocent_name_are_refused(store: Store, consultation_id: int) -> None:
    file = io.BytesIO(filled(store, consultation_id, "docx"))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"program")
    with pytest.raises(InvalidInput) as refused:
        comment_forms.read_returned_form(SYSTEM, consultation_id, file.getvalue(), "form.docx")
    assert refused.value.code == "invalid.form_macros"


def test_a_pdf_whose_fields_were_printed_is_refused_with_a_word_why(
    store: Store, consultation_id: int
) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(filled(store, consultation_id, "pdf"))))
    writer.remove_annotations(subtypes=None)
    del writer.root_object["/AcroForm"]
    file = io.BytesIO()
    writer.write(file)
    with pytest.raises(InvalidInput) as refused:
        comment_forms.read_returned_form(SYSTEM, consultation_id, file.getvalue(), "form.pdf")
    assert refused.value.code == "invalid.form_flattened"


def test_formulas_are_read_as_text_and_never_worked_out(store: Store, consultation_id: int) -> None:
    second = sections(consultation_id)[1].section_id
    content = fill_sheet(
        blank(store, consultation_id, "xlsx"),
        {(f"s_{second}", "text"): '=HYPERLINK("http://x.example","klik")'},
    )
    read = comment_forms.read_returned_form(SYSTEM, consultation_id, content, "form.xlsx")
    assert read.remarks == ("formulas",)
    assert read.entries[0].row.text == '=HYPERLINK("http://x.example","klik")'


def test_very_much_text_and_very_many_comments_are_refused_and_five_hundred_are_read(
    store: Store, consultation_id: int
) -> None:
    second = sections(consultation_id)[1].section_id
    long = fill_word(blank(store, consultation_id, "docx"), {f"c.text.{second}": "ą" * 5_000_000})
    with pytest.raises(InvalidInput) as refused:
        comment_forms.read_returned_form(SYSTEM, consultation_id, long, "form.docx")
    assert refused.value.code in ("invalid.form_too_long", "invalid.file_too_large", "invalid.file_unsafe")
    for count in (500, 501):
        book = load_workbook(io.BytesIO(blank(store, consultation_id, "xlsx")))
        sheet = book.worksheets[1]
        for number in range(count):
            sheet.cell(sheet.max_row + 1, 4).value = f"Uwaga {number}"
        file = io.BytesIO()
        book.save(file)
        if count == 500:
            read = comment_forms.read_returned_form(SYSTEM, consultation_id, file.getvalue(), "form.xlsx")
            assert len(read.entries) == 500
        else:
            with pytest.raises(InvalidInput) as refused:
                comment_forms.read_returned_form(SYSTEM, consultation_id, file.getvalue(), "form.xlsx")
            assert refused.value.code == "invalid.form_too_many"


@pytest.mark.parametrize("kind", comment_forms.FORMATS)
def test_markup_and_turned_directions_come_back_as_they_were_typed(
    store: Store, consultation_id: int, kind: str
) -> None:
    second = sections(consultation_id)[1].section_id
    said = "<script>alert(1)</script> & \u202etxet =1+1 {{ 7*7 }} ]]>"
    content = blank(store, consultation_id, kind)
    if kind == "docx":
        content = fill_word(content, {f"c.text.{second}": said})
    elif kind == "pdf":
        content = fill_pdf(content, {f"c-text-{second}": said})
    else:
        content = fill_sheet(content, {(f"s_{second}", "text"): said})
    read = comment_forms.read_returned_form(SYSTEM, consultation_id, content, f"form.{kind}")
    assert read.entries[0].row.text == said


def test_the_fields_of_the_pdf_have_names_and_stand_in_the_tree_of_tags_under_their_heading(
    store: Store, consultation_id: int
) -> None:
    file = PdfReader(io.BytesIO(blank(store, consultation_id, "pdf")))
    fields = [
        note.get_object()
        for page in file.pages
        for note in page.get("/Annots", ())
        if note.get_object().get("/Subtype") == "/Widget"
    ]
    assert all(str(field["/TU"]).strip() for field in fields)
    heading = sections(consultation_id)[1].heading
    assert any(heading in str(field["/TU"]) for field in fields)
    assert file.root_object["/AcroForm"]["/NeedAppearances"]
    assert {page["/Tabs"] for page in file.pages} == {"/S"}
    tree = file.root_object["/StructTreeRoot"]["/K"].get_object()
    document = (tree[0] if isinstance(tree, list) else tree).get_object()
    kinds = [child.get_object().get("/S") for child in document["/K"].get_object()]
    assert kinds.count("/Form") == len(fields)
    first_form = kinds.index("/Form")
    assert kinds[:first_form].count("/H2") >= 1
    assert kinds[-1] != "/Form"
