"""Whatever is uploaded, a document comes of it whole or nothing does."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from consult.domain.errors import ConsultError
from consult.domain.policy.actors import SYSTEM
from consult.services import documents
from consult.services.texts import text_at
from consult.services.verification import verify_documents
from consult.storage.queries import documents as queries
from tests.adapters.word_files import paragraph, word_file
from tests.factories.apps import Store
from tests.factories.records import new_document, new_host
from tests.real_data import real_data, real_data_folder


def zipped(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return held.getvalue()


BOMB = zipped(**{"[Content_Types].xml": b"<x/>", "word__document.xml": b"a" * 300_000_000})
ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    b"<w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
)

HOSTILE = {
    "a zip bomb": BOMB,
    "an external entity": zipped(**{"[Content_Types].xml": b"<x/>", "word__document.xml": ENTITIES}),
    "half a file": word_file(paragraph("Treść"))[:-400],
    "an empty archive": zipped(),
    "something else zipped": zipped(a=b"b"),
    "a password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
    "no archive at all": b"%PDF-1.7",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_and_leaves_nothing(store: Store, what: str) -> None:
    slug = new_document(store)
    before = text_at(SYSTEM, slug)
    for act in (
        lambda: documents.import_document(
            SYSTEM, content=HOSTILE[what], filename="a.docx", kind="other", now=store.now
        ),
        lambda: documents.revise_document(
            SYSTEM, slug, content=HOSTILE[what], filename="a.docx", now=store.now
        ),
    ):
        with pytest.raises(ConsultError) as refusal:
            act()
        assert refusal.value.code.startswith("invalid.file_")
    assert queries.count_documents() == 1
    assert text_at(SYSTEM, slug) == before


def _office_files() -> list[Path]:
    return sorted((real_data_folder() / "office").rglob("*.docx"))


def _import_all(store: Store, files: list[Path]) -> tuple[int, int]:
    """(taken, refused) of real files; what is taken is kept whole and verifies."""
    host_id = new_host(store)
    taken = refused = 0
    for path in files:
        try:
            made = documents.import_document(
                SYSTEM,
                content=path.read_bytes(),
                filename=path.name,
                kind="other",
                host_id=host_id,
                now=store.now,
            )
        except ConsultError:
            refused += 1
            continue
        taken += 1
        assert verify_documents(SYSTEM, made.slug)[0].fault is None, path.name
        assert text_at(SYSTEM, made.slug).strip()
    return taken, refused


def test_real_word_files_are_taken_whole_or_refused(store: Store) -> None:
    real_data("office")
    taken, refused = _import_all(store, _office_files()[::8])
    assert taken > refused


@pytest.mark.deep
def test_all_real_word_files_are_taken_whole_or_refused(store: Store) -> None:
    real_data("office")
    files = _office_files()
    taken, refused = _import_all(store, files)
    assert taken + refused == len(files)
    assert taken > 2 * refused  # most of those refused hold no words at all
