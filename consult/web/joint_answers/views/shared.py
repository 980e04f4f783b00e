"""What the views of joint submissions share: the frame above every page, words with their places, acts behind a button."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from flask import Response, make_response, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, pgettext

from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.domain.process.contact_views import Place
from consult.domain.process.joint_answers import AnswerState
from consult.domain.text.numbering import printed_title
from consult.services import joint_answers as service
from consult.services.contact_views import note_contact_view
from consult.services.joint_answers import Part
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import joint_answers as queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import SectionRow, TextRow
from consult.storage.queries.joint_answers import AnswerRow, PlaceRow, PointRow, RemarkRow
from consult.web.joint_answers.presenters import AnswerFrame, Approver, Letter, Party, Said
from consult.web.shared.cards import clipped
from consult.web.shared.forms import Act
from consult.web.shared.heads import now
from consult.web.shared.i18n import day, deadline, moment
from consult.web.shared.presenters import Link
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor

WORDS_SHOWN = 400
_BLANK_LINES = re.compile(r"\n\s*\n")

CODES = "joint_codes"
KEYS = "joint_keys"
NAME = "joint_name"
MADE = "joint_code_made"
"""Where the session keeps the codes a browser came with, what finds its own remarks again, and a code just made."""


def code_in_hand(answer_id: int) -> str:
    """The code this browser came with; it is looked at anew with every page."""
    return str((session.get(CODES) or {}).get(str(answer_id), ""))


def key_in_hand(answer_id: int) -> str:
    return str((session.get(KEYS) or {}).get(str(answer_id), ""))


def consultation_of(answer: AnswerRow) -> ConsultationRow:
    return consultation_queries.get_consultation(answer.consultation_id)


def note_view_of_sender(answer: AnswerRow, place: Place) -> None:
    """Keep that an official of the host is shown who signed a sent answer, or its letter; what its own people look at is
    their own affair."""
    actor, consultation = current_actor(), consultation_of(answer)
    if answer.submission_id is None or not is_allowed(
        actor, Permission.SEE_PERSON_DATA, Target(host_id=consultation.host_id)
    ):
        return
    receipt = comment_queries.find_receipt_of(answer.submission_id)
    note_contact_view(
        actor,
        place,
        host_id=consultation.host_id,
        register_id=consultation.register_id,
        receipts=[receipt.receipt_no] if receipt else [],
        now=now(),
    )


def frame_of(answer: AnswerRow, part: Part | None, *, here: str = "") -> AnswerFrame:
    """The frame; tabs are those of the reader's part, none for who came with a code. `here` is the endpoint shown."""
    consultation = consultation_of(answer)
    document = document_queries.get_document_by_id(consultation.document_id)
    parties = queries.list_parties(answer.id)
    return AnswerFrame(
        id=answer.id,
        href=url_for("joint_answers.show", answer_id=answer.id) if part else "",
        organisation=answer.organisation_name,
        names=service.names_of(answer, parties),
        title=consultation.title,
        document=document.title,
        document_href=url_for("documents.show", slug=document.slug),
        consultation_href=url_for("consultations.show", consultation_id=consultation.id),
        language=document.language,
        state=str(answer.state),
        closes=deadline(consultation.closes_at),
        is_over=not consultation.is_open(now()),
        tabs=_tabs(part, here) if part else (),
        is_confirmed=answer.is_organisation_verified and all(one.is_verified for one in parties),
    )


def _tabs(part: Part, here: str) -> tuple[Link, ...]:
    pages = [("show", pgettext("joint submission", "Where it stands"))]
    if part.answer.state is AnswerState.COLLECTING:
        pages.append(("text", gettext("Text and my remarks")))
    if part.leads and part.answer.state is AnswerState.COLLECTING:
        pages.append(("desk", gettext("Put together")))
    if part.sees_points:
        pages.append(("review", gettext("What is to be sent")))
    if part.sees_remarks:
        pages.append(("trail", gettext("What came of what")))
    return tuple(
        Link(words, url_for(f"joint_answers.{name}", answer_id=part.answer.id), is_current=name == here)
        for name, words in pages
    )


class Words:
    """The sections of the version consulted, and the words places in them are about."""

    def __init__(self, answer: AnswerRow, places: Sequence[PlaceRow]) -> None:
        consultation = consultation_of(answer)
        self.sections = document_queries.list_version_sections(consultation.version_id)
        self.order = {section.section_id: at for at, section in enumerate(self.sections)}
        self._titles = {
            section.section_id: printed_title(section.label, section.heading) for section in self.sections
        }
        self._texts: Mapping[int, TextRow] = {
            text.id: text for text in document_queries.list_texts(sorted({one.text_id for one in places}))
        }

    def title(self, section_id: str) -> str:
        return self._titles.get(section_id, "")

    def of(self, place: PlaceRow) -> str:
        """The words themselves, or the title of a part as a whole."""
        text = self._texts.get(place.text_id)
        if text is None or place.start is None or place.end is None:
            return self.title(place.section_id)
        return clipped(text.plain[place.start : place.end], WORDS_SHOWN)

    def rank(self, place: PlaceRow | None) -> tuple[int, int]:
        if place is None:
            return (-1, 0)
        return (self.order.get(place.section_id, len(self.order)), place.start or 0)


def words_of(answer: AnswerRow, points: Sequence[PointRow], remarks: Sequence[RemarkRow] = ()) -> Words:
    places = [place for point in points for place in point.places]
    return Words(answer, places + [remark.place for remark in remarks if remark.place is not None])


def section_of(sections: Sequence[SectionRow], section_id: str) -> SectionRow | None:
    return next((one for one in sections if one.section_id == section_id), None)


def said_point(point: PointRow, words: Words, sources: Sequence[Said] = (), **more: str) -> Said:
    return Said(
        id=point.id,
        kind=point.kind,
        paragraphs=paragraphs_of(point.text),
        justification=paragraphs_of(point.justification),
        proposed=point.proposed or "",
        places=tuple(words.of(place) for place in point.places),
        sources=tuple(sources),
        **more,  # type: ignore[arg-type]
    )


def said_remark(remark: RemarkRow, words: Words, *, with_name: bool, **more: str) -> Said:
    """A remark; one that was taken back has no words any more."""
    is_gone = remark.withdrawn_at is not None
    return Said(
        id=remark.id,
        kind=remark.kind,
        paragraphs=(gettext("[Taken back by whoever wrote it.]"),) if is_gone else paragraphs_of(remark.text),
        justification=paragraphs_of(remark.justification),
        proposed=remark.proposed or "",
        places=(words.of(remark.place),) if remark.place else (),
        name=remark.name if with_name else "",
        at=moment(remark.made_at),
        state=state_of(remark),
        reason=remark.set_aside_reason,
        **more,  # type: ignore[arg-type]
    )


def state_of(remark: RemarkRow) -> str:
    if remark.withdrawn_at is not None:
        return "withdrawn"
    if remark.point_id is not None:
        return "adopted"
    return "aside" if remark.set_aside_at is not None else "waiting"


def paragraphs_of(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _BLANK_LINES.split(text) if part.strip())


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def resolution_of(answer: AnswerRow) -> str:
    if answer.approval_rule != "resolution" or answer.resolution_on is None:
        return ""
    return gettext(
        "resolution %(number)s of %(day)s", number=answer.resolution_no, day=day(answer.resolution_on).text
    )


def approvers_of(answer: AnswerRow) -> tuple[Approver, ...]:
    found = []
    for one in queries.list_approvers(answer.id):
        said, at = "waiting", None
        if one.refused_at is not None:
            said, at = "refused", one.refused_at
        elif one.has_approved(answer.revision):
            said, at = "approved", one.approved_at
        found.append(
            Approver(one.person_name, one.role_name, said, moment(at) if at else None, one.refused_reason)
        )
    return tuple(found)


def parties_of(answer: AnswerRow, *, can_remove: bool, with_withdrawn: bool) -> tuple[Party, ...]:
    found = []
    for one in queries.list_parties(answer.id, with_withdrawn=with_withdrawn):
        said, at = "waiting", None
        if one.withdrawn_at is not None:
            said, at = "withdrew", one.withdrawn_at
        elif one.has_approved(answer.revision):
            said, at = "approved", one.approved_at
        found.append(
            Party(
                name=one.name,
                href=url_for("organisations.show", slug=one.slug),
                is_verified=one.is_verified,
                said=said,
                by=one.approver_name if said == "approved" else "",
                at=moment(at) if at else None,
                reason=one.withdrawn_reason,
                remove_href=url_for(
                    "joint_answers.remove_party", answer_id=answer.id, organisation_id=one.organisation_id
                )
                if can_remove and said != "withdrew"
                else "",
            )
        )
    return tuple(found)


def letter_of(answer: AnswerRow, *, can_drop: bool = False) -> Letter | None:
    found = queries.find_letter(answer.id)
    if found is None:
        return None
    return Letter(
        name=found[0].name,
        href=url_for("joint_answers.letter", answer_id=answer.id),
        attached=moment(found[0].attached_at),
        drop_href=url_for("joint_answers.drop_letter", answer_id=answer.id) if can_drop else "",
    )


def do_and_return(act: Callable[[], object], done: str, endpoint: str, answer_id: int) -> ResponseReturnValue:
    """What a button does, and the page it leads back to."""
    if Act().is_sent():
        act()
        if done:
            say("done", done)
    else:
        say_stale()
    return redirect(url_for(endpoint, answer_id=answer_id), code=303)


def private(shown: str, status: int = 200) -> Response:
    """A page for those who hold a code: its address goes nowhere, and nothing keeps it."""
    response = make_response(shown, status)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def part_in_hand(answer_id: int) -> Part:
    return service.part_in(current_actor(), answer_id)


def lead_in_hand(answer_id: int) -> tuple[AnswerRow, Part]:
    """The answer for those who put it together. Raises NotFound, NotPermitted."""
    answer = service.leading(current_actor(), answer_id)
    return answer, service.part_in(current_actor(), answer_id)
