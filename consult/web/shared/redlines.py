"""Differences as runs a template shows."""

from __future__ import annotations

from consult.domain.diffing.edits import Kind
from consult.domain.diffing.redline import redline as runs
from consult.web.shared.presenters import Piece, PieceKind

NEIGHBOURHOOD = 160
"""Code points of unchanged text kept on each side of a change in a shortened redline."""


KINDS: dict[Kind, PieceKind] = {Kind.EQUAL: "same", Kind.DELETE: "del", Kind.INSERT: "ins"}


def redline(old: str, new: str) -> tuple[Piece, ...]:
    """How `old` became `new`, in whole words; white space that only moved is not marked."""
    return tuple(
        Piece("same" if run.is_space and run.kind is Kind.INSERT else KINDS[run.kind], run.text)
        for run in runs(old, new)
        if not (run.is_space and run.kind is Kind.DELETE)
    )


def shortened(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A redline with long unchanged runs cut to what stands beside a change."""
    short: list[Piece] = []
    for at, piece in enumerate(pieces):
        if piece.kind != "same" or len(piece.text) <= 2 * NEIGHBOURHOOD:
            short.append(piece)
            continue
        start = piece.text[:NEIGHBOURHOOD].rsplit(" ", 1)[0] + " " if at > 0 else ""
        end = " " + piece.text[-NEIGHBOURHOOD:].split(" ", 1)[-1] if at < len(pieces) - 1 else ""
        short.append(Piece("same", f"{start}[…]{end}"))
    return tuple(short)
