"""Reading a Word document as the Markdown of a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from consult.adapters.import_files.composition import (
    CELL_BREAK,
    Entry,
    Grid,
    Label,
    Note,
    Paragraph,
    labelled,
)
from consult.adapters.import_files.gathering import MOST_COLUMNS, Gathering
from consult.adapters.import_files.inline_markdown import Piece, plain
from consult.adapters.import_files.package import (
    Element,
    Limits,
    Package,
    attribute,
    child,
    children,
    descendants,
    refusal,
    tag,
    value,
    whole_number,
)
from consult.adapters.import_files.pictures import PictureBook
from consult.adapters.import_files.printed import in_format
from consult.adapters.import_files.tracked import MOST_COMMENTS, Tracked, View, moment, read_in_all_views
from consult.adapters.import_files.tracked import Note as MarginNote
from consult.adapters.import_files.word.inline import InlineReader, Story
from consult.adapters.import_files.word.numbering import Numbering
from consult.adapters.import_files.word.structure import (
    WRAPPERS,
    all_words,
    author_of,
    content_of,
    is_contents,
    is_title_page,
    mark_is_gone,
    rows_of,
    whole_words,
)
from consult.adapters.import_files.word.styles import ParagraphKind, Styles
from consult.ports.imports import ImportedText

_CHANGES = ("w:ins", "w:del", "w:moveTo", "w:moveFrom")


class DocxReader:
    """Implements `ports.imports.DocumentReader` for Word documents (.docx, also .docm and .dotx)."""

    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits

    def read(self, content: bytes, *, filename: str) -> ImportedText:  # noqa: ARG002  what a file is, its bytes say
        """The words of a Word document.

        Raises `InvalidInput` with `file_empty`, `file_too_large`, `file_encrypted`, `file_old_word`,
        `file_not_word`, `file_damaged`, `file_unsafe` or `file_too_complex`. Time and memory are bounded
        by the limits, whatever the file holds.
        """
        package = Package(content, self._limits)
        pictures = PictureBook()
        first = _Document(package, self._limits, View(), pictures)
        text = first.read()
        read = read_in_all_views(
            text,
            lambda view: _Document(package, self._limits, view, pictures).read().source,
            first.tracked,
            first.notes,
        )
        return replace(read, pictures=pictures.pictures())


class _Document:
    """One document being read: blocks gathered in order, counters and remarks kept on the way."""

    def __init__(self, package: Package, limits: Limits, view: View, pictures: PictureBook) -> None:
        self._package = package
        self._pictures = pictures
        self._view = view
        self.tracked = Tracked({})
        self.notes: list[MarginNote] = []
        self._comments: dict[str, int] = {}
        self._limits = limits
        self._text = Gathering(limits)
        self._blocks, self._remarks = self._text.blocks, self._text.remarks
        self._parts = {
            link.kind: link.target
            for link in reversed(package.relationships(package.main).values())
            if not link.external
        }
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"))
        self._notes = {kind: self._read_notes(kind) for kind in ("footnote", "endnote")}
        self._read_comments()
        self._labels: dict[tuple[str, str], str] = {}
        self._counts = {"footnote": 0, "endnote": 0}
        self._cited: list[tuple[str, str]] = []
        self._note_readers: dict[str, InlineReader] = {}
        self._boxes: list[Element] = []
        self._carried: list[Piece] = []
        self._inline = self._inline_reader(package.main)

    def read(self) -> ImportedText:
        body = child(self._package.read_xml(self._package.main), "w:body")
        if body is None:
            raise refusal("file_damaged")
        for change in descendants(body, *_CHANGES):
            self.tracked.add(author_of(change), moment(attribute(change, "w:date")))
        self._read_blocks(body, 0)
        if self._carried:
            self._blocks.append(Paragraph(tuple(self._text.lines(self._carried))))
        self._flush_notes(len(self._cited))
        for note in self.notes:
            self._remarks.add("comments", note.text)
        self._report_margins()
        return self._text.finish()

    # parts beside the text

    def _part(self, kind: str) -> Element | None:
        """A part that not every document has."""
        name = self._parts.get(kind, "")
        return self._package.read_xml(name) if self._package.has(name) else None

    def _read_notes(self, kind: str) -> dict[str, Element]:
        return {
            attribute(note, "w:id") or "": note
            for note in children(self._part(f"{kind}s"), f"w:{kind}")
            if attribute(note, "w:type") in (None, "normal")
        }

    def _inline_reader(self, part: str) -> InlineReader:
        story = Story(
            styles=self._styles,
            relationships=self._package.relationships(part) if self._package.has(part) else {},
            remarks=self._remarks,
            limits=self._limits,
            view=self._view,
            comments=self._comments,
            mark_note=self._mark_note,
            set_aside=self._boxes.append,
            show_picture=partial(self._show_picture, part),
        )
        return InlineReader(story)

    def _show_picture(self, part: str, identity: str, words: str, is_decorative: bool) -> Piece | None:
        link = self._package.relationships(part).get(identity) if self._package.has(part) else None
        if link is None or link.external or not self._package.has(link.target):
            self._remarks.add("images", words)  # what stands elsewhere is asked for by nobody
            return None
        content = self._package.read(link.target)
        return self._pictures.take(content, self._remarks, alt=words, is_decorative=is_decorative)

    def _mark_note(self, reference: str, identity: str) -> str | None:
        """The label of a note: footnotes count 1, 2, 3, endnotes i, ii, iii, as Word prints them."""
        kind = reference.removeprefix("w:").removesuffix("Reference")
        key = (kind, identity)
        if identity not in self._notes[kind]:
            return None
        if key not in self._labels:
            self._counts[kind] += 1
            number = self._counts[kind]
            roman = in_format(number, "lowerRoman") if kind == "endnote" else None
            self._labels[key] = roman or (str(number) if kind == "footnote" else f"e{number}")
            self._cited.append(key)
        return self._labels[key]

    def _read_comments(self) -> None:
        for comment in children(self._part("comments"), "w:comment"):
            words = "\n\n".join(text for each in descendants(comment, "w:p") if (text := whole_words(each)))
            if not words or len(self.notes) >= MOST_COMMENTS:
                continue
            self._comments[attribute(comment, "w:id") or ""] = len(self.notes)
            self.notes.append(MarginNote(author_of(comment), moment(attribute(comment, "w:date")), words))

    def _report_margins(self) -> None:
        """Page headers and footers that say something; a page number alone says nothing."""
        for link in self._package.relationships(self._package.main).values():
            if link.kind in ("header", "footer") and not link.external and self._package.has(link.target):
                words = all_words(self._package.read_xml(link.target))
                if any(sign.isalpha() for sign in words):
                    self._remarks.add("headers_footers", words)

    # blocks

    def _read_blocks(self, parent: Element, depth: int) -> None:
        if depth > self._limits.nesting:
            raise refusal("file_too_complex")
        for element in parent:
            name = tag(element)
            if name == "w:p":
                self._read_paragraph(element)
            elif name == "w:tbl":
                self._read_table(element, depth)
            elif name == "w:sdt" and is_contents(element):
                self._remarks.add("contents", partial(all_words, element))
            elif name == "w:sdt" and is_title_page(element):
                self._read_title_page(element)
            elif name == "w:altChunk":
                self._remarks.add("embedded_objects")
            elif name in WRAPPERS and self._stands(element):
                self._read_blocks(content_of(element), depth + 1)
            elif name in ("w:commentRangeStart", "w:commentRangeEnd"):
                sign = self._inline.read_sign(element)
                self._carried += [sign] if sign else []
            self._read_boxes(depth)

    def _stands(self, wrapper: Element) -> bool:
        """Whether what a wrapper wraps is there in this view: an insertion may be refused."""
        return tag(wrapper) not in ("w:ins", "w:moveTo") or self._view.takes(author_of(wrapper))

    def _read_title_page(self, control: Element) -> None:
        self._remarks.add("title_page", partial(all_words, control))
        for paragraph in descendants(control, "w:p"):
            if self._styles.paragraph_kind(child(paragraph, "w:pPr")).is_title:
                self._text.name(plain(self._inline.read(paragraph)))

    def _read_boxes(self, depth: int) -> None:
        """The words of text boxes met on the way, after the paragraph they hang on."""
        boxes, self._boxes[:] = [*self._boxes], []
        for box in boxes:
            self._read_blocks(box, depth + 1)

    def _read_paragraph(self, paragraph: Element) -> None:
        properties = child(paragraph, "w:pPr")
        kind = self._styles.paragraph_kind(properties)
        if kind.is_contents:
            self._remarks.add("contents", partial(all_words, paragraph))
            return
        is_heading = bool(kind.level or kind.is_title)
        cited_before = len(self._cited)
        pieces = self._take_pieces(paragraph)
        if mark_is_gone(properties, self._view):
            # the deleted end of a paragraph joins it with the next one, whose kind it then has
            self._carried = pieces
            return
        label = self._label(kind)
        if is_heading:
            self._flush_notes(cited_before)
            level = 1 if kind.is_title else kind.level
            self._text.add_heading(level, pieces, label, is_title=kind.is_title)
            return
        written = tuple(self._text.lines(pieces))
        if label is not None and written:
            self._blocks.append(Entry(label, written, plain(pieces)))
        elif written:
            self._blocks.append(Paragraph(written, kind.is_quote))

    def _take_pieces(self, paragraph: Element) -> list[Piece]:
        """The pieces of a paragraph after those carried over from one whose end was deleted."""
        pieces, self._carried = self._carried, []
        pieces.extend(self._inline.read(paragraph))
        return pieces

    def _label(self, kind: ParagraphKind) -> Label | None:
        if kind.numbered is None:
            return None
        label = self._numbering.label(kind.numbered, kind.style)
        if label is not None and not label.exact:
            self._remarks.add("numbering_approximated", label.text)
        return label

    # notes

    def _flush_notes(self, count: int) -> None:
        """Put the definitions of the first `count` notes cited and not yet defined at the end of the section."""
        cited, self._cited = self._cited[:count], self._cited[count:]
        for kind, identity in cited:
            self._blocks.append(Note(self._labels[kind, identity], self._note_paragraphs(kind, identity)))

    def _note_paragraphs(self, kind: str, identity: str) -> tuple[tuple[str, ...], ...]:
        if kind not in self._note_readers:
            self._note_readers[kind] = self._inline_reader(self._parts.get(f"{kind}s", ""))
        reader = self._note_readers[kind]
        note = self._notes[kind][identity]
        found = [tuple(self._text.lines(reader.read(each))) for each in descendants(note, "w:p")]
        return tuple(each for each in found if each) or (("",),)

    # tables

    def _read_table(self, table: Element, depth: int) -> None:
        rows = list(rows_of(table, self._remarks, self._view))
        if len(rows) == 1 and len(rows[0]) == 1:
            # a frame drawn around a passage, which may hold headings and lists
            self._remarks.add("framed_passages", partial(all_words, table))
            self._read_blocks(rows[0][0], depth + 1)
            return
        grid = [self._row(row, depth) for row in rows]
        width = max((len(row) for row in grid), default=0)
        if not width or not any(any(row) for row in grid):
            return
        self._text.take_cells(width * len(grid))
        self._blocks.append(Grid(tuple((*row, *[""] * (width - len(row))) for row in grid)))

    def _row(self, cells: list[Element], depth: int) -> list[str]:
        row: list[str] = []
        for each in cells:
            properties = child(each, "w:tcPr")
            across = min(max(whole_number(value(properties, "w:gridSpan")) or 1, 1), MOST_COLUMNS)
            down = child(properties, "w:vMerge")
            words = CELL_BREAK.join(self._cell(each, depth + 1))
            is_continued = down is not None and attribute(down, "w:val") != "restart"
            if across > 1 or (down is not None and not is_continued):
                self._remarks.add("merged_cells", words)
            row.extend([words, *[""] * (across - 1)])
        return row

    def _cell(self, parent: Element, depth: int) -> Iterator[str]:
        """The lines of a cell, nested tables row by row; headings and lists as plain lines."""
        if depth > self._limits.nesting:
            raise refusal("file_too_complex")
        for element in parent:
            name = tag(element)
            if name == "w:p":
                yield from self._cell_paragraph(element, depth)
            elif name == "w:tbl":
                self._remarks.add("nested_tables", partial(all_words, element))
                for row in rows_of(element, self._remarks, self._view):
                    self._text.take_cells(len(row))
                    words = [CELL_BREAK.join(self._cell(each, depth + 1)) for each in row]
                    yield " ".join(each for each in words if each)
            elif name in WRAPPERS and self._stands(element):
                yield from self._cell(content_of(element), depth + 1)

    def _cell_paragraph(self, paragraph: Element, depth: int) -> Iterator[str]:
        properties = child(paragraph, "w:pPr")
        kind = self._styles.paragraph_kind(properties)
        pieces = self._take_pieces(paragraph)
        if mark_is_gone(properties, self._view):
            self._carried = pieces
            return
        if kind.level or kind.is_title:
            self._remarks.add("headings_in_tables", plain(pieces))
        label = self._label(kind)
        written = self._text.lines(pieces)
        if label is not None and written:
            self._remarks.add("numbering_as_text", f"{label.text} {plain(pieces)}")
            written = list(labelled(label, written))
        yield from written
        boxes, self._boxes[:] = [*self._boxes], []
        for box in boxes:
            yield from self._cell(box, depth + 1)
