"""Pictures embedded in files are taken in with what their authors said of them, or said to be left out."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from consult.adapters.export_docx import DocxWriter
from consult.adapters.import_files import DocxReader, OdtReader
from consult.adapters.import_files.pictures import described
from consult.adapters.import_markdown import MarkdownReader
from consult.adapters.markdown_html import MarkdownHtml
from consult.domain.text.pictures import Source as Shown
from consult.domain.text.pictures import marker, name_of, shown
from consult.ports.exports import ExportedPicture, ExportedSection, ExportedText
from consult.services.kept_files import digest_of
from tests.factories.pictures import planes

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)


def exported(source: str, picture: bytes) -> bytes:
    """A Word document of one section that shows a picture."""
    name = name_of(digest_of(picture))
    html = shown(
        MarkdownHtml().render(source).html,
        lambda asked: Shown(f"#p-{asked}", 400, 240) if asked == name else None,
        gone="",
        undescribed="Obraz bez opisu",
    )
    text = ExportedText(
        "Standard",
        "Urząd Miasta",
        "wersja 1",
        "pl",
        AT,
        "0" * 64,
        "",
        (ExportedSection("", 1, 1, source, html),),
        pictures={name: ExportedPicture(picture, "png", 400, 240)},
    )
    return DocxWriter().write(text)


def test_a_word_document_holds_the_picture_with_its_words_and_gives_it_back() -> None:
    picture = planes()
    name = name_of(digest_of(picture))
    line = marker(name, alt='Trzy koła: "urząd", NGO & mieszkańcy')
    file = exported(f"# Standard\n\nPrzed.\n\n{line}\n\nPo.\n", picture)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert archive.read(f"word/media/{name}.png") == picture
        assert (
            'descr="Trzy koła: &quot;urząd&quot;, NGO &amp; mieszkańcy"'
            in archive.read("word/document.xml").decode()
        )
    read = DocxReader().read(file, filename="x.docx")
    assert [one.content for one in read.pictures] == [picture]
    assert read.source.count(f"(#p-{name})") == 1
    assert line in read.source
    assert {remark.code for remark in read.remarks} >= {"pictures_taken"}


def test_a_decorative_picture_stays_one_and_an_undescribed_one_is_asked_about() -> None:
    picture = planes()
    name = name_of(digest_of(picture))
    read = DocxReader().read(
        exported(f"# T\n\n![](#p-{name}-decorative)\n\nSłowa.\n", picture), filename="x.docx"
    )
    assert f"![](#p-{name}-decorative)" in read.source
    bare = exported(f"# T\n\n![Obraz 3](#p-{name})\n\nSłowa.\n", picture)
    read = DocxReader().read(bare, filename="x.docx")
    assert f"![](#p-{name})" in read.source
    assert "undescribed_pictures" in {remark.code for remark in read.remarks}


def test_what_programs_write_is_no_description() -> None:
    for words in ("Obraz 1", "Picture 12", "image3.png", "Grafika", "Mapa Opis wygenerowany automatycznie"):
        assert described(words) in ("", "Mapa")
    assert described("Obraz trzech płaszczyzn") == "Obraz trzech płaszczyzn"


def odt(picture: bytes, frame: str) -> bytes:
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
        ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"><office:body><office:text>'
        f'<text:h text:outline-level="1">Standard</text:h><text:p>{frame}</text:p><text:p>Dalej.</text:p>'
        "</office:text></office:body></office:document-content>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("Pictures/a.png", picture)
    return written.getvalue()


def test_an_opendocument_text_gives_its_pictures_too_and_says_what_stands_elsewhere() -> None:
    picture = planes()
    name = name_of(digest_of(picture))
    inside = (
        '<draw:frame draw:name="Obraz1"><draw:image xlink:href="Pictures/a.png"/>'
        "<svg:title>Schemat</svg:title><svg:desc>Trzy koła</svg:desc></draw:frame>"
    )
    read = OdtReader().read(odt(picture, inside), filename="x.odt")
    assert f"![Trzy koła](#p-{name})" in read.source
    outside = '<draw:frame><draw:image xlink:href="https://example.org/a.png"/></draw:frame>'
    read = OdtReader().read(odt(picture, outside), filename="x.odt")
    assert [(remark.code, remark.count) for remark in read.remarks] == [("images", 1)]
    assert "example.org" not in read.source


def test_markdown_says_of_an_image_without_words_what_to_do() -> None:
    name = "0" * 32
    read = MarkdownReader().read(
        f"# T\n\n![](https://example.org/a.png)\n\n![](#p-{name})\n\n![](#p-{name}-decorative)\n\n![x](#p-{name})\n".encode(),
        filename="x.md",
    )
    assert {remark.code: remark.count for remark in read.remarks} == {
        "remote_images": 1,
        "undescribed_images": 2,
    }
