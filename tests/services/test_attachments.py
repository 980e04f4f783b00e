"""Attached files: checked to be what they say, published with versions, replaced and removed without losing what was."""

from __future__ import annotations

import io
import zipfile

import pytest
from sqlalchemy import text

from consult.cli.wording import PolishWording
from consult.domain.errors import InvalidInput, NotFound, NotPermitted
from consult.domain.policy.actors import ANONYMOUS, SYSTEM
from consult.domain.text.file_names import ending_of, safe_name
from consult.services import attachments, exports
from consult.services.attachments import Words
from consult.services.verification import verify_documents
from consult.storage.database import db
from consult.storage.queries import attachments as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories import records
from tests.factories.apps import Store
from tests.factories.pictures import planes

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
TYPES = b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.%s.main+xml"/></Types>'


@pytest.fixture
def slug(store: Store) -> str:
    return records.new_document(store, host_id=records.new_host(store))


def archive(*parts: tuple[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts:
            file.writestr(name, content)
    return written.getvalue()


DOCX = archive(("[Content_Types].xml", TYPES % b"wordprocessingml.document"), ("word/document.xml", b"<w/>"))
XLSX = archive(("[Content_Types].xml", TYPES % b"spreadsheetml.sheet"))
ODS = archive(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<x/>"))


def attach(
    store: Store, slug: str, content: bytes = PDF, name: str = "a.pdf", title: str = "Formularz"
) -> int:
    return attachments.attach_file(
        SYSTEM, slug, content=content, file_name=name, words=Words(title), now=store.now
    )


def titles(slug: str) -> list[str]:
    document = document_queries.get_document(slug, EVERYTHING)
    return [row.title for row in queries.list_draft_attachments(document.id)]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF, "a.pdf"),
        (DOCX, "a.DOCX"),
        (XLSX, "a.xlsx"),
        (ODS, "a.ods"),
        ("zażółć;1\n".encode("cp1250"), "a.csv"),
        ("zażółć".encode("utf-16"), "a.txt"),
        (planes("JPEG"), "a.jpg"),
        (planes(), "a.png"),
    ],
)
def test_files_that_are_what_they_say_are_attached(
    store: Store, slug: str, content: bytes, name: str
) -> None:
    attach(store, slug, content, name)
    document = document_queries.get_document(slug, EVERYTHING)
    (row,) = queries.list_draft_attachments(document.id)
    given = attachments.give_attachment(SYSTEM, slug, row.id)
    assert given.file_name == name.lower()
    if name.endswith((".csv", ".txt")):
        assert "zażółć" in given.content.decode()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "", "file_missing"),
        (b"", "a.pdf", "attached_empty"),
        (b"\x00" * 500, "a.pdf", "attached_empty"),
        (PDF, "a.exe", "attached_kind"),
        (PDF, "a", "attached_kind"),
        (PDF, "a.html", "attached_kind"),
        (PDF, "a.svg", "attached_kind"),
        (b"<html>%PDF-1.7 %%EOF", "a.pdf", "attached_not_so"),
        (PDF, "a.docx", "attached_not_so"),
        (DOCX, "a.xlsx", "attached_not_so"),
        (ODS, "a.odt", "attached_not_so"),
        (PDF + DOCX, "a.pdf", "attached_unsafe"),
        (PDF[:20], "a.pdf", "attached_damaged"),
        (DOCX[:-30], "a.docx", "attached_damaged"),
        (b"MZ" + DOCX, "a.docx", "attached_not_so"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "a.docx", "attached_not_so"),
        (
            archive(
                ("[Content_Types].xml", TYPES % b"wordprocessingml.document"), ("word/vbaProject.bin", b"x")
            ),
            "a.docx",
            "attached_macros",
        ),
        (
            archive(
                ("[Content_Types].xml", TYPES % b"wordprocessingml.document"),
                ("word/a.xml", b"0" * 9_000_000),
            ),
            "a.docx",
            "attached_unsafe",
        ),
        (
            archive(("[Content_Types].xml", TYPES % b"wordprocessingml.document"), ("../../etc/x", b"x")),
            "a.docx",
            "attached_unsafe",
        ),
        (b"a\x00b", "a.txt", "attached_not_so"),
        (b"<svg/>", "a.png", "image_drawing"),
        (PDF, "a.png", "image_kind"),
    ],
)
def test_files_that_are_not_are_refused_with_the_reason(
    store: Store, slug: str, content: bytes, name: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        attach(store, slug, content, name)
    assert refused.value.code.endswith(code)
    assert refused.value.facts["field"] == "file"
    assert titles(slug) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\plan.pdf", "plan.pdf"),
        ("umowa\u202efdp.exe", "umowafdp.pdf"),
        ("\x00\n.pdf", "plik.pdf"),
        ("CON.pdf", "plik.pdf"),
        ('a<b>"c?.pdf', "a b c.pdf"),
        ("zażółć gęślą.pdf", "zażółć gęślą.pdf"),
        ("x" * 500 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_names_are_safe_on_every_machine(name: str, kept: str) -> None:
    assert safe_name(name, "pdf") == kept


def test_a_name_turned_round_does_not_hide_its_ending() -> None:
    assert ending_of("umowa\u202efdp.exe") == "exe"
    assert ending_of("umowa.pdf\u202e") == "pdf"


def test_readers_get_the_files_a_version_was_published_with(store: Store, slug: str) -> None:
    attach(store, slug)
    records.publish(store, slug)
    document = document_queries.get_document(slug, EVERYTHING)
    first = queries.list_draft_attachments(document.id)[0]
    assert attachments.give_attachment(ANONYMOUS, slug, first.id).is_public
    attachments.change_attachment(
        SYSTEM,
        slug,
        first.attachment_id,
        words=Words("Nowy formularz"),
        content=DOCX,
        file_name="b.docx",
        reason="Poprawiono pole 3.",
        now=store.now,
    )
    later = queries.list_draft_attachments(document.id)[0]
    with pytest.raises(NotFound):
        attachments.give_attachment(ANONYMOUS, slug, later.id)
    assert attachments.give_attachment(ANONYMOUS, slug, first.id).content == PDF
    records.publish(store, slug, "druga")
    assert attachments.give_attachment(ANONYMOUS, slug, later.id).content == DOCX
    versions = [document_queries.get_version(document.id, number).id for number in (1, 2)]
    assert [[row.title for row in queries.list_version_attachments(version)] for version in versions] == [
        ["Formularz"],
        ["Nowy formularz"],
    ]


def test_order_removal_and_return_leave_their_trace(store: Store, slug: str) -> None:
    first, second = attach(store, slug), attach(store, slug, DOCX, "b.docx", "Wzór")
    assert attachments.move_attachment(SYSTEM, slug, second, is_up=True, now=store.now)
    assert not attachments.move_attachment(SYSTEM, slug, second, is_up=True, now=store.now)
    assert titles(slug) == ["Wzór", "Formularz"]
    attachments.remove_attachment(SYSTEM, slug, first, reason="Nieaktualny.", now=store.now)
    assert titles(slug) == ["Wzór"]
    _, states = attachments.list_history(SYSTEM, slug, first)
    assert [row.act for row in states] == ["removed", "moved", "attached"]
    assert states[0].reason == "Nieaktualny."
    with pytest.raises(NotFound):
        attachments.remove_attachment(SYSTEM, slug, first, now=store.now)
    attachments.bring_attachment_back(SYSTEM, slug, states[-1].id, now=store.now)
    assert titles(slug) == ["Wzór", "Formularz"]
    records.publish(store, slug)
    with pytest.raises(NotPermitted):
        attachments.attach_file(
            ANONYMOUS, slug, content=PDF, file_name="a.pdf", words=Words("x"), now=store.now
        )


def test_nothing_new_is_no_change(store: Store, slug: str) -> None:
    attachment = attach(store, slug)
    assert not attachments.change_attachment(
        SYSTEM, slug, attachment, words=Words("Formularz"), now=store.now
    )


def test_exports_list_the_files_with_size_and_digest(store: Store, slug: str) -> None:
    attach(store, slug)
    html = exports.export_text(
        SYSTEM,
        slug,
        "html",
        PolishWording(),
        attachment_address="https://example.org/f/{}",
        now=store.now,
    ).content.decode()
    assert "Załączone pliki" in html
    assert "Formularz</a>" in html
    assert "SHA-256" in html
    bundle = exports.export_text(SYSTEM, slug, "zip", PolishWording(), now=store.now).content
    with zipfile.ZipFile(io.BytesIO(bundle)) as file:
        assert file.read("zalaczniki/01 a.pdf") == PDF


@pytest.mark.parametrize("altered", ["title = 'Inny tytuł'", "position = 7", "reason = 'Nic'"])
def test_what_became_of_a_file_cannot_be_altered_unseen(store: Store, slug: str, altered: str) -> None:
    attachment_id = attach(store, slug)
    attachments.remove_attachment(SYSTEM, slug, attachment_id, reason="Nieaktualny.", now=store.now)
    (whole,) = verify_documents(SYSTEM, slug)
    assert whole.fault is None
    db.session.execute(text("DROP TRIGGER record_attachment_state_update"))
    db.session.execute(text(f"UPDATE attachment_state SET {altered} WHERE act = 'removed'"))
    db.session.commit()
    (found,) = verify_documents(SYSTEM, slug)
    assert found.fault is not None
    assert (found.fault.record, found.fault.fault) == ("attachment", "altered")
