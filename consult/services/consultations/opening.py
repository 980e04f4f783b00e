"""Consultations: opened on a published version, with an end that is never brought forward."""

from __future__ import annotations

from datetime import datetime, timedelta

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.history.events import ConsultationOpened
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.legal_bases import LEGAL_BASES
from consult.domain.text.normalise import admit
from consult.services.authority import require
from consult.services.drafting import checked_title
from consult.storage.models import Consultation, Register
from consult.storage.queries import consultations as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import unit_of_work

LONGEST_SUMMARY = 2_000
LONGEST_AHEAD = timedelta(days=366)
LONGEST_WINDOW = timedelta(days=366)


def open_consultation(
    actor: Actor,
    slug: str,
    *,
    version_no: int,
    title: str,
    legal_basis: str,
    summary: str = "",
    opens_at: datetime,
    closes_at: datetime,
    now: datetime,
) -> int:
    """Call for comments on a version from `opens_at` until `closes_at`; returns the consultation's id.

    Raises RuleBroken when another consultation of the document overlaps, InvalidInput for impossible times.
    """
    words = checked_title(title)
    if legal_basis not in LEGAL_BASES:
        raise InvalidInput("legal_basis", field="legal_basis")
    if closes_at <= opens_at:
        raise InvalidInput("closes_before_opening", field="closes_on")
    if closes_at <= now:
        raise InvalidInput("closes_in_the_past", field="closes_on")
    if opens_at - now > LONGEST_AHEAD:
        raise InvalidInput("opens_too_late", field="opens_on", limit=LONGEST_AHEAD.days)
    if closes_at - opens_at > LONGEST_WINDOW:
        raise InvalidInput("window_too_long", field="closes_on", limit=LONGEST_WINDOW.days)
    with unit_of_work() as work:
        document = document_queries.get_document(slug, Viewer.of(actor))
        require(actor, Permission.OPEN_CONSULTATION, Target(host_id=document.host_id))
        row = document_queries.lock_document(document.id)
        version = document_queries.get_version(document.id, version_no)
        for other in queries.list_consultations(document_id=document.id):
            if other.opens_at < closes_at and opens_at < other.closes_at:
                raise RuleBroken("consultation_overlaps", title=other.title)
        consultation = Consultation(
            document_id=document.id,
            version_id=version.id,
            host_id=document.host_id,
            title=words,
            summary=admit(summary, field="summary").strip()[:LONGEST_SUMMARY],
            legal_basis=legal_basis,
            opens_at=opens_at,
            closes_at=closes_at,
            created_at=now,
            answers_published_at=None,
        )
        work.add(consultation)
        work.flush()
        work.add(
            Register(
                document_id=document.id,
                consultation_id=consultation.id,
                last_number=0,
                last_receipt=0,
                head_hash="",
            )
        )
        row.stage = "consulted"
        work.record(ConsultationOpened(str(consultation.id), str(document.id)), at=now, actor_ref=actor.id)
        return consultation.id
