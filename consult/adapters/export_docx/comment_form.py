"""Comment forms as Word documents: content controls to write in, a row for each part of the text.

What brings an answer back to its part is written three ways, for programs keep different ones: the tag of each control, a
bookmark in each row, and the printed title. The fingerprints of all that is printed travel along as a property, so that
words typed anywhere else are recognised as the sender's.
"""

from __future__ import annotations

import html
import re

from consult.adapters.export_docx.package import (
    CUSTOM_PROPERTIES,
    app_properties,
    archived,
    content_types,
    core_properties,
    custom_properties,
    part,
    relationships,
    root_relationships,
    settings,
)
from consult.adapters.export_docx.styles import styles
from consult.adapters.export_docx.wordml import Look, bookmarked, escaped, field, paragraph, run
from consult.domain.process.comment_forms import SPARE_ROWS, WORDS, Asked, fingerprint
from consult.ports.comment_forms import CommentForm
from consult.ports.form_captions import FormCaptions, form_captions

CODE_PROPERTY = "consult-form"
PRINTED_PROPERTY = "consult-printed"
_LATER_WORD = "http://schemas.microsoft.com/office/word/2010/wordml"
_STRONG = Look(strong=True)
_QUIET = Look(style="FormHint")
_BLANK = "\u2002" * 5
"""What an empty control shows: something to click on that is not printed."""

_WIDTH = 15138  # twentieths of a point between the margins of an A4 page on its side
_WIDTHS = (3238, 2650, 3650, 3050, 2550)
_ASKED_WIDTHS = (5638, 9500)
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="footer"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="500" w:footer="500" w:gutter="0"/>'
    '<w:cols w:space="709"/></w:sectPr>'
)
_LOOKS = (
    '<w:style w:type="character" w:styleId="FormHint"><w:name w:val="Form Hint"/><w:rPr><w:b w:val="0"/><w:bCs w:val="0"/><w:color w:val="52606D"/>'
    '<w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/><w:rPr>'
    '<w:color w:val="616E7C"/></w:rPr></w:style>'
)
_PARAGRAPH = re.compile(r"<w:p>.*?</w:p>", re.DOTALL)
_CONTROL = re.compile(r"<w:sdt>.*?</w:sdt>", re.DOTALL)
_PIECE = re.compile(r"<w:t(?: [^>]*)?>(.*?)</w:t>|<w:(br|tab)/>", re.DOTALL)


class DocxFormWriter:
    """Implements `ports.comment_forms.CommentFormWriter`."""

    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    extension = "docx"

    def write(self, form: CommentForm) -> bytes:
        language = "pl-PL" if form.language.startswith("pl") or not form.language else "en-GB"
        sheet = _Sheet(form, form_captions(form.language))
        body = sheet.body()
        footer = sheet.footer()
        printed = sorted({fingerprint(words) for words in _printed(body + footer)})
        parts = {
            "_rels/.rels": root_relationships(with_custom=True),
            "word/document.xml": part("document", f"<w:body>{body}{_PAGE}</w:body>"),
            "word/_rels/document.xml.rels": relationships(
                {
                    "styles": ("styles", "styles.xml"),
                    "settings": ("settings", "settings.xml"),
                    "footer": ("footer", "footer1.xml"),
                },
                {},
            ),
            "word/styles.xml": styles(language).replace("</w:styles>", f"{_LOOKS}</w:styles>"),
            "word/settings.xml": settings(language).replace(
                '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>', ""
            ),
            "word/footer1.xml": part("ftr", footer),
            "docProps/core.xml": core_properties(
                f"{sheet.captions.title}: {form.title}", language, form.written_at
            ),
            "docProps/app.xml": app_properties(),
            CUSTOM_PROPERTIES: custom_properties(
                {CODE_PROPERTY: form.code, PRINTED_PROPERTY: " ".join(printed)}
            ),
        }
        return archived({"[Content_Types].xml": content_types(tuple(parts)), **parts}, form.written_at)


class _Sheet:
    """One form being set; controls and bookmarks are numbered as they come."""

    def __init__(self, form: CommentForm, captions: FormCaptions) -> None:
        self.captions = captions
        self._form = form
        self._number = 0

    def body(self) -> str:
        form, said = self._form, self.captions
        pieces = [
            paragraph(run(said.title), style="Heading1"),
            paragraph(run(form.title, _STRONG)),
            *(_fact(caption, words) for caption, words in form.facts),
            paragraph(run(said.ways), style="Heading2"),
            *(_fact(caption, words) for caption, words in form.ways),
            paragraph(run(said.who), style="Heading2"),
            self._asked(),
            paragraph(run(said.comments), style="Heading2"),
            *(paragraph(run(f"•\u00a0{words}"), style="TableText") for words in said.how),
            self._rows(),
            paragraph("", style="TableEnd"),
            self._signature(),
        ]
        if form.clause:
            pieces.append(paragraph(run(said.clause), style="Heading2"))
            pieces += [paragraph(run(words), style="TableText") for words in form.clause]
        pieces.append(
            paragraph(
                f"{run(f'{said.code}: ', _STRONG)}{run(form.code, Look(style='CodeText'))}",
                properties='<w:spacing w:before="240" w:after="0"/>',
            )
        )
        pieces.append(paragraph(run(said.code_says, _QUIET)))
        return "".join(pieces)

    def footer(self) -> str:
        said = self.captions
        pages = (
            f"{run(f'{said.page} ')}{field('PAGE', '1')}{run(f' {said.of_pages} ')}{field('NUMPAGES', '1')}"
        )
        return paragraph(
            f"{run(f'{said.code}: {self._form.code} · ')}{pages}",
            style="Footer",
        )

    def _asked(self) -> str:
        said = self.captions
        rows = []
        for asked in Asked:
            head = paragraph(
                f"{run(said.asked[asked], _STRONG)}{run(chr(10) + said.asked_hints[asked], _QUIET)}",
                style="TableText",
            )
            rows.append(
                _row(
                    [
                        _cell(head, _ASKED_WIDTHS[0], shaded=True),
                        _cell(self._answer(asked), _ASKED_WIDTHS[1]),
                    ],
                    480,
                )
            )
        return _table(_ASKED_WIDTHS, rows)

    def _answer(self, asked: Asked) -> str:
        said = self.captions
        tag, name = f"a.{asked}", said.asked[asked]
        if asked is Asked.CONSENT:
            self._number += 1
            box = (
                f'<w:sdt><w:sdtPr><w:alias w:val="{escaped(name)}"/><w:tag w:val="{tag}"/><w:id w:val="{self._number}"/>'
                f'<w14:checkbox xmlns:w14="{_LATER_WORD}"><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
                '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
                "<w:sdtContent>" + run("☐") + "</w:sdtContent></w:sdt>"
            )
            return paragraph(f"{box}{run(f' {said.consent}')}", style="TableText")
        if asked is Asked.CAPACITY:
            listed = "".join(
                f'<w:listItem w:displayText="{escaped(words)}" w:value="{code}"/>'
                for code, words in said.capacities.items()
            )
            kind = f"<w:dropDownList>{listed}</w:dropDownList>"
            return paragraph(self._control(name, tag, kind, shown=said.choose), style="TableText")
        return paragraph(self._control(name, tag, '<w:text w:multiLine="1"/>'), style="TableText")

    def _rows(self) -> str:
        said = self.captions
        head = [
            paragraph(run(said.part, _STRONG), style="TableHeading"),
            *(
                paragraph(
                    f"{run(said.fields[code])}{run(chr(10) + said.hints[code], _QUIET)}", style="TableHeading"
                )
                for code in WORDS
            ),
        ]
        rows = [
            "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
            + "".join(_cell(words, width, shaded=True) for words, width in zip(head, _WIDTHS, strict=True))
            + "</w:tr>"
        ]
        for one in self._form.parts:
            self._number += 1
            title = bookmarked(run(one.title or said.part), self._number, f"s_{one.section_id}")
            rows.append(self._row_of(paragraph(title, style="TableText"), one.title, one.section_id))
        for number in range(1, SPARE_ROWS + 1):
            self._number += 1
            name = f"{said.other_part} ({number})"
            control = self._control(f"{said.part}: {name}", f"p.spare{number}", '<w:text w:multiLine="1"/>')
            own = bookmarked(run(""), self._number, f"spare_{number}")
            hint = paragraph(run(f"{said.other_part}:", _QUIET), style="TableText")
            rows.append(
                self._row_of(hint + paragraph(own + control, style="TableText"), name, f"spare{number}")
            )
        return _table(_WIDTHS, rows)

    def _row_of(self, first: str, title: str, key: str) -> str:
        cells = [_cell(first, _WIDTHS[0], shaded=True)]
        for code, width in zip(WORDS, _WIDTHS[1:], strict=True):
            name = f"{self.captions.fields[code]}: {title}"[:120]
            control = self._control(name, f"c.{code}.{key}", '<w:text w:multiLine="1"/>')
            cells.append(_cell(paragraph(control, style="TableText"), width))
        return _row(cells, 900)

    def _control(self, name: str, tag: str, kind: str, *, shown: str = _BLANK) -> str:
        self._number += 1
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{escaped(name)}"/><w:tag w:val="{tag}"/><w:id w:val="{self._number}"/>'
            f'<w:lock w:val="sdtLocked"/><w:showingPlcHdr/>{kind}</w:sdtPr>'
            f"<w:sdtContent>{run(shown, Look(style='PlaceholderText'))}</w:sdtContent></w:sdt>"
        )

    def _signature(self) -> str:
        said = self.captions
        line = "." * 40
        return paragraph(
            f"{run(f'{said.date}: {line}')}{run(chr(9))}{run(f'{said.signature}: {line}{line}')}",
            properties='<w:tabs><w:tab w:val="left" w:pos="6000"/></w:tabs><w:spacing w:before="480" w:after="240"/>',
        )


def _fact(caption: str, words: str) -> str:
    return paragraph(f"{run(f'{caption}: ', _STRONG)}{run(words)}", style="TableText")


def _table(widths: tuple[int, ...], rows: list[str]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    about = (
        f'<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{_WIDTH}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420"/></w:tblPr>'
    )
    return f"<w:tbl>{about}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _row(cells: list[str], height: int) -> str:
    """A row at least so high (twentieths of a point) that there is room to write by hand."""
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr>{"".join(cells)}</w:tr>'


def _cell(content: str, width: int, *, shaded: bool = False) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F1F3F5"/>' if shaded else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{content}</w:tc>'


def _printed(body: str) -> list[str]:
    """The words of every printed paragraph, without those of controls."""
    found = []
    for one in _PARAGRAPH.findall(body):
        inside = _CONTROL.sub("", one)
        words = "".join(html.unescape(words) if not sign else " " for words, sign in _PIECE.findall(inside))
        if words.strip():
            found.append(words)
    return found
