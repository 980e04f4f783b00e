"""Files made to harm, and files that were harmed, are refused in words a person can act on, quickly."""

from __future__ import annotations

import socket
import zipfile

import pytest

from consult.adapters.import_files import DocxReader, Limits
from consult.domain.errors import InvalidInput
from tests.adapters.word_files import (
    CONTENT_TYPES,
    ROOT_RELATIONSHIPS,
    abstract_list,
    level,
    list_of,
    numbered,
    paragraph,
    part,
    run,
    table,
    tabled,
    word_file,
    zipped,
)
from tests.pace import within

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SMALL = Limits(
    file_size=200_000,
    entries=50,
    unpacked_size=4_000_000,
    part_size=1_000_000,
    elements=20_000,
    table_cells=500,
    ratio_applies_from=500_000,
)


def read(content: bytes, limits: Limits = Limits()):
    return DocxReader(limits).read(content, filename="projekt.docx")


def refusal_of(content: bytes, limits: Limits = Limits()) -> str:
    """The code the file is refused with; refusing takes no longer than a person notices."""
    with within(5), pytest.raises(InvalidInput) as refused:
        read(content, limits)
    assert refused.value.facts["field"] == "file"
    return refused.value.code.removeprefix("invalid.")


def outcome_of(content: bytes, limits: Limits = Limits()) -> str:
    """ "read", or the code of the refusal; anything else that is raised fails the test."""
    try:
        read(content, limits)
    except InvalidInput as refused:
        return refused.code
    return "read"


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*_arguments, **_options):
        raise AssertionError("the reader asked for something outside the file")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


class TestOtherFiles:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "file_empty"),
            (OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "file_old_word"),
            (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(300), "file_encrypted"),
            (OLE + bytes(600) + "Workbook".encode("utf-16-le"), "file_not_word"),
            (b"%PDF-1.7\n%", "file_not_word"),
            (b"{\\rtf1\\ansi Tekst}", "file_not_word"),
            (b"\x89PNG\r\n\x1a\n" + bytes(50), "file_not_word"),
            (b"<html><body>Tekst</body></html>", "file_not_word"),
            (b'<?xml version="1.0"?><w:wordDocument/>', "file_not_word"),
            ("Zwykły tekst".encode(), "file_not_word"),
            (b"PK\x03\x04" + bytes(100), "file_damaged"),
            (b"\x00" * 1000, "file_damaged"),
        ],
    )
    def test_are_told_apart(self, content, code):
        assert refusal_of(content) == code

    def test_of_other_offices_are_not_word(self):
        odt = zipped([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")])
        assert refusal_of(odt) == "file_not_word"
        assert refusal_of(zipped([("zdjęcie.txt", "x")])) == "file_not_word"
        sheet = CONTENT_TYPES.replace("wordprocessingml.document", "spreadsheetml.sheet")
        assert refusal_of(word_file(paragraph("x"), parts={"[Content_Types].xml": sheet})) == "file_not_word"

    @pytest.mark.parametrize(
        "kind",
        [
            "vnd.openxmlformats-officedocument.wordprocessingml.template.main",
            "vnd.ms-word.document.macroEnabled.main",
        ],
    )
    def test_templates_and_files_with_macros_are_read_for_their_words(self, kind):
        types = CONTENT_TYPES.replace(
            "vnd.openxmlformats-officedocument.wordprocessingml.document.main", kind
        )
        assert read(word_file(paragraph("Słowa"), parts={"[Content_Types].xml": types})).source == "Słowa\n"

    def test_encrypted_entries_are_recognised(self):
        content = bytearray(word_file(paragraph("x")))
        for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            start = content.find(signature)
            while start >= 0:
                content[start + offset] |= 1
                start = content.find(signature, start + 4)
        assert refusal_of(bytes(content)) == "file_encrypted"

    def test_without_words_are_empty(self):
        assert refusal_of(word_file("")) == "file_empty"
        assert refusal_of(word_file(paragraph(" \u3000") + paragraph(""))) == "file_empty"


class TestDamagedFiles:
    def test_cut_anywhere_are_refused_as_damaged(self):
        whole = word_file("".join(paragraph(f"Akapit {number}") for number in range(50)))
        for share in range(1, 40):
            assert refusal_of(whole[: len(whole) * share // 40]) == "file_damaged"

    def test_with_any_byte_changed_are_read_or_refused_never_worse(self):
        whole = word_file("".join(paragraph(f"Akapit {number}") for number in range(20)))
        for position in range(0, len(whole), 7):
            spoiled = whole[:position] + bytes([whole[position] ^ 0x5A]) + whole[position + 1 :]
            assert outcome_of(spoiled).startswith(("read", "invalid.file_"))

    @pytest.mark.parametrize(
        "document",
        [
            "",
            "<w:document",
            part("document", "<w:p>"),
            "<a>\udcff</a>".encode("utf-8", "surrogateescape"),
            part("glossary", ""),
        ],
    )
    def test_with_a_broken_document_are_damaged(self, document):
        assert refusal_of(word_file("", parts={"word/document.xml": document})) == "file_damaged"

    def test_without_their_document_are_damaged(self):
        content = zipped([("[Content_Types].xml", CONTENT_TYPES), ("_rels/.rels", ROOT_RELATIONSHIPS)])
        assert refusal_of(content) == "file_damaged"

    def test_with_packing_that_word_does_not_use_are_read_or_damaged(self):
        entries = [
            ("[Content_Types].xml", CONTENT_TYPES),
            ("_rels/.rels", ROOT_RELATIONSHIPS),
            ("word/document.xml", part("document", f"<w:body>{paragraph('x')}</w:body>")),
        ]
        assert read(zipped(entries, compression=zipfile.ZIP_STORED)).source == "x\n"


class TestBombs:
    def test_of_one_huge_entry_are_refused_before_unpacking(self):
        document = part("document", f"<w:body>{paragraph('a' * 50)}" + " " * 100_000_000 + "</w:body>")
        assert refusal_of(word_file("", parts={"word/document.xml": document})) == "file_unsafe"

    def test_that_declare_too_much_are_refused(self):
        heavy = {f"word/media/{number}.bin": bytes(90_000) for number in range(45)}
        assert refusal_of(word_file(paragraph("x"), parts=heavy), SMALL) == "file_too_large"

    def test_of_many_entries_are_refused(self):
        many = {f"word/{number}.xml": "" for number in range(60)}
        assert refusal_of(word_file(paragraph("x"), parts=many), SMALL) == "file_too_large"

    def test_that_lie_about_their_size_are_found_while_reading(self):
        document = part("document", f"<w:body>{paragraph('x') * 1000}</w:body>")
        content = word_file("", parts={"word/document.xml": document})
        real = len(document).to_bytes(4, "little")
        assert content.count(real) == 2
        lying = content.replace(real, (10).to_bytes(4, "little"))
        assert outcome_of(lying) == "invalid.file_damaged"

    def test_too_large_to_begin_with_are_refused(self):
        assert refusal_of(b"PK\x03\x04" + bytes(300_000), SMALL) == "file_too_large"

    def test_of_an_incompressible_large_part_are_refused(self):
        import random

        noise = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=1_100_000))
        limits = Limits(part_size=1_000_000)
        assert refusal_of(word_file(paragraph(noise)), limits) == "file_too_large"


ENTITIES = {
    "an external entity": ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;"),
    "a remote entity": ('<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]>', "&e;"),
    "a remote document type": ('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">', "x"),
    "a parameter entity": ('<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>', "x"),
    "a billion laughs": (
        "<!DOCTYPE x [<!ENTITY a0 'ha'>"
        + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 11))
        + "]>",
        "&a10;",
    ),
    "quadratic blow-up": (f"<!DOCTYPE x [<!ENTITY a '{'ha' * 50_000}'>]>", "&a;" * 10_000),
}


class TestEntities:
    @pytest.mark.parametrize("attack", ENTITIES)
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    @pytest.mark.parametrize(
        "place",
        ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"],
    )
    def test_are_refused_wherever_they_stand(self, attack, encoding, place):
        doctype, words = ENTITIES[attack]
        document = part("document", f"<w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body>")
        declaration, root = document.split("?>", 1)
        spoiled = f"{declaration.replace('UTF-8', encoding)}?>{doctype}{root}".encode(encoding)
        content = word_file(paragraph("x"), styles="<w:style/>", parts={place: spoiled})
        assert refusal_of(content) == "file_unsafe"


class TestOutside:
    def test_images_templates_and_frames_elsewhere_are_never_asked_for(self):
        image = '<w:r><w:drawing><a:blip r:link="i"/><pic:pic/></w:drawing></w:r>'
        links = {
            "i": ("image", "http://127.0.0.1:9/śledź.png"),
            "t": ("attachedTemplate", "http://127.0.0.1:9/x.dotm"),
            "f": ("frame", "file:///etc/passwd"),
            "s": ("styles", "file:///etc/passwd"),
            "n": ("footnotes", "http://127.0.0.1:9/x.xml"),
            "h": ("header", "http://127.0.0.1:9/x.xml"),
        }
        text = read(word_file(paragraph("Słowa", image) + '<w:altChunk r:id="f"/>', links=links))
        assert text.source == "Słowa\n"
        assert {each.code for each in text.remarks} == {"images", "embedded_objects"}

    @pytest.mark.parametrize(
        "target",
        [
            "../../../../etc/passwd",
            "/etc/passwd",
            "..\\..\\plik",
            "file:///etc/passwd",
            "//server/plik",
            "\x7f",
        ],
    )
    def test_parts_that_point_out_of_the_file_are_not_found(self, target):
        rels = ROOT_RELATIONSHIPS.replace("word/document.xml", target)
        assert read(word_file(paragraph("x"), parts={"_rels/.rels": rels})).source == "x\n"

    def test_names_that_climb_out_of_the_archive_are_only_names(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        parts = {"../../uciekł.txt": "x", "/etc/uciekł": "x", "C:\\uciekł": "x", "word/../uciekł": "x"}
        assert read(word_file(paragraph("Słowa"), parts=parts)).source == "Słowa\n"
        assert not list(tmp_path.iterdir())

    def test_two_parts_of_one_name_are_refused(self):
        document = part("document", f"<w:body>{paragraph('jawne')}</w:body>")
        entries = [
            ("[Content_Types].xml", CONTENT_TYPES),
            ("_rels/.rels", ROOT_RELATIONSHIPS),
            ("word/document.xml", document),
        ]
        with pytest.warns(UserWarning, match="Duplicate name"):
            doubled = zipped([*entries, ("word/document.xml", document.replace("jawne", "inne"))])
        assert refusal_of(doubled) == "file_unsafe"
        assert refusal_of(zipped([*entries, ("WORD/Document.xml", document)])) == "file_unsafe"


class TestComplexity:
    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(
                "<w:p>" + "<w:smartTag>" * 60 + run("x") + "</w:smartTag>" * 60 + "</w:p>", id="nested runs"
            ),
            pytest.param(
                "<w:sdt><w:sdtContent>" * 50 + paragraph("x") + "</w:sdtContent></w:sdt>" * 50,
                id="nested controls",
            ),
            pytest.param(
                "<w:tbl><w:tr><w:tc>" * 60 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 60,
                id="nested frames",
            ),
            pytest.param(
                table(("a", "<w:tbl><w:tr><w:tc>" * 60 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 60)),
                id="nested tables",
            ),
        ],
    )
    def test_of_nesting_is_bounded(self, body):
        assert refusal_of(word_file(body)) == "file_too_complex"

    def test_beyond_what_xml_readers_take_is_damage(self):
        assert (
            refusal_of(word_file("<w:p>" + "<w:smartTag>" * 5000 + "</w:smartTag>" * 5000 + "</w:p>"))
            == "file_damaged"
        )

    def test_of_elements_is_bounded(self):
        assert refusal_of(word_file(paragraph("x") * 6000), SMALL) == "file_too_complex"

    def test_of_table_cells_is_bounded_even_when_they_are_only_claimed(self):
        wide = "<w:tr>" + tabled("x", '<w:gridSpan w:val="999999999"/>') + "</w:tr>"
        assert refusal_of(word_file(f"<w:tbl>{wide * 20}</w:tbl>"), SMALL) == "file_too_complex"
        assert read(word_file(f"<w:tbl>{wide}<w:tr>{tabled('y')}</w:tr></w:tbl>")).source.count("|") == 3 * 64

    def test_of_numbers_is_bounded(self):
        long = abstract_list(0, level(0, "upperRoman", "%1" * 100_000, start=3999)) + list_of(1, 0)
        text = read(word_file(numbered("x", number=1) * 200, numbering=long))
        assert len(text.source) < 200 * 1000

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(paragraph(*[run("x", "<w:b/>"), run(" ")] * 20_000), id="runs of two looks"),
            pytest.param(paragraph("[" * 200_000), id="brackets"),
            pytest.param(paragraph("&" * 200_000), id="ampersands"),
            pytest.param(paragraph("_" * 200_000), id="underscores"),
            pytest.param(paragraph("#" * 200_000, style="Heading1"), id="number signs"),
            pytest.param(
                paragraph(*['<w:r><w:fldChar w:fldCharType="begin"/></w:r>'] * 20_000),
                id="fields never ended",
            ),
            pytest.param(paragraph(*["<w:r><w:br/></w:r>"] * 50_000), id="line breaks"),
            pytest.param(paragraph("x", properties="<w:rPr><w:del/></w:rPr>") * 3_000, id="deleted ends"),
        ],
    )
    def test_of_text_costs_no_more_than_its_length(self, body):
        with within(3):
            outcome = outcome_of(word_file(body + paragraph("x")), Limits(ratio=100_000))
            assert outcome in ("read", "invalid.file_too_complex")
