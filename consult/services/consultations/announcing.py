"""Announcements: composed from the record, published once, kept for good, and taken away as a Word file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.history.events import AnnouncementPublished, ProtocolPublished
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.announcing import (
    Act,
    Composed,
    Facts,
    MeetingFact,
    Signature,
    compose_opening,
    compose_protocol,
)
from consult.domain.process.legal_bases import LEGAL_BASES, Term, report_due
from consult.domain.process.stages import ConsultationState
from consult.domain.process.windows import WARSAW, last_moment
from consult.domain.text.typed import typed_line, typed_words
from consult.ports.exports import ExportedSection, ExportedText
from consult.services.authority import require
from consult.services.consultations.details import LONGEST_LINE, LONGEST_PURPOSE, LONGEST_REASON, Details
from consult.services.consultations.opening import (
    begin_course,
    check_free,
    check_times,
    departure_of,
    term_of,
)
from consult.services.drawn_secrets import hashed
from consult.services.exports import File
from consult.storage.models import Announcement
from consult.storage.queries import consultations as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import meetings as meeting_queries
from consult.storage.queries.consultations import AnnouncementRow, ConsultationRow
from consult.storage.unit_of_work import Work, current_ports, unit_of_work

MOST_ANNOUNCEMENTS = 200


def facts_of(consultation: ConsultationRow, *, address: str = "", clause_address: str = "") -> Facts:
    """What announcements of a consultation say; addresses are complete, as people outside the site type them."""
    basis = LEGAL_BASES[consultation.legal_basis]
    term = term_of(
        basis,
        consultation.counted_on,
        consultation.opens_at,
        consultation.closes_at,
        consultation.own_days,
    )
    return Facts(
        title=consultation.title,
        document_title=consultation.document_title,
        version_no=consultation.version_no,
        host=consultation.host_name,
        source=basis.source,
        opens_at=consultation.opens_at,
        closes_at=consultation.closes_at,
        announced_on=consultation.counted_on,
        decides=consultation.decides,
        counted_from=basis.counted_from,
        given_days=term.given,
        report_title=basis.report_title,
        local_rule=consultation.local_rule,
        summary=consultation.summary,
        purpose=consultation.purpose,
        area=consultation.area,
        addressees=tuple(consultation.addressees.splitlines()),
        forms=consultation.forms,
        channels=consultation.channels,
        meetings=_meetings(consultation.id),
        reading_place=consultation.reading_place,
        contact=consultation.contact,
        address=address,
        clause_address=clause_address,
        report_due=report_due_of(consultation),
    )


def report_due_of(consultation: ConsultationRow) -> date | None:
    """By which day the account of a consultation is owed; None where nothing says."""
    basis = LEGAL_BASES[consultation.legal_basis]
    return report_due(basis, last_moment(consultation.closes_at).date())


def _meetings(consultation_id: int) -> tuple[MeetingFact, ...]:
    return tuple(
        MeetingFact(
            title=row.title,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            where=", ".join(part for part in (row.place, row.room, row.link) if part),
            is_cancelled=row.cancelled_at is not None,
            came=row.came if row.attendance else None,
        )
        for row in meeting_queries.list_meetings(consultation_id)
    )


def as_announced(
    consultation: ConsultationRow, now: datetime, *, closes_at: datetime | None = None
) -> ConsultationRow:
    """A prepared consultation as it would stand were it announced now, with another end where one is chosen; any
    other as it is. What should have begun already begins now: nobody could comment before."""
    if not consultation.is_prepared:
        return consultation
    return replace(
        consultation,
        announced_on=now.astimezone(WARSAW).date(),
        opens_at=max(consultation.opens_at, now.replace(second=0, microsecond=0)),
        closes_at=closes_at or consultation.closes_at,
    )


def needs_meetings(consultation: ConsultationRow) -> bool:
    """Whether the act wants meetings named in the first announcement, and none stands in it."""
    if not LEGAL_BASES[consultation.legal_basis].names_meetings or is_announced(consultation.id):
        return False
    return all(one.is_cancelled for one in _meetings(consultation.id))


def is_announced(consultation_id: int) -> bool:
    """Whether the announcement that it is held was published."""
    return any(one.kind == "opened" for one in queries.list_announcements(consultation_id))


def preview_announcement(
    consultation: ConsultationRow,
    *,
    now: datetime,
    closes_at: datetime | None = None,
    act: str,
    introduction: str = "",
    signature: Signature = Signature(),
    address: str = "",
    clause_address: str = "",
) -> tuple[Composed, str]:
    """The opening announcement as it would be published now, and its body as readers would see it."""
    composed = compose_opening(
        facts_of(
            as_announced(consultation, now, closes_at=closes_at),
            address=address,
            clause_address=clause_address,
        ),
        act=_checked_act(act),
        introduction=introduction,
        signature=signature,
    )
    return composed, current_ports().renderer.render(composed.source).html


def publish_announcement(
    actor: Actor,
    consultation_id: int,
    *,
    act: str = "notice",
    introduction: str = "",
    body: str = "",
    act_number: str = "",
    address: str = "",
    clause_address: str = "",
    closes_at: datetime | None = None,
    departure_reason: str = "",
    is_departure_confirmed: bool = False,
    form_token: str = "",
    now: datetime,
) -> AnnouncementRow:
    """Publish the announcement that a consultation is held; what was published stands, a later one has a number more.

    The first one makes a prepared consultation public: its term is counted from this day, until `closes_at` where the
    end is moved. Raises InvalidInput for a term shorter than the law's, and where the act wants meetings named and
    there is none, without the host's own word for it (`departure_reason`, `is_departure_confirmed`).

    `body` is who announces, by office and not by name; `act_number` the number of an order. The same `form_token`
    again publishes nothing and returns what it published.
    """
    chosen = _checked_act(act)
    why = typed_words(departure_reason, "departure_reason", LONGEST_REASON)
    first_words = typed_words(introduction, "introduction", LONGEST_PURPOSE)
    signature = Signature(typed_line(body, "body", LONGEST_LINE), typed_line(act_number, "act_number", 60))
    with unit_of_work() as work:
        consultation = queries.get_consultation(consultation_id, with_prepared=True)
        require(actor, Permission.RUN_CONSULTATION, Target(host_id=consultation.host_id))
        document_queries.lock_document(consultation.document_id)
        prepared = queries.get_consultation(consultation_id, with_prepared=True)
        token_hash = hashed(form_token) if form_token else None
        if token_hash and (done := queries.find_announcement_by_token(consultation_id, token_hash)):
            return done
        require_announceable(prepared, now)
        consultation = as_announced(prepared, now, closes_at=closes_at)
        reason = _answered_for(
            prepared,
            consultation,
            Details(departure_reason=why, is_departure_confirmed=is_departure_confirmed),
        )
        if reason != prepared.departure_reason:
            queries.update_consultation(consultation_id, {"departure_reason": reason})
        if prepared.is_prepared:
            _begin(work, actor, consultation, now)
        composed = compose_opening(
            facts_of(consultation, address=address, clause_address=clause_address),
            act=chosen,
            introduction=first_words,
            signature=signature,
        )
        return keep_announcement(
            work, actor, consultation_id, "opened", chosen, composed, token_hash=token_hash, now=now
        )


def require_announceable(consultation: ConsultationRow, now: datetime) -> None:
    """Raises RuleBroken once it was called off or has ended; what is only prepared can be given another end."""
    state = consultation.state(now)
    if state is ConsultationState.CANCELLED:
        raise RuleBroken("consultation_cancelled")
    if state not in (ConsultationState.PREPARED, ConsultationState.ANNOUNCED, ConsultationState.OPEN):
        raise RuleBroken("announce_closed")


def departs_in_term(prepared: ConsultationRow, consultation: ConsultationRow) -> Term | None:
    """The term of a consultation that is about to be announced, if the host has to answer for it anew: it is shorter
    than the law's, and shorter than it was when the host said why."""
    basis = LEGAL_BASES[consultation.legal_basis]
    term, before = (
        term_of(basis, row.counted_on, row.opens_at, row.closes_at, row.own_days)
        for row in (consultation, prepared)
    )
    is_answered_for = bool(prepared.departure_reason) and before.is_too_short and term.given >= before.given
    return term if prepared.is_prepared and term.is_too_short and not is_answered_for else None


def _answered_for(prepared: ConsultationRow, consultation: ConsultationRow, details: Details) -> str:
    """The host's reason for less than the law asks; the one it gave before where nothing new has to be answered for."""
    term = departs_in_term(prepared, consultation)
    if term is not None:
        departure_of(term, details)
    lacks_meetings = needs_meetings(consultation)
    if lacks_meetings:
        if not details.departure_reason:
            raise InvalidInput("meetings_missing", field="departure_reason")
        if not details.is_departure_confirmed:
            raise InvalidInput("meetings_unconfirmed", field="departure_confirmed")
    return details.departure_reason if term or lacks_meetings else prepared.departure_reason


def _begin(work: Work, actor: Actor, consultation: ConsultationRow, now: datetime) -> None:
    """Make a prepared consultation public as it stands in `consultation`."""
    check_times(consultation.opens_at, consultation.closes_at, now)
    check_free(consultation.document_id, consultation.opens_at, consultation.closes_at, but=consultation.id)
    queries.update_consultation(
        consultation.id,
        {
            "announced_on": consultation.announced_on,
            "opens_at": consultation.opens_at,
            "closes_at": consultation.closes_at,
        },
    )
    begin_course(work, actor, consultation.id, consultation.document_id, now=now)


def publish_protocol(
    actor: Actor,
    consultation_id: int,
    *,
    closing: str = "",
    body: str = "",
    address: str = "",
    form_token: str = "",
    now: datetime,
) -> AnnouncementRow:
    """Put on record that nobody commented: the consultation is reported and its document has been consulted.

    Raises RuleBroken while it is open, once somebody has commented, and when it was reported already.
    """
    last_words = typed_words(closing, "closing", LONGEST_PURPOSE)
    signature = Signature(typed_line(body, "body", LONGEST_LINE))
    with unit_of_work() as work:
        consultation = queries.get_consultation(consultation_id)
        require(actor, Permission.RUN_CONSULTATION, Target(host_id=consultation.host_id))
        row = document_queries.lock_document(consultation.document_id)
        token_hash = hashed(form_token) if form_token else None
        if token_hash and (done := queries.find_announcement_by_token(consultation_id, token_hash)):
            return done
        consultation = queries.get_consultation(consultation_id)
        require_protocol(consultation, now)
        facts = facts_of(consultation, address=address)
        composed = compose_protocol(facts, closing=last_words, signature=signature)
        kept = keep_announcement(
            work, actor, consultation_id, "protocol", Act.PROTOCOL, composed, token_hash=token_hash, now=now
        )
        queries.update_consultation(consultation_id, {"reported_at": now, "report_kind": "protocol"})
        row.stage = "revised"
        ref = ProtocolPublished(str(consultation_id), str(consultation.document_id))
        work.record(ref, at=now, actor_ref=actor.id)
        return kept


def preview_protocol(
    consultation: ConsultationRow, *, closing: str = "", signature: Signature = Signature(), address: str = ""
) -> tuple[Composed, str]:
    """The protocol as it would be published now, and its body as readers would see it."""
    facts = facts_of(consultation, address=address)
    composed = compose_protocol(facts, closing=closing, signature=signature)
    return composed, current_ports().renderer.render(composed.source).html


def require_protocol(consultation: ConsultationRow, now: datetime) -> None:
    """Raises RuleBroken unless a protocol is what is due: the end has passed and nobody commented."""
    if consultation.is_cancelled:
        raise RuleBroken("consultation_cancelled")
    if now < consultation.closes_at:
        raise RuleBroken("protocol_too_early")
    if consultation.comment_count:
        raise RuleBroken("protocol_with_comments", count=consultation.comment_count)
    if consultation.reported_at is not None:
        raise RuleBroken("already_reported")


def keep_announcement(
    work: Work,
    actor: Actor,
    consultation_id: int,
    kind: str,
    act: Act,
    composed: Composed,
    *,
    token_hash: str | None = None,
    now: datetime,
) -> AnnouncementRow:
    """Write an announcement into the record under the next number. Holds within the act's transaction."""
    number = len(queries.list_announcements(consultation_id)) + 1
    if number > MOST_ANNOUNCEMENTS:
        raise RuleBroken("too_many_announcements", limit=MOST_ANNOUNCEMENTS)
    work.add(
        Announcement(
            consultation_id=consultation_id,
            number=number,
            kind=kind,
            act=str(act),
            title=composed.title[:500],
            source=composed.source,
            html=work.ports.renderer.render(composed.source).html,
            published_at=now,
            published_by=actor.id,
            form_token_hash=token_hash,
        )
    )
    work.flush()
    ref = AnnouncementPublished(str(consultation_id), f"{consultation_id}/{number}")
    work.record(ref, at=now, actor_ref=actor.id)
    return queries.get_announcement(consultation_id, number)


def export_announcement(consultation_id: int, number: int) -> File:
    """A published announcement as a Word file, ready to be printed, signed and put up."""
    announcement = queries.get_announcement(consultation_id, number)
    consultation = queries.get_consultation(consultation_id)
    writer = current_ports().text_writers["docx"]
    text = ExportedText(
        title=announcement.title,
        host=consultation.host_name,
        state="",
        language="pl",
        written_at=announcement.published_at,
        checksum="",
        address="",
        sections=(ExportedSection("", 1, 0, announcement.source, announcement.html),),
        has_cover=False,
    )
    name = f"{consultation.slug}-{announcement.act}-{number}"
    return File(writer.write(text), writer.media_type, f"{name}.{writer.extension}")


def _checked_act(act: str) -> Act:
    if act not in (Act.NOTICE, Act.ORDER):
        raise InvalidInput("act", field="act")
    return Act(act)
