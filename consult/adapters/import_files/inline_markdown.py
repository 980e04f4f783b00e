"""Pieces of a paragraph written as inline Markdown.

Emphasis is written only where it cannot be misread. Between two touching runs of different look the
markers would run together (`**a***b*`), so the second goes without; where a marker would stand between a
letter and a punctuation mark inside it, it is left out. The words always win over their look.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from consult.adapters.import_files.markdown_text import escape, link

_SPACES = re.compile(r"[ \t\n\r\f]+")
_LONGEST_BRIDGED = 4_000
_DELETE = "\x7f"
_MARKERS = {(False, False): "", (True, False): "**", (False, True): "*", (True, True): "***"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look. `is_break` is a line break, `is_mark` holds Markdown that is final as it stands."""

    text: str
    strong: bool = False
    emphasised: bool = False
    address: str = ""
    is_break: bool = False
    is_mark: bool = False


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Finished inline Markdown of one look, its outer characters as a reader sees them."""

    markdown: str
    first: str
    last: str
    strong: bool = False
    emphasised: bool = False


def lines(pieces: Iterable[Piece], simplified: Callable[[str], None]) -> list[str]:
    """The lines of a paragraph as inline Markdown, broken where the writer broke them; empty ones left out.

    `simplified` is told the words whose emphasis was left out.
    """
    found: list[str] = []
    for is_break, line in groupby(pieces, key=lambda piece: piece.is_break):
        if not is_break:
            written = _line(line, simplified).strip(" ")
            if written.strip():
                found.append(written)
    return found


def plain(pieces: Iterable[Piece]) -> str:
    """The words alone, on one line."""
    return _SPACES.sub(
        " ", "".join(" " if piece.is_break else piece.text for piece in pieces if not piece.is_mark)
    ).strip()


def _line(pieces: Iterable[Piece], simplified: Callable[[str], None]) -> str:
    stretches = list(_stretches(_tidied(pieces)))
    written: list[str] = []
    marker = ""
    for position, stretch in enumerate(stretches):
        before = stretches[position - 1].last if position else " "
        after = stretches[position + 1].first if position + 1 < len(stretches) else " "
        wanted = _MARKERS[stretch.strong, stretch.emphasised]
        if wanted and (marker or not _is_safe(before, stretch, after)):
            simplified(stretch.markdown)
            wanted = ""
        marker = wanted
        written.append(f"{marker}{stretch.markdown}{marker}")
    return "".join(written)


def _is_safe(before: str, stretch: _Stretch, after: str) -> bool:
    """Whether markers stand outside words, or inside them between letters."""
    opens = not before.isalnum() or stretch.first.isalnum()
    closes = not after.isalnum() or stretch.last.isalnum()
    return opens and closes


def _stretches(pieces: Iterable[Piece]) -> Iterator[_Stretch]:
    """The pieces of a line with links closed up, and white space at the ends of a look outside it."""
    for (address, is_mark), group in groupby(pieces, key=lambda piece: (piece.address, piece.is_mark)):
        if is_mark:
            yield from (_Stretch(piece.text, "[", "]") for piece in group)
        else:
            for piece in _as_one_link(list(group)) if address else group:
                yield from _trimmed(piece)


def _as_one_link(pieces: list[Piece]) -> list[Piece]:
    """A link's pieces as one, in the look that all of them share."""
    strong, emphasised = (all(piece.strong for piece in pieces), all(piece.emphasised for piece in pieces))
    return [Piece("".join(piece.text for piece in pieces), strong, emphasised, pieces[0].address)]


def _trimmed(piece: Piece) -> Iterator[_Stretch]:
    """White space of any kind stands outside a look; alone it shows none."""
    core = piece.text.strip()
    if not core:
        yield _space(piece.text)
        return
    start = piece.text.index(core)
    if start:
        yield _space(piece.text[:start])
    if piece.address:
        written = link(escape(core), piece.address, shown=core)
        yield _Stretch(written, "[", ")", piece.strong, piece.emphasised)
    else:
        yield _Stretch(escape(core), core[0], core[-1], piece.strong, piece.emphasised)
    if start + len(core) < len(piece.text):
        yield _space(piece.text[start + len(core) :])


def _space(text: str) -> _Stretch:
    return _Stretch(text, " ", " ")


def _tidied(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours of one look as one piece (Word splits runs at every spelling mark and save), in NFC,
    white space runs as one space, white space itself without a look."""
    tidy: list[Piece] = []
    for (strong, emphasised, address, is_mark), group in groupby(pieces, key=_look):
        text = "".join(piece.text for piece in group)
        if not is_mark:
            text = _SPACES.sub(" ", unicodedata.normalize("NFC", text.replace(_DELETE, "")))
        if text:
            tidy.append(Piece(text, strong, emphasised, address, is_mark=is_mark))
    return _bridged(tidy)


def _bridged(pieces: list[Piece]) -> list[Piece]:
    """A space between two pieces of one look made one with them."""
    bridged: list[Piece] = []
    for piece in pieces:
        if (
            len(bridged) > 1
            and bridged[-1].text == " "
            and _look(bridged[-2]) == _look(piece)
            and not piece.is_mark
        ):
            bridged.pop()
            before = bridged.pop()
            piece = replace(piece, text=f"{before.text} {piece.text}")
        bridged.append(piece)
    return bridged


def _is_bridge(before: Piece, space: Piece, after: Piece) -> bool:
    is_same = _look(before) == _look(after) and not after.is_mark
    return is_same and space.text == " " and len(before.text) < _LONGEST_BRIDGED


def _look(piece: Piece) -> tuple[bool, bool, str, bool]:
    return piece.strong, piece.emphasised, piece.address, piece.is_mark
