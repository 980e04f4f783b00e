"""Letters about answers organisations put together: who is to approve, what was decided, that the end comes, that it was sent.

They never hold the words of the answer nor of any remark: those stay on pages only those concerned can open.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.domain.process.joint_answers import AnswerState
from consult.services.letters.recipients import Gatherer, Recipient
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import joint_answers as queries
from consult.storage.queries.joint_answers import AnswerRow


def gather_approve(recipient: Recipient, ref: Mapping[str, Any], _now: datetime) -> Mapping[str, Any] | None:
    """To somebody asked to approve; nothing once they have answered or are asked no more."""
    answer = queries.find_answer(int(ref["answer_id"]))
    if answer is None or answer.state is not AnswerState.APPROVING:
        return None
    asked = next(
        (one for one in queries.list_approvers(answer.id) if one.person_id == recipient.person_id), None
    )
    if asked is None or asked.has_approved(answer.revision) or asked.refused_at is not None:
        return None
    return {**_about(answer), "review_path": f"/joint-answers/{answer.id}/review"}


def gather_party_asked(
    _recipient: Recipient, ref: Mapping[str, Any], _now: datetime
) -> Mapping[str, Any] | None:
    """To those who speak for an organisation asked to stand behind an answer; nothing once one of them has answered."""
    answer = queries.find_answer(int(ref["answer_id"]))
    if answer is None or not answer.is_live:
        return None
    party = next(
        (
            one
            for one in queries.list_parties(answer.id)
            if one.organisation_id == int(ref["organisation_id"])
        ),
        None,
    )
    if party is None or party.has_approved(answer.revision):
        return None
    return {
        **_about(answer),
        "party_name": party.name,
        "is_ready": answer.state is AnswerState.APPROVING,
        "review_path": f"/joint-answers/{answer.id}/review",
    }


def gather_decided(_recipient: Recipient, ref: Mapping[str, Any], _now: datetime) -> Mapping[str, Any] | None:
    """To whoever leads: what one of those asked has said last."""
    answer = queries.find_answer(int(ref["answer_id"]))
    if answer is None or not answer.is_live:
        return None
    if "organisation_id" in ref:
        parties = queries.list_parties(answer.id, with_withdrawn=True)
        party = next((one for one in parties if one.organisation_id == int(ref["organisation_id"])), None)
        if party is None:
            return None
        name, reason = party.name, party.withdrawn_reason
        verdict = "withdrew" if party.withdrawn_at is not None else "approved"
        if verdict == "approved" and not party.has_approved(answer.revision):
            return None
    else:
        asked = next(
            (one for one in queries.list_approvers(answer.id) if one.person_id == ref["by_person_id"]), None
        )
        if asked is None or (asked.refused_at is None and not asked.has_approved(answer.revision)):
            return None
        name, reason = asked.person_name, asked.refused_reason
        verdict = "refused" if asked.refused_at is not None else "approved"
    return {**_about(answer), "who": name, "verdict": verdict, "reason": reason}


def gather_closing(_recipient: Recipient, ref: Mapping[str, Any], now: datetime) -> Mapping[str, Any] | None:
    """To whoever leads an answer that was not sent, before the end."""
    answer = queries.find_answer(int(ref["answer_id"]))
    if answer is None or not answer.is_live:
        return None
    about = _about(answer)
    return about if now < about["closes_at"] else None


def gather_ended(_recipient: Recipient, ref: Mapping[str, Any], now: datetime) -> Mapping[str, Any] | None:
    """To whoever led an answer nobody sent in time; nothing where the end was put off since."""
    answer = queries.find_answer(int(ref["answer_id"]))
    if answer is None or not answer.is_live:
        return None
    about = _about(answer)
    return about if now >= about["closes_at"] else None


def gather_sent(_recipient: Recipient, ref: Mapping[str, Any], _now: datetime) -> Mapping[str, Any] | None:
    answer = queries.find_answer(int(ref["answer_id"]))
    if answer is None or answer.submission_id is None:
        return None
    receipt = comment_queries.find_receipt_of(answer.submission_id)
    if receipt is None:
        return None
    return {
        **_about(answer),
        "receipt_no": receipt.name,
        "received_at": receipt.received_at,
        "comments": [
            {"number": number, "path": f"/comments/{receipt.register_id}/{number}"}
            for number in receipt.numbers
        ],
    }


def _about(answer: AnswerRow) -> dict[str, Any]:
    consultation = consultation_queries.get_consultation(answer.consultation_id)
    document = document_queries.get_document_by_id(consultation.document_id)
    return {
        "organisation_name": answer.organisation_name,
        "title": consultation.title,
        "document_title": document.title,
        "document_language": document.language,
        "closes_at": consultation.closes_at,
        "answer_path": f"/joint-answers/{answer.id}",
    }


GATHERERS: dict[str, Gatherer] = {
    "joint_answers/approve": gather_approve,
    "joint_answers/party_asked": gather_party_asked,
    "joint_answers/decided": gather_decided,
    "joint_answers/closing": gather_closing,
    "joint_answers/ended": gather_ended,
    "joint_answers/sent": gather_sent,
}
