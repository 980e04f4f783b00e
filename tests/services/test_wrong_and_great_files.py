"""A file under the name of another kind, and texts of five megabytes: refused in plain words or taken whole."""

from __future__ import annotations

import random

import pytest

from consult.domain.errors import InvalidInput
from consult.domain.policy.actors import SYSTEM
from consult.domain.text.normalise import normalise
from consult.services import documents, drafting
from consult.services.drafting import LONGEST_SOURCE
from consult.services.texts import text_at
from consult.storage.queries import documents as queries
from consult.storage.queries.viewers import EVERYTHING
from tests.adapters.odt_files import odt
from tests.adapters.word_files import paragraph, run, word_file
from tests.factories.apps import Store
from tests.factories.records import import_text, new_document, new_host, sections

WORD = word_file(paragraph("Zasady naboru", style="Heading1") + paragraph("Treść pisma."))
OPEN = odt("<text:h text:outline-level='1'>Zasady</text:h><text:p>Treść pisma.</text:p>")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n"
PAGE = "<!doctype html><title>Zasady</title><h1>Zasady</h1><p>Treść pisma.</p>".encode()
PLAIN = "# Zasady\n\nTreść pisma.\n".encode()
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
PACKED = b"\x1f\x8b\x08\x00" + bytes(range(64))

WRONG = [
    (WORD, "a.odt", "file_not_opendocument"),
    (WORD, "a.md", "file_not_text"),
    (WORD, "a.html", "file_not_page"),
    (OPEN, "a.docx", "file_not_word"),
    (OPEN, "a.md", "file_not_text"),
    (PDF, "a.docx", "file_not_word"),
    (PDF, "a.odt", "file_not_opendocument"),
    (PDF, "a.md", "file_not_text"),
    (PDF, "a.html", "file_not_page"),
    (PAGE, "a.docx", "file_not_word"),
    (PLAIN, "a.docx", "file_not_word"),
    (PLAIN, "a.odt", "file_not_opendocument"),
    (PICTURE, "a.html", "file_not_page"),
    (PICTURE, "a.md", "file_encoding"),
    (PACKED, "a.html", "file_not_page"),
    (PACKED, "a.md", "file_encoding"),
    (WORD, "a", "file_format"),
    (WORD, "a.docx.exe", "file_format"),
    (PDF, "a.pdf", "file_format"),
]


@pytest.mark.parametrize(
    ("content", "filename", "code"), WRONG, ids=[f"{name}-{content[:4]!r}" for content, name, _ in WRONG]
)
def test_a_file_under_the_ending_of_another_kind_is_refused_by_what_it_is_not(
    store: Store, content: bytes, filename: str, code: str
) -> None:
    slug = new_document(store)
    before = text_at(SYSTEM, slug)
    for act in (
        lambda: documents.import_document(
            SYSTEM, content=content, filename=filename, kind="other", host_id=new_host(store), now=store.now
        ),
        lambda: documents.revise_document(SYSTEM, slug, content=content, filename=filename, now=store.now),
    ):
        with pytest.raises(InvalidInput) as refused:
            act()
        assert (refused.value.code, refused.value.facts["field"]) == (f"invalid.{code}", "file")
    assert queries.count_documents() == 1
    assert text_at(SYSTEM, slug) == before


def test_a_file_is_read_by_its_ending_however_that_is_written(store: Store) -> None:
    made = documents.import_document(
        SYSTEM, content=WORD, filename="PISMO.DOCX", kind="other", host_id=new_host(store), now=store.now
    )
    assert "Treść pisma." in text_at(SYSTEM, made.slug)


SIZE = 5_000_000
_LETTERS = tuple("aąbcćdeęfghijklłmnńoóprsśtuwyzźż")


def prose(size: int, *, parts: int = 1) -> str:
    """So many code points of sentences without two alike in `parts` sections."""
    chance = random.Random(7)
    texts = []
    for part in range(parts):
        written, lines = 0, [f"# Część {part + 1}\n\n"]
        while written < size // parts:
            at = len(lines)
            line = f"Zdanie {part}.{at}: {' '.join(''.join(chance.choices(_LETTERS, k=8)) for _ in range(60))}.\n\n"
            lines.append(line)
            written += len(line)
        texts.append("".join(lines))
    return "".join(texts)


@pytest.mark.parametrize("size", [150_000, pytest.param(SIZE, marks=pytest.mark.deep)])
def test_a_great_text_is_taken_in_to_the_letter_and_revised_by_one_sentence(store: Store, size: int) -> None:
    text = prose(size, parts=40)
    slug = import_text(store, text, host_id=new_host(store)).slug
    assert len(sections(slug)) == 40
    assert text_at(SYSTEM, slug) == normalise(text)
    again = text.replace("Zdanie 7.3:", "Zdanie inne:")
    revised = documents.revise_document(SYSTEM, slug, content=again.encode(), filename="a.md", now=store.now)
    assert (revised.kept, revised.changed, revised.added, revised.removed) == (39, 1, 0, 0)
    assert text_at(SYSTEM, slug) == normalise(again)


def test_a_part_longer_than_an_editor_takes_is_refused_by_name_whichever_way_it_comes(store: Store) -> None:
    text = prose(SIZE)
    host_id, slug = new_host(store), new_document(store)
    before, row = text_at(SYSTEM, slug), sections(slug)[1]
    acts = [
        lambda: documents.import_document(
            SYSTEM, content=text.encode(), filename="a.md", kind="other", host_id=host_id, now=store.now
        ),
        lambda: documents.revise_document(
            SYSTEM, slug, content=text.encode(), filename="a.md", now=store.now
        ),
        lambda: drafting.save_section(
            SYSTEM, slug, row.section_id, source=text, base_text_id=row.text_id, now=store.now
        ),
        lambda: drafting.add_section(
            SYSTEM, slug, after_section_id=row.section_id, title="Nowa", level=2, body=text, now=store.now
        ),
    ]
    for act in acts:
        with pytest.raises(InvalidInput) as refused:
            act()
        assert (refused.value.code, refused.value.facts["limit"]) == ("invalid.text_too_long", LONGEST_SOURCE)
    assert text_at(SYSTEM, slug) == before
    assert queries.get_document(slug, EVERYTHING).last_change_no == 1
    assert queries.count_documents() == 1


def great_word_file(lines: list[str]) -> bytes:
    return word_file(
        "".join(
            paragraph(line[2:], style="Heading1") if line.startswith("# ") else paragraph(run(line))
            for line in lines
        ),
        styles='<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>',
    )


@pytest.mark.parametrize("size", [100_000, pytest.param(4_500_000, marks=pytest.mark.deep)])
def test_a_great_word_file_is_taken_whole(store: Store, size: int) -> None:
    lines = [line for line in prose(size, parts=40).split("\n") if line]
    made = documents.import_document(
        SYSTEM, content=great_word_file(lines), filename="a.docx", kind="other", host_id=new_host(store), now=store.now
    )  # fmt: skip
    assert made.sections == 40
    taken = set(text_at(SYSTEM, made.slug).split("\n"))
    assert [line for line in lines if line not in taken] == []


@pytest.mark.deep
def test_a_word_file_longer_than_can_be_read_says_so(store: Store) -> None:
    lines = [line for line in prose(5_100_000, parts=40).split("\n") if line]
    with pytest.raises(InvalidInput) as refused:
        documents.import_document(
            SYSTEM, content=great_word_file(lines), filename="a.docx", kind="other", host_id=new_host(store), now=store.now
        )  # fmt: skip
    assert refused.value.code == "invalid.file_too_long"
    assert queries.count_documents() == 0
