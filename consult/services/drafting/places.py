"""Where sections stand, and what standing elsewhere asks of the text before them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from consult.domain.errors import NotFound, RuleBroken
from consult.domain.text import ranks, seams
from consult.services.changes import Put
from consult.services.drafting.checking import closed
from consult.storage.queries import documents as document_queries
from consult.storage.queries import outline as queries
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
    for at, put in enumerate(puts):
        if put.section_id == was_last.section_id and put.source is not None:
            return [*puts[:at], replace(put, source=closed(put.source)), *puts[at + 1 :]]
    closed_texts = {put.section_id: put.source for put in closing(document_id, was_last)}
    kept = [
        replace(put, source=closed_texts.pop(put.section_id)) if put.section_id in closed_texts else put
        for put in puts
    ]
    return kept + [Put(section_id, source) for section_id, source in closed_texts.items()]


def with_sound_joints(
    standing: Sequence[Standing], puts: Sequence[Put], removals: Collection[str] = ()
) -> list[Put]:
    """The puts, with a blank line added wherever a section now stands before one whose heading would not be read
    as such behind it ("words" before "Title" underlined). Only neighbours that are new to each other are looked at.

    Raises `InvalidInput("block_left_open")` when no blank line would do.
    """
    text_ids = {section.section_id: section.text_id for section in standing}
    place = {section.section_id: section.rank for section in standing if section.section_id not in removals}
    place |= {put.section_id: put.rank for put in puts if put.rank is not None}
    written = {put.section_id: put.source for put in puts if put.source is not None}
    before = {one.section_id: two.section_id for one, two in pairwise(standing)}
    order = sorted(place, key=place.__getitem__)
    doubtful = [
        (one, two)
        for one, two in pairwise(order)
        if one in written or two in written or before.get(one) != two
    ]
    unread = {text_ids[key] for pair in doubtful for key in pair if key not in written}
    sources = queries.list_sources(unread)
    closings: dict[str, str] = {}
    for one, two in doubtful:
        first = written.get(one) or sources[text_ids[one]]
        second = closings.get(two) or written.get(two) or sources[text_ids[two]]
        if not seams.follows(first, second):
            closings[one] = closed(first)
    kept = [
        replace(put, source=closings.pop(put.section_id)) if put.section_id in closings else put
        for put in puts
    ]
    return kept + [Put(section_id, source) for section_id, source in closings.items()]


# Coming back


@dataclass(frozen=True, slots=True)
class Spot:
    """A section at its place, with the level it has there."""

    section_id: str
    rank: str
    level: int


def spots(order: Sequence[Standing]) -> list[Spot]:
    return [Spot(section.section_id, section.rank, section.level) for section in order]


def put_back(order: list[Spot], was: Sequence[Standing], section_id: str, level: int) -> str:
    """Put a section back into an outline it stood in as `was`, in place; its rank.

    It comes to stand exactly where it stood if that is still between the neighbours it had; else behind the
    nearest one before it that still stands, and behind what came under that one since.
    Raises `RuleBroken("preamble_stands")` for an opening part where there is one already.
    """
    if level == 0 and order and order[0].level == 0:
        raise RuleBroken("preamble_stands")
    at_was = next(at for at, section in enumerate(was) if section.section_id == section_id)
    places = {spot.section_id: at for at, spot in enumerate(order)}
    before = next(
        (places[was[at].section_id] for at in range(at_was - 1, -1, -1) if was[at].section_id in places), None
    )
    after = next(
        (places[section.section_id] for section in was[at_was + 1 :] if section.section_id in places), None
    )
    own = {section.section_id for section in branch(was, section_id)}
    rank = was[at_was].rank
    at = bisect_left([spot.rank for spot in order], rank)
    fits = (before is None or before < at) and (after is None or at <= after)
    if not fits or (at < len(order) and order[at].rank == rank):
        at, fits = (0 if before is None else before + 1), False
    if level == 0:
        at, fits = 0, fits and at == 0
    elif at == 0 and order and order[0].level == 0:
        at, fits = 1, False
    while level > 0 and at < len(order) and at != after and order[at].level > level:
        if order[at].section_id in own:
            break
        at, fits = at + 1, False
    if not fits:
        rank = ranks.between(order[at - 1].rank if at else None, order[at].rank if at < len(order) else None)
    order.insert(at, Spot(section_id, rank, level))
    return rank
