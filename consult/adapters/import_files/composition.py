"""Blocks of a text, and how they are put together as Markdown.

Lists are the delicate part: a Markdown list knows bullets and plain numbers only. Every other Word list
becomes paragraphs that begin with their number as text ("1)", "a)", "§ 1."), indented into the entry of the
Markdown list they stand under.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consult.adapters.import_files.markdown_text import cell, escape, escape_line_beginning, heading

_HARD_BREAK = "\\\n"
_INDENT = "    "
CELL_BREAK = "<br>"


@dataclass(frozen=True, slots=True)
class Label:
    """What is printed before a paragraph: a bullet, or `text`. `number` is set when the text is that
    plain number and a full stop, which a Markdown list can say. `exact` is False for a number format
    that was written in figures instead."""

    level: int
    text: str
    is_bullet: bool = False
    number: int | None = None
    exact: bool = True

    @property
    def fits_markdown(self) -> bool:
        """Whether a Markdown list can print it."""
        return self.is_bullet or self.number is not None


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
    for block in blocks:
        if isinstance(block, Entry) and not block.label.fits_markdown:
            yield f"{block.label.text} {block.words}"


def _written(blocks: Iterable[Block]) -> Iterator[tuple[str, bool]]:
    """Each block as Markdown, and whether it follows the one before without a blank line."""
    open_lists: list[Label] = []  # the last label at each Word level that may go on, outermost first
    kinds: dict[int, bool] = {}  # by Markdown depth, since the last blank line: whether the list has bullets
    for block in blocks:
        if not isinstance(block, Entry):
            open_lists.clear()
            kinds.clear()
            yield _block(block), False
            continue
        label = block.label
        while open_lists and open_lists[-1].level >= label.level:
            open_lists.pop()
        depth = sum(each.fits_markdown for each in open_lists)
        open_lists.append(label)
        is_tight = False
        if label.fits_markdown:
            # a blank line goes between lists of different kinds, and where a step back leads
            # further out than the last blank line
            deeper = bool(kinds) and depth > max(kinds)
            is_tight = deeper or kinds.get(depth) == label.is_bullet
            outer = {each: kind for each, kind in kinds.items() if each < depth} if is_tight else {}
            kinds = outer | {depth: label.is_bullet}
        else:
            kinds.clear()
        yield _entry(block, _INDENT * depth), is_tight


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


def _entry(entry: Entry, indentation: str) -> str:
    label = entry.label
    if label.fits_markdown:
        text = f"{'-' if label.is_bullet else f'{label.number}.'} {_broken(entry.lines)}"
        # words broken over several lines stand under the words, one step further in
        return indentation + text.replace("\n", f"\n{indentation}{_INDENT}")
    return indentation + _broken(labelled(label, entry.lines)).replace("\n", f"\n{indentation}")


def _grid(rows: tuple[tuple[str, ...], ...]) -> str:
    head, *body = rows
    ruler = ["---"] * len(head)
    return "\n".join(f"| {' | '.join(cell(each) for each in row)} |" for row in [head, ruler, *body])
