"""A consultation is opened on a published version, for a time that can be and that the law allows."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.history.events import ConsultationOpened, ConsultationPrepared
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.legal_bases import LEGAL_BASES, LegalBasis, Term, count_term
from consult.domain.process.windows import WARSAW, last_moment
from consult.domain.text.typed import typed_words
from consult.services.addressees import addressees_of
from consult.services.authority import require
from consult.services.consultations.details import (
    LONGEST_SUMMARY,
    Details,
    checked_details,
)
from consult.services.drafting import checked_title
from consult.services.posting import post
from consult.storage.models import Consultation, Register
from consult.storage.queries import consultations as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, unit_of_work

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
    details: Details | None = None,
    opens_at: datetime,
    closes_at: datetime,
    announce: bool = True,
    now: datetime,
) -> int:
    """Call for comments on a version from `opens_at` until `closes_at`; returns the consultation's id.

    Opening tomorrow is announcing today: the term is counted from the day of this act, or from the beginning where
    that came before. Without `announce` the consultation is only prepared: nobody but its host sees it until its
    announcement is published, and then the term is counted again. Raises RuleBroken when another consultation of the document overlaps, InvalidInput for
    impossible times and for a term shorter than the law's without the host's own word for it.
    """
    words = checked_title(title)
    checked = checked_details(details or Details())
    basis = LEGAL_BASES.get(legal_basis)
    if basis is None:
        raise InvalidInput("legal_basis", field="legal_basis")
    check_times(opens_at, closes_at, now)
    counted_on = min(now, opens_at).astimezone(WARSAW).date()
    term = term_of(basis, counted_on, opens_at, closes_at, checked.own_days)
    reason = departure_of(term, checked)
    with unit_of_work() as work:
        document = document_queries.get_document(slug, Viewer.of(actor))
        require(actor, Permission.OPEN_CONSULTATION, Target(host_id=document.host_id))
        document_queries.lock_document(document.id)
        version = document_queries.get_version(document.id, version_no)
        check_free(document.id, opens_at, closes_at)
        consultation = Consultation(
            document_id=document.id,
            version_id=version.id,
            host_id=document.host_id,
            title=words,
            summary=typed_words(summary, "summary", LONGEST_SUMMARY),
            legal_basis=legal_basis,
            opens_at=opens_at,
            closes_at=closes_at,
            created_at=now,
            answers_published_at=None,
            announced_on=counted_on if announce else None,
            purpose=checked.purpose,
            addressees=checked.addressees,
            fields=queries.codes_column(checked.fields),
            area=checked.area,
            local_rule=checked.local_rule,
            own_days=checked.own_days,
            decides=basis.decides(checked.decides),
            forms=queries.codes_column(checked.forms),
            channels=json.dumps(dict(checked.channels), ensure_ascii=False),
            reading_place=checked.reading_place,
            contact=checked.contact,
            easy_href=checked.easy_href,
            sign_href=checked.sign_href,
            departure_reason=reason,
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
        if announce:
            begin_course(work, actor, consultation.id, document.id, now=now)
        else:
            ref = ConsultationPrepared(str(consultation.id), str(document.id))
            work.record(ref, at=now, actor_ref=actor.id)
        return consultation.id


def begin_course(work: Work, actor: Actor, consultation_id: int, document_id: int, *, now: datetime) -> None:
    """From now on a consultation is there for everybody: its document is consulted, its followers are written to."""
    document_queries.lock_document(document_id).stage = "consulted"
    work.record(ConsultationOpened(str(consultation_id), str(document_id)), at=now, actor_ref=actor.id)
    for reached in addressees_of(consultation_id):
        post(
            work,
            "consultations/opened",
            person_id=reached.person_id,
            submission_id=reached.submission_id,
            ref={"consultation_id": consultation_id},
            at=now,
        )


def term_of(
    basis: LegalBasis, announced_on: date, opens_at: datetime, closes_at: datetime, own_days: int | None
) -> Term:
    """The term of a consultation as the law counts it."""
    return count_term(
        basis,
        announced_on=announced_on,
        opens_on=opens_at.astimezone(WARSAW).date(),
        last_day=last_moment(closes_at).date(),
        own_days=own_days,
    )


def check_times(opens_at: datetime, closes_at: datetime, now: datetime) -> None:
    """Raises InvalidInput about the moment that cannot be."""
    if closes_at <= opens_at:
        raise InvalidInput("closes_before_opening", field="closes_on")
    if closes_at <= now:
        raise InvalidInput("closes_in_the_past", field="closes_on")
    if opens_at - now > LONGEST_AHEAD:
        raise InvalidInput("opens_too_late", field="opens_on", limit=LONGEST_AHEAD.days)
    if closes_at - opens_at > LONGEST_WINDOW:
        raise InvalidInput("window_too_long", field="closes_on", limit=LONGEST_WINDOW.days)


def check_free(document_id: int, opens_at: datetime, closes_at: datetime, *, but: int | None = None) -> None:
    """Raises RuleBroken when a consultation of the document, other than `but`, is held in that time."""
    for other in queries.list_consultations(document_id=document_id, with_prepared=True):
        if other.id == but or other.is_cancelled:
            continue
        if other.opens_at < closes_at and opens_at < other.closes_at:
            raise RuleBroken("consultation_overlaps", title=other.title)


def departure_of(term: Term, details: Details) -> str:
    """The host's reason for less than the law asks; empty where it asks for no more."""
    if not term.is_too_short or term.earliest is None:
        return ""
    if not details.departure_reason:
        raise InvalidInput(
            "term_too_short",
            field="closes_on",
            given=term.given,
            least_days=term.least,
            earliest=term.earliest.isoformat(),
        )
    if not details.is_departure_confirmed:
        raise InvalidInput("departure_unconfirmed", field="departure_confirmed")
    return details.departure_reason
