"""Word documents out: real headings, lists that count, footnotes, a title page, page numbers.

The text is set from the HTML readers see, so the file says what the page says. Files:
`typesetting` HTML to paragraphs · `lists`, `tables` and `notes` · `wordml` the smallest pieces · `styles` ·
`package` the parts around the text · `comment_form` forms to fill in · here the whole.

The title page and the table of contents stand in content controls with a name, and printed numbers in a
style of their own, so that a file that comes back is read without them.
"""

from __future__ import annotations

from consult.adapters.export_docx.comment_form import DocxFormWriter
from consult.adapters.export_docx.notes import cited_notes
from consult.adapters.export_docx.package import (
    app_properties,
    archived,
    content_types,
    core_properties,
    part,
    relationships,
    root_relationships,
    settings,
)
from consult.adapters.export_docx.styles import styles
from consult.adapters.export_docx.typesetting import Typesetter
from consult.adapters.export_docx.wordml import Outlined, escaped, field, paragraph, run
from consult.ports.exports import Captions, ExportedText, captions_for

__all__ = ["DocxFormWriter", "DocxWriter"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE_PAGE = "consult-title-page"
_DEEPEST_LISTED = 3
_PAGE_BREAK = paragraph('<w:r><w:br w:type="page"/></w:r>')
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="footer"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/>'
    '<w:cols w:space="709"/><w:titlePg/></w:sectPr>'
)
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


class DocxWriter:
    """Implements `ports.exports.TextWriter`; the same text always gives the same bytes."""

    media_type = MEDIA_TYPE
    extension = "docx"

    def write(self, text: ExportedText) -> bytes:
        captions = captions_for(text.language)
        language = _full_tag(text.language)
        cited: dict[str, str] = {}
        for section in text.sections:
            if "note-mark" in section.html:
                cited |= cited_notes(section.html)
        setting = Typesetter(cited, text.pictures)
        for section in text.sections:
            setting.set_section(section.html, section.label)
        if text.has_cover:
            front = [_title_page(text, captions), _contents(setting.outline, captions)]
        else:
            front = [paragraph(run(text.title), style="Title")]
        body = [*front, *setting.blocks, _PAGE]
        parts = {
            "[Content_Types].xml": content_types(),
            "_rels/.rels": root_relationships(),
            "word/document.xml": part("document", f"<w:body>{''.join(body)}</w:body>"),
            "word/_rels/document.xml.rels": relationships(
                {
                    "styles": ("styles", "styles.xml"),
                    "settings": ("settings", "settings.xml"),
                    "numbering": ("numbering", "numbering.xml"),
                    "footnotes": ("footnotes", "footnotes.xml"),
                    "footer": ("footer", "footer1.xml"),
                    **setting.drawings.relationships(),
                },
                setting.links.addresses,
            ),
            "word/styles.xml": styles(language),
            "word/settings.xml": settings(language),
            "word/numbering.xml": part("numbering", setting.lists.part()),
            "word/footnotes.xml": part("footnotes", _SEPARATORS + setting.notes.part()),
            "word/_rels/footnotes.xml.rels": relationships({}, setting.note_links.addresses),
            "word/footer1.xml": part("ftr", _footer(text.title, captions)),
            "docProps/core.xml": core_properties(text.title, language, text.written_at),
            "docProps/app.xml": app_properties(),
        }
        return archived(parts, text.written_at, files=setting.drawings.parts())


def _title_page(text: ExportedText, captions: Captions) -> str:
    lines = (
        (captions.host, text.host),
        (captions.state, text.state),
        (captions.written, captions.moment_of(text.written_at)),
        (captions.checksum, text.checksum),
        (captions.address, text.address),
    )
    content = paragraph(run(text.title), style="Title") + "".join(
        paragraph(run(f"{caption}: {said}"), style="Subtitle") for caption, said in lines if said
    )
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{escaped(text.title[:60])}"/><w:tag w:val="{TITLE_PAGE}"/></w:sdtPr>'
        f"<w:sdtContent>{content}{_PAGE_BREAK}</w:sdtContent></w:sdt>"
    )


def _contents(outline: list[Outlined], captions: Captions) -> str:
    """A table of contents as a field: links without page numbers, which only Word can know."""
    listed = [heading for heading in outline if heading.level <= _DEEPEST_LISTED]
    if len(listed) < 2:
        return ""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{_DEEPEST_LISTED}" \\n \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    entries = [
        f'<w:hyperlink w:anchor="{heading.bookmark}">{run(heading.words)}</w:hyperlink>' for heading in listed
    ]
    entries[0] = begin + entries[0]
    entries[-1] += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    paragraphs = "".join(
        paragraph(entry, style=f"TOC{heading.level}") for entry, heading in zip(entries, listed, strict=True)
    )
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph(run(captions.contents), style='TOCHeading')}{paragraphs}{_PAGE_BREAK}</w:sdtContent></w:sdt>"
    )


def _footer(title: str, captions: Captions) -> str:
    pages = f"{run(f'{captions.page} ')}{field('PAGE', '1')}{run(f' {captions.of_pages} ')}{field('NUMPAGES', '1')}"
    return paragraph(run(title), style="Footer") + paragraph(pages, style="Footer")


def _full_tag(language: str) -> str:
    """Word wants a region with the language."""
    return {"pl": "pl-PL", "en": "en-GB", "de": "de-DE", "": "pl-PL"}.get(language, language)
