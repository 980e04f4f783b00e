"""Differences as runs a template shows."""

from __future__ import annotations

from consult.domain.diffing.compare import compare
from consult.web.shared.presenters import Piece

NEIGHBOURHOOD = 160
"""Code points of unchanged text kept on each side of a change in a shortened redline."""


def redline(old: str, new: str) -> tuple[Piece, ...]:
    """How `old` became `new`."""
    pieces: list[Piece] = []
    for hunk in compare(old, new).hunks:
        if hunk.is_equal:
            pieces.append(Piece("same", hunk.new.of(new)))
            continue
        if not hunk.old.is_empty:
            pieces.append(Piece("del", hunk.old.of(old)))
        if not hunk.new.is_empty:
            pieces.append(Piece("ins", hunk.new.of(new)))
    return tuple(pieces)


def shortened(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A redline with long unchanged runs cut to what stands beside a change."""
    short: list[Piece] = []
    for at, piece in enumerate(pieces):
        if piece.kind != "same" or len(piece.text) <= 2 * NEIGHBOURHOOD:
            short.append(piece)
            continue
        start = piece.text[:NEIGHBOURHOOD].rsplit(" ", 1)[0] if at > 0 else ""
        end = piece.text[-NEIGHBOURHOOD:].split(" ", 1)[-1] if at < len(pieces) - 1 else ""
        short.append(Piece("same", f"{start} […] {end}".strip() if start or end else "[…]"))
    return tuple(short)
