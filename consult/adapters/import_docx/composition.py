"""Blocks of a text, and how they are put together as Markdown.

Lists are the delicate part. A Markdown list counts on by itself and knows bullets and plain numbers only.
So a Word list becomes a Markdown list where the numbers come out the same, and otherwise paragraphs that
begin with their number as text ("1)", "a)", "§ 1."), indented into the list entry they stand under.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consult.adapters.import_docx.markdown_text import cell, escape, escape_line_beginning, heading
from consult.adapters.import_docx.numbering import Label

_HARD_BREAK = "  \n"
_INDENT = "    "
CELL_BREAK = " "


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    line: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of inline Markdown, broken where the writer broke them."""

    lines: tuple[str, ...]
    is_quote: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph with a generated label; `words` are its lines without markup."""

    label: Label
    lines: tuple[str, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells, each one line of inline Markdown; all rows of one length."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote's definition, standing at the end of the section that cites it."""

    label: str
    paragraphs: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Entry | Grid | Note


@dataclass(slots=True)
class _OpenList:
    """A list whose entries may go on: `level` as Word counts, `in_markdown` whether its entries are a
    Markdown list or paragraphs that begin with their label, `last` the label of the last entry.
    `is_spelled_out`: it could be a Markdown list but for the list of another kind right before it."""

    level: int
    in_markdown: bool
    last: Label
    is_spelled_out: bool = False


def compose(blocks: Iterable[Block]) -> str:
    """The Markdown of a text; ends with a line feed unless empty."""
    parts: list[str] = []
    for text, is_tight in _written(blocks):
        if parts:
            parts.append("\n" if is_tight else "\n\n")
        parts.append(text)
    return "".join(parts) + "\n" if parts else ""


def labelled_as_text(blocks: Iterable[Block]) -> Iterator[str]:
    """The entries that `compose` writes with their label as text."""
    lists = _Lists()
    for block in blocks:
        if not isinstance(block, Entry):
            lists.close()
        elif not lists.place(block.label).in_markdown:
            yield f"{block.label.text} {block.words}"


def _written(blocks: Iterable[Block]) -> Iterator[tuple[str, bool]]:
    """Each block as Markdown, and whether it follows the one before without a blank line."""
    lists = _Lists()
    was_entry = False
    for block in blocks:
        is_tight = False
        if isinstance(block, Entry):
            opened = lists.place(block.label)
            is_tight = was_entry and opened.in_markdown
            was_entry = opened.in_markdown
            yield _entry(block, opened, lists.indentation()), is_tight
            continue
        lists.close()
        was_entry = False
        yield _block(block), is_tight


def _block(block: Heading | Paragraph | Grid | Note) -> str:
    match block:
        case Heading(level, line):
            return heading(level, line)
        case Paragraph(written, is_quote):
            text = _broken(written)
            return "> " + text.replace("\n", "\n> ") if is_quote else text
        case Grid(rows):
            return _grid(rows)
        case Note(label, paragraphs):
            texts = [_broken(each).replace("\n", "\n" + _INDENT) for each in paragraphs]
            return f"[^{label}]: " + f"\n\n{_INDENT}".join(texts)


def _broken(written: Iterable[str]) -> str:
    return _HARD_BREAK.join(escape_line_beginning(line) for line in written)


def labelled(label: Label, written: Iterable[str]) -> tuple[str, ...]:
    """The lines of a paragraph with its label as text before them."""
    first, *rest = [*written] or [""]
    return (f"{escape(label.text)} {first}".strip(), *rest)


def _entry(entry: Entry, opened: _OpenList, indentation: str) -> str:
    if opened.in_markdown:
        mark = "-" if entry.label.is_bullet else f"{entry.label.number}."
        text = f"{mark} {_broken(entry.lines)}"
        # words broken over several lines stand under the words, one step further in
        return indentation + text.replace("\n", f"\n{indentation}{_INDENT}")
    return indentation + _broken(labelled(entry.label, entry.lines)).replace("\n", f"\n{indentation}")


class _Lists:
    """The lists open at a place in the text, outermost first."""

    def __init__(self) -> None:
        self._open: list[_OpenList] = []

    def close(self) -> None:
        self._open.clear()

    def indentation(self) -> str:
        """What stands before an entry of the innermost list."""
        return _INDENT * sum(each.in_markdown for each in self._open[:-1])

    def place(self, label: Label) -> _OpenList:
        """The list an entry belongs to, going on or begun with it."""
        while self._open and self._open[-1].level > label.level:
            self._open.pop()
        if not self._open or self._open[-1].level < label.level:
            self._open.append(_OpenList(label.level, _fits_markdown(label), label))
            return self._open[-1]
        here = self._open[-1]
        if here.in_markdown:
            here.in_markdown = _goes_on(here.last, label)
            # Markdown would count two neighbouring lists as one: the second is spelled out
            here.is_spelled_out = not here.in_markdown and _fits_markdown(label)
        elif not (here.is_spelled_out and here.last.is_bullet == label.is_bullet):
            here.in_markdown = _fits_markdown(label)
            here.is_spelled_out = False
        here.last = label
        return here


def _fits_markdown(label: Label) -> bool:
    return label.is_bullet or label.number is not None


def _goes_on(last: Label, label: Label) -> bool:
    """Whether a Markdown list that ended with one label counts on to the other by itself."""
    if last.number is None or label.number is None:
        return last.is_bullet and label.is_bullet
    return label.number == last.number + 1


def _grid(rows: tuple[tuple[str, ...], ...]) -> str:
    head, *body = rows
    ruler = ["---"] * len(head)
    return "\n".join(f"| {' | '.join(cell(each) for each in row)} |" for row in [head, ruler, *body])
