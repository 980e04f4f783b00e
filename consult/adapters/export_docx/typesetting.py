"""From a section's sanitised HTML to the paragraphs, lists, tables and footnotes of a Word document.

One pass over the tags with a stack of what is open, so that depth costs nothing. The HTML is known to be
well-formed, with lower-case names and quoted attributes: it comes from the rendering port.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import ClassVar

from consult.adapters.export_docx.lists import Lists
from consult.adapters.export_docx.notes import MARK_HERE, Footnotes
from consult.adapters.export_docx.pictures import Drawings
from consult.adapters.export_docx.tables import Cell, Rows
from consult.adapters.export_docx.wordml import (
    GENERATED,
    LOOKS,
    PLAIN,
    Links,
    Look,
    Outlined,
    bookmarked,
    paragraph,
    run,
)
from consult.ports.exports import ExportedPicture

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^<>\"]|\"[^\"]*\")*)>")
_ATTRIBUTE = re.compile(r"([a-z-]+)=\"([^\"]*)\"")
NO_PICTURES: Mapping[str, ExportedPicture] = {}
_SPACES = re.compile(r"[ \t\n\f\r]+")
_VOID = frozenset({"br", "hr", "img", "wbr", "col"})


@dataclass(slots=True)
class _List:
    number: int
    level: int
    next_number: int
    is_ordered: bool
    is_marked: bool = True  # the open entry has its first paragraph already


@dataclass(slots=True)
class _Flow:
    """Where paragraphs go at the moment: the body, a table cell, or a footnote."""

    blocks: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    quotes: int = 0


class Typesetter:
    """Sets sections one after another; ask for the finished parts at the end.

    `cited` are the labels, by identifier, of all footnotes that some section refers to.
    """

    def __init__(
        self, cited: Mapping[str, str], pictures: Mapping[str, ExportedPicture] = NO_PICTURES
    ) -> None:
        self.drawings = Drawings(pictures)
        self.notes = Footnotes(cited)
        self.lists = Lists()
        self.links = Links()
        self.note_links = Links()
        self.outline: list[Outlined] = []
        self._body = _Flow()
        self._flows = [self._body]
        self._note_flow: _Flow | None = None
        self._runs: list[str] = []
        self._looks = [PLAIN]
        self._heading = 0
        self._heading_words: list[str] = []
        self._label = ""
        self._in_pre = False
        self._style = ""
        self._ends_in_space = True
        self._tables: list[Rows] = []
        self._open: list[Callable[[], None] | None] = []
        self._link_starts: list[tuple[int, str]] = []
        self._skipping = 0
        self._mark = False

    @property
    def blocks(self) -> list[str]:
        return self._body.blocks

    def set_section(self, html: str, label: str = "") -> None:
        """Set one section; `label` is printed before its heading unless the heading begins with it."""
        self._label = label
        at = 0
        for tag in _TAG.finditer(html):
            if tag.start() > at and not self._skipping:
                self._add_words(unescape(html[at : tag.start()]))
            at = tag.end()
            if tag[1]:
                self._end()
            elif tag[2] in _VOID:
                self._add_void(tag[2], tag[3])
            else:
                self._begin(tag[2], dict(_ATTRIBUTE.findall(tag[3])) if tag[3] else {}, tag[3])
        if at < len(html):
            self._add_words(unescape(html[at:]))
        while self._open:
            self._end()
        self._close_paragraph()

    # what is open

    def _begin(self, name: str, attributes: dict[str, str], raw: str) -> None:
        """Open an element; what is to be done at its end goes onto the stack."""
        if self._skipping:
            self._skipping += 1
            self._open.append(self._end_skipped)
        elif name == "sup" and attributes.get("class") == "note-mark":
            self._mark = True
            self._open.append(self._end_mark)
        elif self._mark:
            identity = attributes.get("href", "").removeprefix("#")
            self._runs.append(self.notes.cite(identity, within_note=self._is_in_word_note()))
            self._ends_in_space = False
            self._skipping = 1
            self._open.append(self._end_skipped)
        elif "data-generated" in raw and self._is_in_word_note():
            # Word prints the number of its footnotes itself
            self._skipping = 1
            self._open.append(self._end_skipped)
        elif "data-generated" in raw:
            self._open.append(self._begin_look(Look(style=GENERATED)))
        elif name in LOOKS:
            self._open.append(self._begin_look(LOOKS[name]))
        else:
            begin = self._BLOCKS.get(name)
            self._open.append(begin(self, name, attributes) if begin else None)

    def _end(self) -> None:
        finish = self._open.pop() if self._open else None
        if finish:
            finish()

    def _end_skipped(self) -> None:
        self._skipping -= 1

    def _end_mark(self) -> None:
        self._mark = False

    def _is_in_word_note(self) -> bool:
        return len(self._flows) > 1 and self._flows[-1] is self._note_flow

    # words

    def _begin_look(self, look: Look) -> Callable[[], None]:
        above = self._looks[-1]
        self._looks.append(
            Look(
                strong=above.strong or look.strong,
                emphasised=above.emphasised or look.emphasised,
                underlined=above.underlined or look.underlined,
                struck=above.struck or look.struck,
                raised=look.raised or (above.raised and not look.lowered),
                lowered=look.lowered or (above.lowered and not look.raised),
                style=look.style or above.style,
            )
        )
        return self._end_look

    def _end_look(self) -> None:
        self._looks.pop()

    def _add_words(self, words: str) -> None:
        if not self._in_pre:
            words = _SPACES.sub(" ", words)
            if self._ends_in_space:
                words = words.removeprefix(" ")
            if not words:
                return
            self._ends_in_space = words.endswith(" ")
        if self._heading:
            self._heading_words.append(words)
        self._runs.append(run(words, self._looks[-1]))

    def _add_void(self, name: str, raw: str) -> None:
        if self._skipping:
            return
        if name == "br":
            self._runs.append("<w:r><w:br/></w:r>")
            self._ends_in_space = True
        elif name == "img" and self._flows[-1] is not self._note_flow:
            self._runs.append(self.drawings.run(dict(_ATTRIBUTE.findall(raw))))
            self._ends_in_space = False
        elif name == "hr":
            self._close_paragraph()
            self._flows[-1].blocks.append(paragraph("", style="Rule"))

    # blocks

    def _close_paragraph(self) -> None:
        """Finish the open paragraph, if anything stands in it."""
        runs, self._runs = self._runs, []
        self._ends_in_space = True
        if not runs:
            return
        flow = self._flows[-1]
        content = "".join(runs)
        style, properties = self._kind(flow)
        if self._heading:
            content = self._outlined(content)
        if flow is self._note_flow and not flow.blocks:
            content = MARK_HERE + content
        flow.blocks.append(paragraph(content, style=style, properties=properties))

    def _kind(self, flow: _Flow) -> tuple[str, str]:
        """The style and other properties of the paragraph that ends now."""
        if self._heading:
            return f"Heading{self._heading}", ""
        if self._in_pre:
            return "Code", ""
        if flow.lists:
            innermost = flow.lists[-1]
            if not innermost.is_marked:
                innermost.is_marked = True
                return "ListParagraph", self.lists.entry(innermost.number, innermost.level)
            return "ListParagraph", self.lists.continuation(innermost.level)
        if flow is self._note_flow:
            return "FootnoteText", ""
        if self._style:
            return self._style, ""
        if flow.quotes:
            return "Quote", ""
        return ("TableText" if self._tables and flow is not self._body else ""), ""

    def _outlined(self, content: str) -> str:
        number = len(self.outline) + 1
        name = f"_Toc{number:08d}"
        words = "".join(self._heading_words).strip()
        if self._label and not words.startswith(self._label):
            content = run(f"{self._label} ", Look(style=GENERATED)) + content
            words = f"{self._label} {words}"
        self.outline.append(Outlined(self._heading, words, name))
        return bookmarked(content, number, name)

    def _begin_block(self, _name: str, _attributes: dict[str, str]) -> Callable[[], None]:
        self._close_paragraph()
        return self._close_paragraph

    def _begin_figure(self, _name: str, _attributes: dict[str, str]) -> Callable[[], None]:
        """A picture stays on the page of its caption."""
        self._close_paragraph()
        self._style = "Figure"

        def end() -> None:
            self._close_paragraph()
            self._style = ""

        return end

    def _begin_caption(self, _name: str, _attributes: dict[str, str]) -> Callable[[], None]:
        self._close_paragraph()
        self._style = "Caption"
        return self._close_paragraph

    def _begin_heading(self, name: str, _attributes: dict[str, str]) -> Callable[[], None]:
        self._close_paragraph()
        self._heading = int(name[1])
        self._heading_words = []
        return self._end_heading

    def _end_heading(self) -> None:
        self._close_paragraph()
        self._heading = 0
        self._label = ""

    def _begin_pre(self, _name: str, _attributes: dict[str, str]) -> Callable[[], None]:
        self._close_paragraph()
        self._in_pre = True
        return self._end_pre

    def _end_pre(self) -> None:
        if self._runs and self._runs[-1].endswith(_BREAK_AT_END):
            # the last line feed of a block of code ends its last line
            self._runs[-1] = self._runs[-1].removesuffix(_BREAK_AT_END) + "</w:r>"
        self._close_paragraph()
        self._in_pre = False

    def _begin_quote(self, _name: str, _attributes: dict[str, str]) -> Callable[[], None]:
        self._close_paragraph()
        flow = self._flows[-1]
        flow.quotes += 1

        def end() -> None:
            self._close_paragraph()
            flow.quotes -= 1

        return end

    def _begin_list(self, name: str, attributes: dict[str, str]) -> Callable[[], None]:
        self._end_entry()
        flow = self._flows[-1]
        level = len(flow.lists)
        is_ordered = name == "ol"
        start = _number(attributes.get("start"), 1)
        number = self.lists.ordered(level, start) if is_ordered else self.lists.bullets
        flow.lists.append(_List(number, level, start, is_ordered))

        def end() -> None:
            self._close_paragraph()
            flow.lists.pop()

        return end

    def _begin_entry(self, _name: str, attributes: dict[str, str]) -> Callable[[], None]:
        self._close_paragraph()
        flow = self._flows[-1]
        if flow.lists:
            innermost = flow.lists[-1]
            innermost.is_marked = False
            if innermost.is_ordered:
                value = _number(attributes.get("value"), innermost.next_number)
                if value != innermost.next_number:
                    innermost.number = self.lists.ordered(innermost.level, value)
                innermost.next_number = value + 1
        return self._end_entry

    def _end_entry(self) -> None:
        """Finish an entry's paragraph; one without words keeps its number."""
        flow = self._flows[-1]
        if flow.lists and not flow.lists[-1].is_marked and not self._runs:
            self._runs.append(run(""))
        self._close_paragraph()

    def _begin_division(self, name: str, attributes: dict[str, str]) -> Callable[[], None]:
        identity = attributes.get("id", "")
        is_note = attributes.get("class") == "note" and self._note_flow is None
        if not is_note or not self.notes.is_wanted(identity):
            return self._begin_block(name, attributes)
        self._close_paragraph()
        flow = self._note_flow = _Flow()
        self._flows.append(flow)
        self.links, self.note_links = self.note_links, self.links

        def end() -> None:
            self._close_paragraph()
            self._flows.pop()
            self._note_flow = None
            self.links, self.note_links = self.note_links, self.links
            self.notes.define(identity, "".join(flow.blocks))

        return end

    def _begin_link(self, _name: str, attributes: dict[str, str]) -> Callable[[], None] | None:
        address = unescape(attributes.get("href", ""))
        if not address.lower().startswith(("http:", "https:", "mailto:")):
            return None
        runs = self._runs
        start = len(runs)
        self._begin_look(Look(style="Hyperlink"))

        def end() -> None:
            self._end_look()
            inside = "".join(runs[start:])
            if self._runs is runs and inside:
                runs[start:] = [f'<w:hyperlink r:id="{self.links.identity(address)}">{inside}</w:hyperlink>']

        return end

    # tables

    def _begin_table(self, _name: str, _attributes: dict[str, str]) -> Callable[[], None]:
        self._close_paragraph()
        rows = Rows()
        self._tables.append(rows)

        def end() -> None:
            self._close_paragraph()
            self._tables.pop()
            self._flows[-1].blocks.extend(rows.written())

        return end

    def _begin_row(self, _name: str, _attributes: dict[str, str]) -> Callable[[], None]:
        self._close_paragraph()
        if self._tables:
            self._tables[-1].begin_row()
        return self._close_paragraph

    def _begin_cell(self, name: str, attributes: dict[str, str]) -> Callable[[], None]:
        self._close_paragraph()
        if not self._tables:
            return self._close_paragraph
        rows = self._tables[-1]
        flow = _Flow()
        self._flows.append(flow)

        def end() -> None:
            self._close_paragraph()
            self._flows.pop()
            cell = Cell(
                content=flow.blocks,
                is_heading=name == "th",
                across=_number(attributes.get("colspan"), 1),
                down=_number(attributes.get("rowspan"), 1),
                align=attributes.get("align", ""),
            )
            rows.add(cell)

        return end

    _BLOCKS: ClassVar[dict[str, Callable[[Typesetter, str, dict[str, str]], Callable[[], None] | None]]] = {
        "p": _begin_block,
        "dl": _begin_block,
        "dt": _begin_block,
        "dd": _begin_block,
        "caption": _begin_block,
        "figure": _begin_figure,
        "figcaption": _begin_caption,
        "pre": _begin_pre,
        "blockquote": _begin_quote,
        "ul": _begin_list,
        "ol": _begin_list,
        "li": _begin_entry,
        "div": _begin_division,
        "a": _begin_link,
        "table": _begin_table,
        "tr": _begin_row,
        "td": _begin_cell,
        "th": _begin_cell,
        **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _begin_heading),
    }


_BREAK_AT_END = "<w:br/></w:r>"


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else otherwise
