"""References in a file that was written here: they lead to the sections of the new document.

A reference names a section by the first signs of its id. The text of a file is kept as it is, so the sections it refers
to are given ids that begin with those signs: every reference leads where it led, and keeps the present number.
"""

from __future__ import annotations

from collections.abc import Sequence

from consult.domain.text.cross_references import SIGNS, find_targets, list_written
from consult.domain.text.numbering import labels
from consult.domain.text.outline import Piece
from consult.ports.imports import Remark
from consult.services.changes import new_section_id
from consult.storage.queries import cross_references as queries

MOST_LOOKED_UP = 1_000
"""Signs whose sections are looked for in the store; the others go by their words."""


def ids_for(pieces: Sequence[Piece]) -> tuple[list[str], tuple[Remark, ...]]:
    """An id for every section of a file's text, and a remark on references that lead to none of them."""
    ids = [new_section_id() for _ in pieces]
    references = [one for piece in pieces if "#s-" in piece.source for one in list_written(piece.source)]
    if not references:
        return ids, ()
    names = list(dict.fromkeys(one.name for one in references))
    headings = [piece.heading for piece in pieces]
    found = find_targets(
        references,
        headings,
        labels(headings, [piece.level for piece in pieces]),
        queries.list_headings_by_sign(names[:MOST_LOOKED_UP]),
    )
    for name, at in found.items():
        ids[at] = name + ids[at][SIGNS:]
    lost = [one.words for one in references if one.name not in found]
    if not lost:
        return ids, ()
    return ids, (Remark("lost_references", len(lost), ", ".join(dict.fromkeys(lost))[:80]),)
