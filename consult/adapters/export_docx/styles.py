"""The named styles of an exported document: few, real, and all that its structure needs.

Built-in styles bear the names Word knows in every language, so that its navigation pane, its tables of
contents and screen readers see headings as headings.
"""

from __future__ import annotations

from consult.adapters.export_docx.package import part
from consult.adapters.export_docx.wordml import GENERATED, escaped

GENERATED_NUMBER_STYLE = "Numer części"
"""The name under which a reader of our files recognises numbers that are printed but are not words."""

_INK = "1F2933"
_QUIET = "52606D"
_HEADING_SIZES = (32, 28, 25, 23, 22, 22)  # half points


def styles(language: str) -> str:
    """The styles part for a document in that language."""
    return part(
        "styles",
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
        f'<w:lang w:val="{escaped(language)}" w:eastAsia="{escaped(language)}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        + "".join(_paragraph_styles())
        + _character("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>')
        + _character("Hyperlink", "Hyperlink", '<w:color w:val="0B4F9E"/><w:u w:val="single"/>')
        + _character(
            "CodeText", "Code Text", '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>'
        )
        + _character(GENERATED, GENERATED_NUMBER_STYLE, "")
        + _TABLE_STYLES,
    )


def _paragraph_styles() -> list[str]:
    headings = [
        _paragraph(
            f"Heading{level}",
            f"heading {level}",
            f'<w:keepNext/><w:keepLines/><w:spacing w:before="{360 - 40 * level}" w:after="100"/><w:outlineLvl w:val="{level - 1}"/>',
            f'<w:b/><w:bCs/><w:color w:val="{_INK}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>',
            following="Normal",
        )
        for level, size in enumerate(_HEADING_SIZES, start=1)
    ]
    contents = [
        _paragraph(
            f"TOC{level}", f"toc {level}", f'<w:spacing w:after="40"/><w:ind w:left="{220 * (level - 1)}"/>'
        )
        for level in (1, 2, 3)
    ]
    return [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
        *headings,
        _paragraph("Title", "Title", '<w:spacing w:before="2400" w:after="240"/>', '<w:b/><w:bCs/><w:sz w:val="48"/><w:szCs w:val="48"/>'),
        _paragraph("Subtitle", "Subtitle", '<w:spacing w:after="60"/>', f'<w:color w:val="{_QUIET}"/><w:sz w:val="24"/><w:szCs w:val="24"/>'),
        _paragraph("TOCHeading", "TOC Heading", '<w:keepNext/><w:spacing w:before="240" w:after="120"/>', '<w:b/><w:bCs/><w:sz w:val="28"/><w:szCs w:val="28"/>'),
        *contents,
        _paragraph("ListParagraph", "List Paragraph", '<w:spacing w:after="60"/>'),
        _paragraph("Figure", "Figure", '<w:keepNext/><w:spacing w:before="120" w:after="60" w:line="240" w:lineRule="auto"/>'),
        _paragraph("Caption", "caption", '<w:spacing w:after="200"/>', f'<w:color w:val="{_QUIET}"/><w:sz w:val="20"/><w:szCs w:val="20"/>'),
        _paragraph("Quote", "Quote", '<w:ind w:left="567" w:right="567"/>', "<w:i/><w:iCs/>"),
        _paragraph("Code", "Code", '<w:spacing w:line="240" w:lineRule="auto"/>', '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/><w:sz w:val="19"/>'),
        _paragraph("TableText", "Table Text", '<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>'),
        _paragraph("TableHeading", "Table Heading", "", "<w:b/><w:bCs/>", based_on="TableText"),
        _paragraph("TableEnd", "Table End", '<w:spacing w:after="60" w:line="120" w:lineRule="exact"/>'),
        _paragraph("Rule", "Rule", '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="9AA5B1"/></w:pBdr>'),
        _paragraph("FootnoteText", "footnote text", '<w:spacing w:after="40" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="19"/><w:szCs w:val="19"/>'),
        _paragraph("Footer", "footer", '<w:spacing w:after="0"/><w:jc w:val="center"/>', f'<w:color w:val="{_QUIET}"/><w:sz w:val="18"/><w:szCs w:val="18"/>'),
    ]  # fmt: skip


def _paragraph(
    identity: str, name: str, paragraph: str, run: str = "", *, based_on: str = "Normal", following: str = ""
) -> str:
    after = f'<w:next w:val="{following}"/>' if following else ""
    about = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    look = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/>{after}<w:qFormat/>{about}{look}</w:style>'
    )


def _character(identity: str, name: str, run: str) -> str:
    look = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f'<w:style w:type="character" w:styleId="{identity}"><w:name w:val="{name}"/>{look}</w:style>'


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="7B8794"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr></w:style>"
)
