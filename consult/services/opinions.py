"""Opinions of statutory bodies: asked for, delivered, given; what was written down before is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.history.canonical import canonical
from consult.domain.history.events import OpinionEdited, OpinionEntered
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.opinions import BODIES, checked_term, require_days
from consult.domain.text.typed import typed_line, typed_words
from consult.services.authority import require
from consult.storage.models import Opinion, OpinionChange
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import opinions as queries
from consult.storage.unit_of_work import current_ports, unit_of_work

LONGEST_BODY = 300
LONGEST_BASIS = 400
LONGEST_SUMMARY = 4_000
LONGEST_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class OpinionForm:
    """An opinion as an official writes it down. `outcome` is "" while it is awaited, else given or refused;
    `source` is its full text as Markdown."""

    body_kind: str
    body: str
    legal_basis: str = ""
    delivered_on: date | None = None
    term_days: int | None = None
    is_silence_waiver: bool = False
    outcome: str = ""
    given_on: date | None = None
    summary: str = ""
    source: str = ""


def enter_opinion(actor: Actor, consultation_id: int, form: OpinionForm, *, now: datetime) -> int:
    """Write down that a body is asked for its opinion; returns the opinion's id. Raises InvalidInput."""
    columns = _checked(form, now)
    html = _rendered(columns["source"])
    with unit_of_work() as work:
        consultation = consultation_queries.get_consultation(consultation_id, with_prepared=True)
        require(actor, Permission.MANAGE_MEETINGS, Target(host_id=consultation.host_id))
        if consultation.is_cancelled:
            raise RuleBroken("consultation_cancelled")
        opinion = Opinion(
            **columns,
            html=html,
            consultation_id=consultation_id,
            host_id=consultation.host_id,
            created_at=now,
            changed_at=now,
        )
        work.add(opinion)
        work.flush()
        work.record(OpinionEntered(str(opinion.id), str(consultation_id)), at=now, actor_ref=actor.id)
        return opinion.id


def edit_opinion(actor: Actor, opinion_id: int, form: OpinionForm, *, now: datetime) -> bool:
    """Write down the delivery, the opinion itself, or a correction; returns whether anything changed.

    What was delivered cannot become undelivered: raises InvalidInput. The fields as they stood go into the trace.
    """
    columns = _checked(form, now)
    html = _rendered(columns["source"])
    with unit_of_work() as work:
        opinion = queries.load_opinion(opinion_id)
        require(actor, Permission.MANAGE_MEETINGS, Target(host_id=opinion.host_id))
        changed = [name for name, value in columns.items() if getattr(opinion, name) != value]
        if not changed:
            return False
        if opinion.delivered_on is not None and columns["delivered_on"] is None:
            raise InvalidInput("opinion_undelivered", field="delivered_on")
        stood: dict[str, Any] = {name: getattr(opinion, name) for name in changed}
        for name in changed:
            setattr(opinion, name, columns[name])
        opinion.html, opinion.changed_at = html, now
        seal = work.seal(
            canonical(
                {
                    name: value.isoformat() if isinstance(value, date) else value
                    for name, value in stood.items()
                }
            ).decode()
        )
        work.add(
            OpinionChange(
                opinion_id=opinion_id,
                number=queries.next_change_number(opinion_id),
                before_seal_id=seal.id,
                at=now,
                person_id=actor.id,
            )
        )
        work.record(OpinionEdited(str(opinion_id), str(opinion.consultation_id)), at=now, actor_ref=actor.id)
        return True


def _checked(form: OpinionForm, now: datetime) -> dict[str, Any]:
    if form.body_kind not in BODIES:
        raise InvalidInput("opinion_body", field="body_kind")
    body = typed_line(form.body, "body", LONGEST_BODY)
    if not body:
        raise InvalidInput("opinion_body_missing", field="body")
    term_days = checked_term(form.term_days)
    require_days(form.outcome, form.delivered_on, form.given_on, now)
    return {
        "body_kind": form.body_kind,
        "body": body,
        "legal_basis": typed_line(form.legal_basis, "legal_basis", LONGEST_BASIS),
        "delivered_on": form.delivered_on,
        "term_days": term_days,
        "is_silence_waiver": form.is_silence_waiver,
        "outcome": form.outcome,
        "given_on": form.given_on,
        "summary": typed_words(form.summary, "summary", LONGEST_SUMMARY),
        "source": typed_words(form.source, "source", LONGEST_TEXT),
    }


def _rendered(source: str) -> str:
    return current_ports().renderer.render(source).html if source else ""
