"""The words of an OpenDocument paragraph as pieces: looks, links, breaks, notes, tracked changes, comments.

OpenDocument 1.3, part 3, sections 5.1 (paragraphs), 5.5 (change tracking), 6 (what stands in a paragraph), 14 (annotations).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

from consult.adapters.import_files.inline_markdown import Piece
from consult.adapters.import_files.markdown_text import safe_address
from consult.adapters.import_files.opendocument.styles import Look, Styles
from consult.adapters.import_files.package import (
    Element,
    Limits,
    attribute,
    child,
    descendants,
    refusal,
    tag,
    whole_number,
)
from consult.adapters.import_files.printed import as_printed
from consult.adapters.import_files.remarks import RemarkBook
from consult.adapters.import_files.tracked import View, beginning, end

PARAGRAPH_END = Piece("\n", is_mark=True)
"""Stands where words brought back by a refused deletion end one paragraph and begin another."""

_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 200
_PASSED_OVER = frozenset(
    {
        "text:tracked-changes", "text:note-citation", "text:ruby-text", "text:bookmark", "text:bookmark-start",
        "text:bookmark-end", "text:soft-page-break", "text:reference-mark", "text:reference-mark-start",
        "text:reference-mark-end", "text:toc-mark", "text:toc-mark-start", "text:toc-mark-end",
        "text:alphabetical-index-mark", "office:event-listeners",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change: who made it; what it deleted, or None for an insertion."""

    author: str
    deleted: Element | None


@dataclass(slots=True)
class Story:
    """What reading a paragraph needs to know of the rest of the document, and leaves for it.

    `mark_note` answers the label of a footnote or endnote; `boxes` takes text boxes whose words are to follow; `refused`
    holds the insertions that are not taken in and have not ended yet; `show_picture` answers what shows the picture of an
    address inside the file, given its alternative text; `comments` numbers annotations by element.
    """

    styles: Styles
    changes: dict[str, Change]
    remarks: RemarkBook
    limits: Limits
    view: View
    mark_note: Callable[[Element], str]
    show_picture: Callable[[str, str], Piece | None]
    comments: dict[Element, int]
    comment_names: dict[str, int]
    boxes: list[Element] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)


class WordsReader:
    """Reads paragraphs in order; insertions may run over several of them."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._pieces: list[Piece] = []

    def read(self, paragraph: Element) -> list[Piece]:
        """The pieces of a paragraph as the view takes its changes."""
        self._pieces = []
        self._walk(paragraph, Look(), "", 0)
        return self._pieces

    def read_loose(self, element: Element) -> list[Piece]:
        """The pieces of something that stands between paragraphs."""
        self._pieces = []
        self._READERS[tag(element)](self, element, Look(), "", 0)
        return self._pieces

    def _walk(self, element: Element, look: Look, address: str, depth: int) -> None:
        if depth > self._story.limits.nesting:
            raise refusal("file_too_complex")
        self._add(element.text, look, address)
        for each in element:
            name = tag(each)
            read = self._READERS.get(name)
            if read is not None:
                read(self, each, look, address, depth)
            elif name not in _PASSED_OVER:
                self._walk(each, look, address, depth + 1)
            self._add(each.tail, look, address)

    def _add(self, text: str | None, look: Look, address: str) -> None:
        if not text or self._story.refused:
            return
        words = _SPACES.sub(" ", text)
        kept, opening, closing = as_printed(
            words, raised=bool(look.raised), lowered=bool(look.lowered), struck=bool(look.struck)
        )
        self._mark(opening)
        self._pieces.append(Piece(kept, bool(look.strong), bool(look.emphasised), address))
        self._mark(closing)

    def _mark(self, markdown: str) -> None:
        if markdown:
            self._pieces.append(Piece(markdown, is_mark=True))

    def _read_span(self, element: Element, look: Look, address: str, depth: int) -> None:
        own = self._story.styles.look("text", attribute(element, "text:style-name") or "")
        if own.hidden:
            self._story.remarks.add("hidden_text", partial(words_of, element))
            return
        self._walk(element, own.over(look), address, depth + 1)

    def _read_link(self, element: Element, look: Look, _address: str, depth: int) -> None:
        target = attribute(element, "xlink:href") or ""
        safe = None
        if target.startswith("#"):
            self._story.remarks.add("internal_links", partial(words_of, element))
        else:
            safe = safe_address(target)
            if safe is None:
                self._story.remarks.add("links", target)
        self._walk(element, look, safe or "", depth + 1)

    def _read_spaces(self, element: Element, look: Look, address: str, _depth: int) -> None:
        count = whole_number(attribute(element, "text:c")) or 1
        self._add(" " * max(1, min(count, _MOST_SPACES)), look, address)

    def _read_tab(self, _element: Element, look: Look, address: str, _depth: int) -> None:
        self._add(" ", look, address)

    def _read_break(self, _element: Element, _look: Look, _address: str, _depth: int) -> None:
        if not self._story.refused:
            self._pieces.append(Piece("", is_break=True))

    def _read_note(self, element: Element, _look: Look, _address: str, _depth: int) -> None:
        if not self._story.refused:
            self._mark(f"[^{self._story.mark_note(element)}]")

    def _read_frame(self, element: Element, _look: Look, _address: str, _depth: int) -> None:
        boxes = [each for each in descendants(element, "draw:text-box") if not _is_in_box(each, element)]
        for box in boxes:
            self._story.remarks.add("text_boxes", partial(words_of, box))
            self._story.boxes.append(box)
        title = child(element, "svg:title")
        title = child(element, "svg:desc") if title is None else title
        said = (title.text or "") if title is not None else attribute(element, "draw:name") or ""
        names = {tag(each) for each in element.iter()}
        if names & {"draw:object", "draw:object-ole"}:
            self._story.remarks.add("embedded_objects", said)
        elif "draw:image" in names and not boxes:
            self._read_pictures(element)
        elif not boxes:
            self._story.remarks.add("drawings", said)

    def _read_pictures(self, element: Element) -> None:
        """A frame may hold one picture in several formats: the first that can be shown is enough."""
        words = next(
            (
                text
                for name in ("svg:desc", "svg:title")
                for each in descendants(element, name)
                if (text := " ".join((each.text or "").split()))
            ),
            "",
        )
        images = list(descendants(element, "draw:image"))
        for image in images:
            piece = self._story.show_picture(attribute(image, "xlink:href") or "", words)
            if piece is not None:
                if not self._story.refused:
                    self._pieces.append(piece)
                return
        self._story.remarks.add("images", words)

    def _begin_insertion(self, element: Element, _look: Look, _address: str, _depth: int) -> None:
        change = self._story.changes.get(attribute(element, "text:change-id") or "")
        if change is None or change.deleted is not None:
            return
        if self._story.view.takes(change.author):
            self._story.remarks.add("tracked_insertions", element.tail or "")
        else:
            self._story.refused.add(attribute(element, "text:change-id") or "")

    def _end_insertion(self, element: Element, _look: Look, _address: str, _depth: int) -> None:
        self._story.refused.discard(attribute(element, "text:change-id") or "")

    def _read_deletion(self, element: Element, look: Look, address: str, depth: int) -> None:
        change = self._story.changes.get(attribute(element, "text:change-id") or "")
        if change is None or change.deleted is None:
            return
        if self._story.view.takes(change.author):
            self._story.remarks.add("tracked_deletions", partial(words_of, change.deleted))
            return
        paragraphs = [each for each in change.deleted if tag(each) in ("text:p", "text:h")]
        for at, paragraph in enumerate(paragraphs):
            if at and not self._story.refused:
                self._pieces.append(PARAGRAPH_END)
            self._walk(paragraph, look, address, depth + 1)

    def _begin_comment(self, element: Element, look: Look, address: str, _depth: int) -> None:
        number = self._story.comments.get(element)
        if number is None or not self._story.view.has_signs:
            return
        self._add(beginning(number), look, address)
        if not attribute(element, "office:name"):
            self._add(end(number), look, address)

    def _end_comment(self, element: Element, look: Look, address: str, _depth: int) -> None:
        number = self._story.comment_names.get(attribute(element, "office:name") or "")
        if number is not None and self._story.view.has_signs:
            self._add(end(number), look, address)

    _READERS: ClassVar[dict[str, Callable[[WordsReader, Element, Look, str, int], None]]] = {
        "text:span": _read_span,
        "text:a": _read_link,
        "text:s": _read_spaces,
        "text:tab": _read_tab,
        "text:line-break": _read_break,
        "text:note": _read_note,
        "draw:frame": _read_frame,
        "draw:custom-shape": _read_frame,
        "draw:g": _read_frame,
        "text:change-start": _begin_insertion,
        "text:change-end": _end_insertion,
        "text:change": _read_deletion,
        "office:annotation": _begin_comment,
        "office:annotation-end": _end_comment,
    }


def words_of(element: Element) -> str:
    """A few of the words below an element, for remarks."""
    found, length = [], 0
    for words in element.itertext():
        found.append(words)
        length += len(words)
        if length > 200:
            break
    return _SPACES.sub(" ", "".join(found)).strip()


def _is_in_box(box: Element, outermost: Element) -> bool:
    above = box.getparent()
    while above is not None and above is not outermost:
        if tag(above) == "draw:text-box":
            return True
        above = above.getparent()
    return False
