"""Reading the runs of a paragraph: words, their emphasis, links, breaks and note marks.

Runs become `Piece`s first and Markdown afterwards, because emphasis can only be written once it is known
what stands on both sides of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from consult.adapters.import_files.inline_markdown import Piece
from consult.adapters.import_files.markdown_text import safe_address
from consult.adapters.import_files.package import (
    Element,
    Limits,
    Relationship,
    attribute,
    child,
    descendants,
    is_on,
    refusal,
    tag,
)
from consult.adapters.import_files.printed import as_printed
from consult.adapters.import_files.remarks import RemarkBook
from consult.adapters.import_files.tracked import View, beginning, end
from consult.adapters.import_files.word.structure import author_of
from consult.adapters.import_files.word.styles import RunFormat, Styles

_SYMBOLS = {
    ("symbol", "b7"): "•",
    ("wingdings", "6f"): "□",
    ("wingdings", "71"): "❑",
    ("wingdings", "a7"): "▪",
    ("wingdings", "a8"): "☐",
    ("wingdings", "d8"): "➢",
    ("wingdings", "e0"): "→",
    ("wingdings", "fc"): "✓",
    ("wingdings", "fd"): "☒",
    ("wingdings", "fe"): "☑",
}
_FIELD_CODE_LENGTH = 4_000
_HYPERLINK_FIELD = re.compile(r'HYPERLINK\s+"([^"]{1,4000})"')


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_result: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """What reading a paragraph needs to know of the rest of the file.

    `view` says whose tracked changes are taken in; `comments` numbers the comments in the margin by id;
    `mark_note` answers the label of a footnote (`w:footnoteReference`) or endnote by its id, or None;
    `set_aside` takes a text box whose words are to follow the paragraph; `show_picture` answers what shows the picture
    of a relationship, given its alternative text and whether it only decorates.
    """

    styles: Styles
    relationships: dict[str, Relationship]
    remarks: RemarkBook
    limits: Limits
    view: View
    comments: Mapping[str, int]
    mark_note: Callable[[str, str], str | None]
    set_aside: Callable[[Element], None]
    show_picture: Callable[[str, str, bool], Piece | None]


class InlineReader:
    """Reads paragraphs of one story in order; fields may run over several of them."""

    _SKIPPED: ClassVar[frozenset[str]] = frozenset(
        {
            "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr", "w:rubyPr", "w:rt",
            "w:instrText", "w:delText", "w:delInstrText", "w:fldData", "w:ffData", "w:footnoteRef",
            "w:endnoteRef", "w:annotationRef", "w:separator", "w:continuationSeparator", "w:pgNum",
        }
    )  # fmt: skip

    def __init__(self, story: Story) -> None:
        self._story = story
        self._fields: list[_Field] = []
        self._pieces: list[Piece] = []
        self._restored = 0

    def read(self, paragraph: Element) -> list[Piece]:
        """The pieces of a paragraph, insertions taken and deletions dropped."""
        self._pieces = []
        if self._is_in_code():
            # a field whose code never ended would swallow the rest of the text
            self._fields.clear()
        self._walk(paragraph, RunFormat(), "", 0)
        return self._pieces

    def _is_in_code(self) -> bool:
        return any(not field.in_result for field in self._fields)

    def _walk(self, element: Element, look: RunFormat, address: str, depth: int) -> None:
        if depth > self._story.limits.nesting:
            raise refusal("file_too_complex")
        for each in element:
            name = tag(each)
            if name in self._SKIPPED and not (self._restored and name == "w:delText"):
                continue
            read = self._READERS.get(name)
            if read is not None:
                read(self, each, look, address, depth)
            elif name == "w:fldChar":
                self._turn_field(each)
            elif name == "w:r":
                self._read_run(each, address, depth)
            else:
                self._walk(each, look, address, depth + 1)

    def _read_run(self, run: Element, address: str, depth: int) -> None:
        properties = child(run, "w:rPr")
        look = self._story.styles.run_format(properties)
        if look.hidden:
            self._story.remarks.add("hidden_text", partial(_words, run))
            return
        if look.generated:
            self._story.remarks.add("section_numbers", partial(_words, run))
            return
        if any(tag(each) == "w:instrText" for each in run) and self._fields:
            code = "".join(each.text or "" for each in run if tag(each) == "w:instrText")
            self._fields[-1].code = (self._fields[-1].code + code)[:_FIELD_CODE_LENGTH]
        if properties is not None and is_on(properties, "w:u") and not address:
            self._story.remarks.add("underline", partial(_words, run))
        custom_mark = next(
            (each for each in run if attribute(each, "w:customMarkFollows") in ("1", "true", "on")), None
        )
        if custom_mark is not None:
            # what follows in the run is the mark as its author typed it; ours is generated
            self._read_note(custom_mark, look, address, depth)
            return
        self._walk(run, look, address or self._field_address(), depth + 1)

    def _field_address(self) -> str:
        return next((field.address for field in reversed(self._fields) if field.address), "")

    def _turn_field(self, mark: Element) -> None:
        kind = attribute(mark, "w:fldCharType")
        if kind == "begin":
            if len(self._fields) >= self._story.limits.nesting:
                raise refusal("file_too_complex")
            self._fields.append(_Field())
            self._read_form_field(child(mark, "w:ffData"))
        elif kind == "separate" and self._fields:
            field = self._fields[-1]
            field.in_result = True
            self._note_field(field)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note_field(self, field: _Field) -> None:
        found = _HYPERLINK_FIELD.search(field.code)
        if found:
            field.address = self._allowed(found[1])
        elif field.code.strip() and "HYPERLINK" not in field.code:
            self._story.remarks.add("fields", field.code)

    def _read_form_field(self, form: Element | None) -> None:
        box = child(form, "w:checkBox")
        if box is not None:
            checked = is_on(box, "w:checked")
            is_ticked = is_on(box, "w:default") if checked is None else checked
            self._pieces.append(Piece("☒" if is_ticked else "☐"))

    def _allowed(self, address: str) -> str:
        safe = safe_address(address)
        if safe is None:
            self._story.remarks.add("links", address)
        return safe or ""

    def _add(self, words: str, look: RunFormat, address: str) -> None:
        if not words or self._is_in_code():
            return
        kept, opening, closing = as_printed(
            words, raised=look.raised, lowered=look.lowered, struck=look.struck
        )
        self._add_mark(opening)
        self._pieces.append(Piece(kept, look.strong, look.emphasised, address))
        self._add_mark(closing)

    def _add_mark(self, markdown: str) -> None:
        if markdown and not self._is_in_code():
            self._pieces.append(Piece(markdown, is_mark=True))

    def _read_text(self, element: Element, look: RunFormat, address: str, _depth: int) -> None:
        self._add(element.text or "", look, address)

    def _read_space(self, _element: Element, look: RunFormat, address: str, _depth: int) -> None:
        self._add(" ", look, address)

    def _read_break(self, _element: Element, _look: RunFormat, _address: str, _depth: int) -> None:
        if not self._is_in_code():
            self._pieces.append(Piece("", is_break=True))

    def _read_firm_hyphen(self, _element: Element, look: RunFormat, address: str, _depth: int) -> None:
        self._add("\u2011", look, address)

    def _read_soft_hyphen(self, _element: Element, look: RunFormat, address: str, _depth: int) -> None:
        self._add("\u00ad", look, address)

    def _read_symbol(self, element: Element, look: RunFormat, address: str, _depth: int) -> None:
        font = (attribute(element, "w:font") or "").lower()
        code = (attribute(element, "w:char") or "").lower()[-2:].lstrip("0")
        known = _SYMBOLS.get((font, code))
        if known is None:
            self._story.remarks.add("symbols", f"{font} {code}")
        self._add(known or "", look, address)

    def _read_note(self, element: Element, _look: RunFormat, _address: str, _depth: int) -> None:
        label = self._story.mark_note(tag(element), attribute(element, "w:id") or "")
        if label is not None:
            self._add_mark(f"[^{label}]")

    def _read_link(self, element: Element, look: RunFormat, _address: str, depth: int) -> None:
        target = self._story.relationships.get(attribute(element, "r:id") or "")
        address = ""
        if target is not None and target.external:
            address = self._allowed(target.target)
        elif attribute(element, "w:anchor"):
            self._story.remarks.add("internal_links", partial(_words, element))
        self._walk(element, look, address, depth + 1)

    def _read_simple_field(self, element: Element, look: RunFormat, address: str, depth: int) -> None:
        field = _Field(attribute(element, "w:instr") or "")
        self._note_field(field)
        self._walk(element, look, field.address or address, depth + 1)

    def _read_inserted(self, element: Element, look: RunFormat, address: str, depth: int) -> None:
        if self._story.view.takes(author_of(element)):
            self._story.remarks.add("tracked_insertions", partial(_words, element))
            self._walk(element, look, address, depth + 1)

    def _read_deleted(self, element: Element, look: RunFormat, address: str, depth: int) -> None:
        if self._story.view.takes(author_of(element)):
            self._story.remarks.add("tracked_deletions", partial(_words, element))
            return
        self._restored += 1
        self._walk(element, look, address, depth + 1)
        self._restored -= 1

    def read_sign(self, element: Element) -> Piece | None:
        """The sign where a comment in the margin begins or ends, in a view that has signs."""
        number = self._story.comments.get(attribute(element, "w:id") or "")
        if number is None or not self._story.view.has_signs:
            return None
        return Piece(beginning(number) if tag(element) == "w:commentRangeStart" else end(number))

    def _sign(self, element: Element, look: RunFormat, address: str, _depth: int) -> None:
        sign = self.read_sign(element)
        if sign:
            self._add(sign.text, look, address)

    def _read_equation(self, element: Element, look: RunFormat, address: str, _depth: int) -> None:
        words = " ".join(each.text for each in descendants(element, "m:t") if each.text)
        self._story.remarks.add("equations", words)
        self._add(words, look, address)

    def _read_alternatives(self, element: Element, look: RunFormat, address: str, depth: int) -> None:
        """The richest form is enough: the others show the same to older programs."""
        for each in element:
            if tag(each) in ("mc:Choice", "mc:Fallback"):
                self._walk(each, look, address, depth + 1)
                return

    def _read_drawing(self, element: Element, _look: RunFormat, _address: str, _depth: int) -> None:
        boxes = [each for each in descendants(element, "w:txbxContent") if not _is_within_box(each, element)]
        for box in boxes:
            self._story.remarks.add("text_boxes", partial(_words, box))
            self._story.set_aside(box)
        names = {tag(each) for each in element.iter()}
        alternative = _alternative_text(element)
        if "c:chart" in names:
            self._story.remarks.add("charts", alternative)
        elif names & {"pic:pic", "v:imagedata"}:
            self._read_pictures(element)
        elif not boxes:
            self._story.remarks.add("drawings", alternative)

    def _read_pictures(self, element: Element) -> None:
        """Every picture of a drawing; the older twin of a newer one shows the same."""
        words, decorates = _description(element), _is_decorative(element)
        named = list(descendants(element, "a:blip", "v:imagedata"))
        if not named:
            self._story.remarks.add("images", words)
        for each in named:
            identity = attribute(each, "r:embed") or attribute(each, "r:id") or ""
            piece = self._story.show_picture(identity, words, decorates)
            if piece is not None and not self._is_in_code():
                self._pieces.append(piece)

    def _read_object(self, element: Element, _look: RunFormat, _address: str, _depth: int) -> None:
        self._story.remarks.add("embedded_objects", partial(_alternative_text, element))

    _READERS: ClassVar[dict[str, Callable[[InlineReader, Element, RunFormat, str, int], None]]] = {
        "w:t": _read_text,
        "w:delText": _read_text,
        "w:commentRangeStart": _sign,
        "w:commentRangeEnd": _sign,
        "w:tab": _read_space,
        "w:ptab": _read_space,
        "w:br": _read_break,
        "w:cr": _read_break,
        "w:noBreakHyphen": _read_firm_hyphen,
        "w:softHyphen": _read_soft_hyphen,
        "w:sym": _read_symbol,
        "w:footnoteReference": _read_note,
        "w:endnoteReference": _read_note,
        "w:hyperlink": _read_link,
        "w:fldSimple": _read_simple_field,
        "w:ins": _read_inserted,
        "w:moveTo": _read_inserted,
        "w:del": _read_deleted,
        "w:moveFrom": _read_deleted,
        "m:oMath": _read_equation,
        "mc:AlternateContent": _read_alternatives,
        "w:drawing": _read_drawing,
        "w:pict": _read_drawing,
        "w:object": _read_object,
    }


def _words(element: Element) -> str:
    """A few of the words below an element, deleted ones included; for remarks only."""
    found = ""
    for each in descendants(element, "w:t", "w:delText"):
        found += each.text or ""
        if len(found) > 100:
            break
    return found


def _alternative_text(element: Element) -> str:
    for each in descendants(element, "wp:docPr", "pic:cNvPr"):
        described = each.get("descr") or each.get("title") or each.get("name")
        if described:
            return str(described)
    return ""


def _description(element: Element) -> str:
    """What the author says that a picture shows; its name, which programs give it, says nothing."""
    for each in descendants(element, "wp:docPr", "pic:cNvPr", "v:shape"):
        described = each.get("descr") or each.get("alt") or ""
        if described:
            return str(described)
    return ""


def _is_decorative(element: Element) -> bool:
    return any(
        str(each.tag).endswith("}decorative") and each.get("val") in ("1", "true") for each in element.iter()
    )


def _is_within_box(box: Element, outermost: Element) -> bool:
    """Whether a text box stands in another one, or in the older twin of a newer drawing."""
    above = box.getparent()
    while above is not None and above is not outermost:
        if tag(above) in ("w:txbxContent", "mc:Fallback"):
            return True
        above = above.getparent()
    return False
