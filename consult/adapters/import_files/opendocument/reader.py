"""Reading an OpenDocument text as the Markdown of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from consult.adapters.import_files.composition import (
    CELL_BREAK,
    Block,
    Entry,
    Grid,
    Label,
    Note,
    Paragraph,
    labelled,
)
from consult.adapters.import_files.gathering import MOST_COLUMNS, Gathering
from consult.adapters.import_files.inline_markdown import Piece, plain
from consult.adapters.import_files.opendocument.styles import LEVELS, Counters, Styles
from consult.adapters.import_files.opendocument.words import (
    PARAGRAPH_END,
    Change,
    Story,
    WordsReader,
    words_of,
)
from consult.adapters.import_files.package import (
    Archive,
    Element,
    Limits,
    attribute,
    child,
    children,
    descendants,
    refusal,
    tag,
    whole_number,
)
from consult.adapters.import_files.pictures import PictureBook
from consult.adapters.import_files.printed import in_format
from consult.adapters.import_files.remarks import RemarkBook
from consult.adapters.import_files.tracked import MOST_COMMENTS, Tracked, View, moment, read_in_all_views
from consult.adapters.import_files.tracked import Note as MarginNote
from consult.ports.imports import ImportedText

_MEDIA_TYPES = (
    b"application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.text-template",
)
_MOST_REPEATED = 200
_LEFT_OUT = {
    "text:table-of-content": "contents",
    "text:alphabetical-index": "contents",
    "text:bibliography": "contents",
    "text:illustration-index": "contents",
    "text:table-index": "contents",
    "text:object-index": "contents",
    "text:user-index": "contents",
}
_WALKED = frozenset(
    {"text:section", "text:numbered-paragraph", "text:list-header", "text:index-body", "draw:text-box"}
)


ShowPicture = Callable[[RemarkBook, str, str], Piece | None]


class OdtReader:
    """Implements `ports.imports.DocumentReader` for OpenDocument texts (.odt, .ott)."""

    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits

    def read(self, content: bytes, *, filename: str) -> ImportedText:  # noqa: ARG002  what a file is, its bytes say
        """The words of an OpenDocument text.

        Raises `InvalidInput` with `file_empty`, `file_too_large`, `file_encrypted`, `file_not_opendocument`,
        `file_damaged`, `file_unsafe` or `file_too_complex`.
        """
        archive = Archive(content, self._limits, kind="opendocument")
        if not archive.has("mimetype") or archive.read("mimetype").strip() not in _MEDIA_TYPES:
            raise refusal("file_not_opendocument")
        if archive.has("META-INF/manifest.xml"):
            manifest = archive.read_xml("META-INF/manifest.xml")
            if next(descendants(manifest, "manifest:encryption-data"), None) is not None:
                raise refusal("file_encrypted")
        root = archive.read_xml("content.xml")
        styles = archive.read_xml("styles.xml") if archive.has("styles.xml") else None
        pictures = PictureBook()

        def read(view: View) -> _Document:
            return _Document(root, styles, self._limits, view, partial(_show_picture, archive, pictures))

        first = read(View())
        text = first.read()
        text = read_in_all_views(text, lambda view: read(view).read().source, first.tracked, first.notes)
        return replace(text, pictures=pictures.pictures())


def _show_picture(
    archive: Archive, pictures: PictureBook, remarks: RemarkBook, address: str, words: str
) -> Piece | None:
    """What shows a picture that stands in the file; None for one that stands elsewhere or cannot be shown."""
    name = address.removeprefix("./")
    if not name or "://" in name or not archive.has(name):
        return None
    return pictures.take(archive.read(name), remarks, alt=words, is_left_out_aloud=False)


class _Document:
    """One document being read in one view: blocks gathered in order, counters and remarks kept on the way."""

    def __init__(
        self, root: Element, styles: Element | None, limits: Limits, view: View, show_picture: ShowPicture
    ) -> None:
        body = child(child(root, "office:body"), "office:text")
        if body is None:
            raise refusal("file_damaged")
        self._body = body
        self._limits = limits
        self._styles = Styles(styles, root)
        self._text = Gathering(limits)
        self._blocks, self._remarks = self._text.blocks, self._text.remarks
        self.tracked = Tracked({})
        self.notes: list[MarginNote] = []
        self._story = Story(
            styles=self._styles,
            changes=self._read_changes(),
            remarks=self._remarks,
            limits=limits,
            view=view,
            mark_note=self._mark_note,
            show_picture=partial(show_picture, self._remarks),
            comments={},
            comment_names={},
        )
        self._read_annotations()
        self._words = WordsReader(self._story)
        self._carried: list[Piece] = []
        self._cited: list[tuple[str, Element]] = []
        self._counts = {"footnote": 0, "endnote": 0}
        self._outline = Counters()
        self._lists: dict[str, Counters] = {}

    def read(self) -> ImportedText:
        self._read_blocks(self._body, 0)
        if self._carried:
            self._blocks.append(Paragraph(tuple(self._text.lines(self._carried))))
        self._flush_notes(len(self._cited))
        return self._text.finish()

    def _read_changes(self) -> dict[str, Change]:
        found: dict[str, Change] = {}
        for region in children(child(self._body, "text:tracked-changes"), "text:changed-region"):
            for act in region:
                who = child(act, "office:change-info")
                author = (getattr(child(who, "dc:creator"), "text", None) or "").strip()
                if tag(act) in ("text:insertion", "text:deletion"):
                    self.tracked.add(author, moment(getattr(child(who, "dc:date"), "text", None)))
                    deleted = act if tag(act) == "text:deletion" else None
                    found[attribute(region, "text:id") or ""] = Change(author, deleted)
        return found

    def _read_annotations(self) -> None:
        for element in descendants(self._body, "office:annotation"):
            words = "\n\n".join(text for each in descendants(element, "text:p") if (text := words_of(each)))
            if not words or len(self.notes) >= MOST_COMMENTS:
                continue
            number = len(self.notes)
            author = (getattr(child(element, "dc:creator"), "text", None) or "").strip()
            at = moment(getattr(child(element, "dc:date"), "text", None))
            self.notes.append(MarginNote(author, at, words))
            self._story.comments[element] = number
            self._story.comment_names[attribute(element, "office:name") or ""] = number
            self._remarks.add("comments", words)
        self._story.comment_names.pop("", None)

    # blocks

    def _read_blocks(self, parent: Element, depth: int) -> None:
        if depth > self._limits.nesting:
            raise refusal("file_too_complex")
        for element in parent:
            name = tag(element)
            if name in ("text:h", "text:p"):
                self._read_paragraph(element)
            elif name == "text:list":
                self._read_list(element, attribute(element, "text:style-name") or "", 1, depth)
            elif name == "table:table":
                self._read_table(element, depth)
            elif name in _LEFT_OUT:
                self._remarks.add(_LEFT_OUT[name], partial(words_of, element))
            elif name in _WALKED:
                self._read_blocks(element, depth + 1)
            elif name in ("text:change-start", "text:change-end", "text:change", "draw:frame"):
                self._read_loose(element)
            self._read_boxes(depth)

    def _read_loose(self, element: Element) -> None:
        """What may stand between paragraphs as well as in them."""
        for paragraph in _paragraphs(self._words.read_loose(element)):
            written = tuple(self._text.lines(paragraph))
            if written:
                self._blocks.append(Paragraph(written))

    def _read_boxes(self, depth: int) -> None:
        boxes, self._story.boxes[:] = [*self._story.boxes], []
        for box in boxes:
            self._read_blocks(box, depth + 1)

    def _read_paragraph(self, paragraph: Element, label: Label | None = None) -> None:
        style = attribute(paragraph, "text:style-name") or ""
        is_title = self._styles.is_called(style, "Title")
        level = _heading_level(paragraph)
        is_quote = self._styles.is_called(style, "Quotations")
        cited_before = len(self._cited)
        pieces = [*self._carried, *self._words.read(paragraph)]
        self._carried = []
        if self._story.refused:
            # an insertion that is not taken in holds the end of this paragraph: it goes on with the next
            self._carried = pieces
            return
        for part in _paragraphs(pieces):
            if is_title or level:
                self._flush_notes(cited_before)
                printed = label if is_title or label else self._heading_label(paragraph, level)
                self._text.add_heading(1 if is_title else level, part, printed, is_title=is_title)
                continue
            written = tuple(self._text.lines(part))
            if label is not None and written:
                self._blocks.append(Entry(label, written, plain(part)))
            elif written:
                self._blocks.append(Paragraph(written, is_quote))

    def _heading_label(self, paragraph: Element, level: int) -> Label | None:
        """The number printed before a heading of the outline."""
        if attribute(paragraph, "text:is-list-header") == "true":
            return None
        levels = {at: found for at in range(1, LEVELS + 1) if (found := self._styles.outline_level(at))}
        return self._outline.label(levels, level)

    # lists

    def _read_list(self, element: Element, style: str, level: int, depth: int) -> None:
        if depth > self._limits.nesting or level > LEVELS:
            raise refusal("file_too_complex")
        style = attribute(element, "text:style-name") or style
        if level == 1 and attribute(element, "text:continue-numbering") != "true":
            self._lists.pop(style, None)
        for entry in element:
            if tag(entry) not in ("text:list-item", "text:list-header"):
                continue
            label = None
            if tag(entry) == "text:list-item" and any(tag(each) in ("text:p", "text:h") for each in entry):
                label = self._label(style, level, whole_number(attribute(entry, "text:start-value")))
            self._read_entry(entry, label, style, level, depth)

    def _read_entry(self, entry: Element, label: Label | None, style: str, level: int, depth: int) -> None:
        """An entry's paragraphs as one entry with broken lines; lists and tables in it after that."""
        written: list[str] = []
        words: list[str] = []
        for element in entry:
            name = tag(element)
            if name == "text:h" and not written:
                self._read_paragraph(element, label)
                label = None
            elif name in ("text:p", "text:h"):
                pieces = [*self._carried, *self._words.read(element)]
                self._carried = pieces if self._story.refused else []
                if not self._carried:
                    for part in _paragraphs(pieces):
                        written += self._text.lines(part)
                        words.append(plain(part))
            else:
                self._end_entry(label, written, words)
                label, written, words = None, [], []
                if name == "text:list":
                    self._read_list(element, style, level + 1, depth + 1)
                elif name == "table:table":
                    self._read_table(element, depth + 1)
        self._end_entry(label, written, words)
        self._read_boxes(depth)

    def _end_entry(self, label: Label | None, written: list[str], words: list[str]) -> None:
        if not written:
            return
        block: Block = Entry(label, tuple(written), " ".join(words)) if label else Paragraph(tuple(written))
        self._blocks.append(block)

    def _label(self, style: str, level: int, start: int | None) -> Label:
        levels = {at: found for at in range(1, LEVELS + 1) if (found := self._styles.level(style, at))}
        counters = self._lists.setdefault(style, Counters())
        label = counters.label(levels, level, start=start)
        if label is None:
            # a list nobody described, or one whose level prints nothing, still is a list
            return Label(level - 1, "•", is_bullet=True)
        if not label.exact:
            self._remarks.add("numbering_approximated", label.text)
        return label

    # notes

    def _mark_note(self, note: Element) -> str:
        kind = "endnote" if attribute(note, "text:note-class") == "endnote" else "footnote"
        self._counts[kind] += 1
        number = self._counts[kind]
        label = str(number) if kind == "footnote" else in_format(number, "lowerRoman") or f"e{number}"
        self._cited.append((label, note))
        return label

    def _flush_notes(self, count: int) -> None:
        """Put the definitions of the first `count` notes cited and not yet defined at the end of the section."""
        cited, self._cited = self._cited[:count], self._cited[count:]
        for label, note in cited:
            reader = WordsReader(self._story)
            body = child(note, "text:note-body")
            found = [
                tuple(self._text.lines(reader.read(each)))
                for each in (descendants(body, "text:p", "text:h") if body is not None else ())
            ]
            self._blocks.append(Note(label, tuple(each for each in found if each) or (("",),)))

    # tables

    def _read_table(self, table: Element, depth: int) -> None:
        rows = [
            cells
            for row in _rows(table)
            for cells in [self._row(row, depth)]
            for _ in range(_repeated(row, cells))
        ]
        width = max((len(row) for row in rows), default=0)
        while width and all(len(row) < width or not row[width - 1] for row in rows):
            width -= 1
        rows = [row for row in rows if any(row)]
        if not width or not rows:
            return
        self._text.take_cells(width * len(rows))
        self._blocks.append(Grid(tuple((*row[:width], *[""] * (width - len(row))) for row in rows)))

    def _row(self, row: Element, depth: int) -> list[str]:
        cells: list[str] = []
        for each in row:
            if tag(each) not in ("table:table-cell", "table:covered-table-cell"):
                continue
            words = CELL_BREAK.join(self._cell(each, depth + 1))
            across = whole_number(attribute(each, "table:number-columns-spanned")) or 1
            down = whole_number(attribute(each, "table:number-rows-spanned")) or 1
            if across > 1 or down > 1:
                self._remarks.add("merged_cells", words)
            count = whole_number(attribute(each, "table:number-columns-repeated")) or 1
            cells += [words] * max(1, min(count, MOST_COLUMNS))
            if len(cells) > 10 * MOST_COLUMNS:
                raise refusal("file_too_complex")
        return cells

    def _cell(self, parent: Element, depth: int) -> Iterator[str]:
        """The lines of a cell; headings, lists and nested tables as plain lines."""
        if depth > self._limits.nesting:
            raise refusal("file_too_complex")
        for element in parent:
            name = tag(element)
            if name in ("text:p", "text:h"):
                pieces = [*self._carried, *self._words.read(element)]
                self._carried = pieces if self._story.refused else []
                if name == "text:h":
                    self._remarks.add("headings_in_tables", plain(pieces))
                if not self._carried:
                    for part in _paragraphs(pieces):
                        yield from self._text.lines(part)
            elif name == "table:table":
                self._remarks.add("nested_tables", partial(words_of, element))
                for row in _rows(element):
                    yield " ".join(each for each in self._row(row, depth + 1) if each)
            elif name == "text:list":
                yield from self._cell_list(element, attribute(element, "text:style-name") or "", 1, depth)
            elif name in _WALKED:
                yield from self._cell(element, depth + 1)

    def _cell_list(self, element: Element, style: str, level: int, depth: int) -> Iterator[str]:
        if level > LEVELS:
            raise refusal("file_too_complex")
        if level == 1:
            self._lists.pop(style, None)
        for entry in children(element, "text:list-item"):
            label = self._label(style, level, whole_number(attribute(entry, "text:start-value")))
            first = True
            for line in self._cell(entry, depth + 1):
                yield labelled(label, [line])[0] if first else line
                first = False


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those of its head and of groups included."""
    for each in table:
        if tag(each) == "table:table-row":
            yield each
        elif tag(each) in ("table:table-header-rows", "table:table-rows", "table:table-row-group"):
            yield from _rows(each)


def _repeated(row: Element, cells: list[str]) -> int:
    """How often a row stands there; empty ones once, since programs end their tables with thousands of those."""
    count = whole_number(attribute(row, "table:number-rows-repeated")) or 1
    return max(1, min(count, _MOST_REPEATED)) if any(cells) else 1


def _heading_level(paragraph: Element) -> int:
    if tag(paragraph) != "text:h":
        return 0
    return max(1, whole_number(attribute(paragraph, "text:outline-level")) or 1)


def _paragraphs(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """The pieces parted where words brought back end a paragraph."""
    part: list[Piece] = []
    for piece in pieces:
        if piece is PARAGRAPH_END:
            yield part
            part = []
        else:
            part.append(piece)
    yield part
