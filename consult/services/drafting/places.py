"""Where sections stand, and what standing elsewhere asks of the text before them."""

from __future__ import annotations

from collections.abc import Sequence

from consult.domain.errors import NotFound
from consult.services.changes import Put
from consult.services.drafting.checking import closed
from consult.storage.queries import documents as document_queries
from consult.storage.queries.drafting import Standing


def branch(order: Sequence[Standing], section_id: str) -> list[Standing]:
    """A section and everything under it, in reading order. Raises NotFound."""
    for start, section in enumerate(order):
        if section.section_id == section_id:
            end = start + 1
            while end < len(order) and section.level > 0 and order[end].level > section.level:
                end += 1
            return list(order[start:end])
    raise NotFound("section")


def place_after(order: Sequence[Standing], section_id: str | None) -> int:
    """Index at which something put after a section and all under it comes to stand; nothing stands before what
    has no heading."""
    if section_id is None:
        return 1 if order and order[0].level == 0 else 0
    under = branch(order, section_id)
    return order.index(under[-1]) + 1


def around(order: Sequence[Standing], at: int) -> tuple[str | None, str | None]:
    before = order[at - 1].rank if at > 0 else None
    after = order[at].rank if at < len(order) else None
    return before, after


def closing(document_id: int, last: Standing) -> list[Put]:
    """What makes room after a section that so far ended the document without a blank line."""
    source = document_queries.get_section(document_id, last.section_id).source
    return [] if closed(source) == source else [Put(last.section_id, closed(source))]


def with_closed_text(document_id: int, puts: list[Put], *, last: str, was_last: Standing) -> list[Put]:
    """The puts, with the section that no longer ends the document closed by a blank line."""
    if last == was_last.section_id:
        return puts
    closed_texts = {put.section_id: put.source for put in closing(document_id, was_last)}
    kept = [Put(put.section_id, closed_texts.pop(put.section_id, None), put.rank) for put in puts]
    return kept + [Put(section_id, source) for section_id, source in closed_texts.items()]
