"""Changes after the announcement: a later end, something put right, the whole called off; each with its reason.

The text consulted never changes and an end is never brought forward. Whoever commented or follows is told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.history.events import (
    ConsultationCancelled,
    ConsultationCorrected,
    ConsultationExtended,
    ConsultationPrepared,
    EffectsRecorded,
    Event,
)
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.announcing import Act, compose_change
from consult.domain.process.stages import ConsultationState
from consult.domain.process.windows import last_moment
from consult.domain.text.typed import typed_words
from consult.services.addressees import addressees_of
from consult.services.authority import require
from consult.services.consultations.announcing import facts_of, keep_announcement
from consult.services.consultations.details import (
    LONGEST_AREA,
    LONGEST_LINE,
    LONGEST_REASON,
    LONGEST_SUMMARY,
    Details,
    checked_details,
    checked_reason,
)
from consult.services.consultations.opening import LONGEST_WINDOW, check_free, check_times
from consult.services.drawn_secrets import hashed
from consult.services.posting import post
from consult.storage.models import ConsultationChange
from consult.storage.queries import consultations as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.unit_of_work import Work, unit_of_work

Detail = tuple[str, str, str]
"""Name of a fact, what it was, what it is."""

EVENTS: dict[str, Callable[[str, str], Event]] = {
    "extended": ConsultationExtended,
    "corrected": ConsultationCorrected,
    "cancelled": ConsultationCancelled,
    "effects": EffectsRecorded,
}
LONGEST_ERRATUM = LONGEST_SUMMARY


@dataclass(frozen=True, slots=True)
class Correction:
    """How the facts are to read; what stays as it is may be handed in again. `details` are taken but for the term's
    own (basis, own days, what decides, forms), which no correction touches. `erratum` puts right the wording of an
    announcement, without a fact of its own."""

    summary: str
    details: Details
    erratum: str = ""


def extend_consultation(
    actor: Actor,
    consultation_id: int,
    *,
    closes_at: datetime,
    reason: str,
    address: str = "",
    form_token: str = "",
    now: datetime,
) -> None:
    """Give people longer. Raises RuleBroken when it has ended, was cancelled, or the end would come earlier."""
    with unit_of_work() as work:
        consultation = _begin(actor, consultation_id)
        words = _reason(consultation, reason)
        if _is_done(consultation_id, form_token):
            return
        require_extendable(consultation, now)
        if closes_at < consultation.closes_at and not consultation.is_prepared:
            last_day = last_moment(consultation.closes_at).date().isoformat()
            raise RuleBroken("window_shortened", last_day=last_day, field="closes_on")
        if closes_at == consultation.closes_at:
            raise InvalidInput("end_unchanged", field="closes_on")
        if closes_at - consultation.opens_at > 2 * LONGEST_WINDOW:
            raise InvalidInput("window_too_long", field="closes_on", limit=2 * LONGEST_WINDOW.days)
        if consultation.is_prepared:
            check_times(consultation.opens_at, closes_at, now)
        check_free(consultation.document_id, consultation.opens_at, closes_at, but=consultation_id)
        details = [("closes_at", consultation.closes_at.isoformat(), closes_at.isoformat())]
        queries.update_consultation(consultation_id, {"closes_at": closes_at})
        _keep(work, actor, consultation, "extended", words, details, address, form_token, now)


def correct_consultation(
    actor: Actor,
    consultation_id: int,
    correction: Correction,
    *,
    reason: str,
    address: str = "",
    form_token: str = "",
    now: datetime,
) -> None:
    """Put right what the page and the announcement say; never the text consulted, nor the end.

    Raises InvalidInput("nothing_corrected") when everything stays as it was.
    """
    erratum = typed_words(correction.erratum, "erratum", LONGEST_ERRATUM)
    summary = typed_words(correction.summary, "summary", LONGEST_SUMMARY)
    checked = checked_details(correction.details)
    with unit_of_work() as work:
        consultation = _begin(actor, consultation_id)
        words = _reason(consultation, reason)
        if _is_done(consultation_id, form_token):
            return
        require_correctable(consultation, now)
        values: dict[str, Any] = {
            "summary": summary,
            "purpose": checked.purpose,
            "addressees": checked.addressees,
            "area": checked.area[:LONGEST_AREA],
            "local_rule": checked.local_rule[:LONGEST_LINE],
            "fields": queries.codes_column(checked.fields),
            "channels": json.dumps(dict(checked.channels), ensure_ascii=False),
            "reading_place": checked.reading_place,
            "contact": checked.contact,
            "easy_href": checked.easy_href,
            "sign_href": checked.sign_href,
        }
        before = {
            "fields": queries.codes_column(consultation.fields),
            "channels": json.dumps(dict(consultation.channels), ensure_ascii=False),
        }
        details: list[Detail] = []
        for name, value in values.items():
            old = before.get(name, getattr(consultation, name))
            if old != value:
                details.append((name, _said(name, old), _said(name, value)))
        if erratum:
            details.append(("erratum", "", erratum))
        if not details:
            raise InvalidInput("nothing_corrected")
        queries.update_consultation(consultation_id, values)
        _keep(work, actor, consultation, "corrected", words, details, address, form_token, now)


def cancel_consultation(
    actor: Actor,
    consultation_id: int,
    *,
    reason: str,
    address: str = "",
    form_token: str = "",
    now: datetime,
) -> None:
    """Call a consultation off before its end. Comments stay readable under their numbers; the document is drafted on.

    Raises RuleBroken when it was cancelled already or has ended.
    """
    with unit_of_work() as work:
        consultation = _begin(actor, consultation_id)
        words = _reason(consultation, reason)
        if _is_done(consultation_id, form_token):
            return
        require_cancellable(consultation, now)
        queries.update_consultation(consultation_id, {"cancelled_at": now})
        if not consultation.is_prepared:
            document_queries.lock_document(consultation.document_id).stage = "drafting"
        _keep(work, actor, consultation, "cancelled", words, [], address, form_token, now)


def record_effects(
    actor: Actor, consultation_id: int, *, effects: str, form_token: str = "", now: datetime
) -> None:
    """Say what came of a consultation: adopted, changed, carried out. May be said again as more is known.

    Raises RuleBroken("effects_too_early") before its account is public.
    """
    words = typed_words(effects, "effects", LONGEST_REASON)
    if not words:
        raise InvalidInput("effects_missing", field="effects")
    with unit_of_work() as work:
        consultation = _begin(actor, consultation_id)
        if _is_done(consultation_id, form_token):
            return
        require_reported(consultation, now)
        if consultation.effects_at is None:
            queries.update_consultation(consultation_id, {"effects_at": now})
        _keep(work, actor, consultation, "effects", words, [], "", form_token, now)


# --- what may be done when -----------------------------------------------------------------------------------------


def require_extendable(consultation: ConsultationRow, now: datetime) -> None:
    """Raises RuleBroken unless the end can still be moved: what has ended is followed by a new consultation."""
    if consultation.is_cancelled:
        raise RuleBroken("consultation_cancelled")
    if now >= consultation.closes_at and not consultation.is_prepared:
        raise RuleBroken("extend_closed")


def require_reported(consultation: ConsultationRow, now: datetime) -> None:
    """Raises RuleBroken until the account of the consultation is public."""
    if consultation.is_cancelled:
        raise RuleBroken("consultation_cancelled")
    if consultation.state(now) not in (ConsultationState.REPORTED, ConsultationState.EFFECTS):
        raise RuleBroken("effects_too_early")


def require_correctable(consultation: ConsultationRow, now: datetime) -> None:
    """Raises RuleBroken once it was called off or its account is public."""
    if consultation.is_cancelled:
        raise RuleBroken("consultation_cancelled")
    if consultation.state(now) in (ConsultationState.REPORTED, ConsultationState.EFFECTS):
        raise RuleBroken("already_reported")


def require_cancellable(consultation: ConsultationRow, now: datetime) -> None:
    """Raises RuleBroken unless it is prepared, announced or open."""
    if consultation.is_cancelled:
        raise RuleBroken("already_cancelled")
    if now >= consultation.closes_at and not consultation.is_prepared:
        raise RuleBroken("cancel_closed")


# --- how a change is kept ------------------------------------------------------------------------------------------


def _begin(actor: Actor, consultation_id: int) -> ConsultationRow:
    """The consultation as it stands once its document is held."""
    consultation = queries.get_consultation(consultation_id, with_prepared=True)
    require(actor, Permission.RUN_CONSULTATION, Target(host_id=consultation.host_id))
    document_queries.lock_document(consultation.document_id)
    return queries.get_consultation(consultation_id, with_prepared=True)


def _reason(consultation: ConsultationRow, reason: str) -> str:
    """Why something is changed: owed to everybody once it is announced, to nobody before."""
    return "" if consultation.is_prepared else checked_reason(reason)


def _is_done(consultation_id: int, form_token: str) -> bool:
    token_hash = hashed(form_token) if form_token else None
    return token_hash is not None and queries.is_token_of_change(consultation_id, token_hash)


def _keep(
    work: Work,
    actor: Actor,
    before: ConsultationRow,
    kind: str,
    reason: str,
    details: Sequence[Detail],
    address: str,
    form_token: str,
    now: datetime,
) -> None:
    """Record a change, announce it (effects are no act of the office), and write to everybody it concerns.

    What is only prepared changes without any of that: nobody was told of it.
    """
    if before.is_prepared:
        prepared = ConsultationPrepared(str(before.id), str(before.document_id))
        work.record(prepared, at=now, actor_ref=actor.id)
        return
    no = queries.last_change_no(before.id) + 1
    work.add(
        ConsultationChange(
            consultation_id=before.id,
            no=no,
            kind=kind,
            reason=reason,
            details=json.dumps(details, ensure_ascii=False),
            at=now,
            person_id=actor.id,
            form_token_hash=hashed(form_token) if form_token else None,
        )
    )
    work.flush()
    event: Event = EVENTS[kind](str(before.id), str(before.document_id))
    work.record(event, at=now, actor_ref=actor.id)
    if kind != "effects":
        after = queries.get_consultation(before.id)
        composed = compose_change(facts_of(after, address=address), kind, reason=reason, details=details)
        keep_announcement(work, actor, before.id, kind, Act.NOTICE, composed, now=now)
    for reached in addressees_of(before.id):
        post(
            work,
            f"consultations/{kind}",
            person_id=reached.person_id,
            submission_id=reached.submission_id,
            ref={"consultation_id": before.id, "change_no": no},
            at=now,
        )


def _said(name: str, value: str) -> str:
    """A fact in words: codes as a list, addresses a line each."""
    if name == "channels":
        return "; ".join(str(address) for address in json.loads(value).values())
    if name == "fields":
        return " ".join(value.split())
    return value
