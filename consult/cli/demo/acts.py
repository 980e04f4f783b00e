"""What people of the demonstration do again and again: take in texts, announce, hand in comments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from consult.cli.demo.cast import NGO_NAME, RESIDENT_NAME, Cast
from consult.cli.demo.moments import hour_of, text_of
from consult.domain.consolidation.apply import proposed_paragraph
from consult.domain.policy.actors import ANONYMOUS, SYSTEM, Actor
from consult.domain.process.windows import WARSAW
from consult.domain.text.spans import Span
from consult.services import comments, documents, quotations
from consult.services.comments import Pointing, Remark, Sender
from consult.services.consultations.announcing import publish_announcement
from consult.services.dispositions import Wording
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.documents import SectionRow
from consult.storage.queries.viewers import EVERYTHING

SITE = "https://konsultacje.example"
"""Where the demonstration pretends to stand, in the acts it publishes."""


def hand_in(
    official: Actor, cast: Cast, slug: str, remarks: list[dict[str, Any]], days: Mapping[int, date]
) -> dict[int, int]:
    """Hand in remarks on their days: one sender, channel and day are one submission. Comment ids by index.

    What came by post or was said at a meeting is entered by the official.
    """

    def together(at: int) -> tuple[date, str, str]:
        return days[at], remarks[at]["channel"], remarks[at]["by"]

    document = document_queries.get_document(slug, EVERYTHING)
    closes_at = consultation_queries.list_consultations(document_id=document.id)[0].closes_at
    numbered: dict[int, int] = {}
    in_order = sorted(range(len(remarks)), key=together)
    for place, ((day, channel, by), group) in enumerate(groupby(in_order, key=together)):
        indices = list(group)
        moment = hour_of(day, 0, 8) + timedelta(minutes=7 * place % 600)
        is_late = moment >= closes_at
        sent_by = {NGO_NAME: cast.ngo_member, RESIDENT_NAME: cast.resident}.get(by, ANONYMOUS)
        actor = official if channel != "web" or is_late else sent_by
        receipt = comments.submit_comments(
            actor,
            slug,
            [_remark(slug, remarks[at], moment) for at in indices],
            _sender(cast, remarks[indices[0]], day),
            now=moment,
        )
        numbered |= dict(zip(indices, receipt.comment_ids, strict=True))
    return numbered


def _remark(slug: str, remark: Mapping[str, Any], moment: datetime) -> Remark:
    pointings: tuple[Pointing, ...] = ()
    if remark["quote"]:
        pointing = quotations.find_quote(SYSTEM, slug, remark["quote"], nth=remark["nth"], now=moment)
        if pointing is None:
            raise LookupError(f"the demonstration quotes words that are not in its text: {remark['quote']}")
        pointings = (pointing,)
    return Remark(
        text=remark["text"],
        kind=remark["kind"],
        justification=remark["justification"],
        proposed=remark["proposed"],
        pointings=pointings,
    )


def _sender(cast: Cast, remark: Mapping[str, Any], day: date) -> Sender:
    is_person = remark["capacity"] == "resident"
    return Sender(
        capacity=remark["capacity"],
        name=remark["by"] if is_person else "",
        organisation_name="" if is_person else remark["by"],
        organisation_id=cast.ngo if remark["by"] == NGO_NAME else None,
        channel=remark["channel"],
        received_on=None if remark["channel"] == "web" else day,
    )


def hand_in_on(cast: Cast, slug: str, remark: Mapping[str, Any], moment: datetime) -> int:
    """Hand in one remark at a moment; the comment's id."""
    pointing = (
        quotations.find_quote(SYSTEM, slug, remark["quote"], nth=1, now=moment) if remark["quote"] else None
    )
    actor = {NGO_NAME: cast.ngo_member, RESIDENT_NAME: cast.resident}.get(remark["by"], ANONYMOUS)
    receipt = comments.submit_comments(
        actor if remark["channel"] == "web" else cast.city_official,
        slug,
        [
            Remark(
                text=remark["text"],
                kind="substantive",
                proposed=remark["proposed"] or None,
                pointings=(pointing,) if pointing else (),
            )
        ],
        _sender(cast, remark, moment.astimezone(WARSAW).date()),
        now=moment,
    )
    return receipt.comment_ids[0]


def announce(official: Actor, consultation_id: int, slug: str, *, at: datetime) -> None:
    """Publish the announcement on a working day, with where the text stands."""
    publish_announcement(
        official,
        consultation_id,
        address=f"{SITE}/documents/{slug}",
        clause_address=f"{SITE}/statements",
        now=at,
    )


def taken(proposed: str, comment_id: int, slug: str) -> Wording | None:
    """Words proposed by a comment, put into its paragraph; None where its place is not sure."""
    (place,) = comment_queries.list_placements_of([comment_id])
    if place.state != "placed" or place.start is None or place.end is None:
        return None
    document = document_queries.get_document(slug, EVERYTHING)
    standing = document_queries.get_section(document.id, place.section_id)
    lines, paragraph = proposed_paragraph(
        standing.source, standing.plain, Span(place.start, place.end), proposed
    )
    return Wording(standing.section_id, standing.text_id, lines, paragraph)


def import_text(actor: Actor, filename: str, kind: str, host_id: int, *, at: datetime) -> str:
    imported = documents.import_document(
        actor, content=text_of(filename).encode(), filename=filename, kind=kind, host_id=host_id, now=at
    )
    return imported.slug


def revise(actor: Actor, slug: str, filename: str, note: str, *, at: datetime) -> None:
    documents.revise_document(
        actor, slug, content=text_of(filename).encode(), filename=filename, note=note, now=at
    )


def section_of(slug: str, heading: str) -> SectionRow | None:
    document = document_queries.get_document(slug, EVERYTHING)
    sections = document_queries.list_draft_sections(document.id)
    return next((section for section in sections if section.heading == heading), None)


def days_before_close(remark: Mapping[str, Any]) -> timedelta:
    return timedelta(remark["days_before_close"])
