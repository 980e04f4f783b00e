"""A submission with its letter and files, what is amiss with it and what was decided, and a receipt to hand over."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import PurePath

from flask import Response, current_app, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, InvalidInput
from consult.domain.process.contact_views import Place
from consult.domain.process.submissions import trimmed
from consult.domain.text.numbering import printed_title
from consult.services import submissions as service
from consult.services.sockets import current_ports
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import meetings as meeting_queries
from consult.storage.queries import submission_files as file_queries
from consult.storage.queries import submission_flags as flag_queries
from consult.storage.queries import submissions as queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.joint_answers import find_answer_of_submission
from consult.storage.queries.submission_files import FileRow
from consult.storage.queries.submissions import SubmissionRow
from consult.web.shared.cards import card_of
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.i18n import language, moment
from consult.web.shared.limits import limited
from consult.web.shared.presenters import Link
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor
from consult.web.submissions.forms import DecisionForm
from consult.web.submissions.presenters import (
    DecisionLine,
    FileLine,
    FlagLine,
    LetterParagraph,
    SubmissionPage,
)
from consult.web.submissions.printing import LAYOUT, printed_receipt
from consult.web.submissions.views.notes import link_to
from consult.web.submissions.views.shared import (
    consultation_in_hand,
    frame_of,
    letter_pieces,
    line_of,
    note_view,
)
from consult.web.submissions.views.uploads import sent_scans

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What files are sent as: what they were found to be, never what somebody called them."""


@limited("submissions")
def show(consultation_id: int, receipt_no: int) -> ResponseReturnValue:
    consultation = consultation_in_hand(consultation_id)
    row = queries.get_submission(consultation.register_id, receipt_no, service.ending_of(consultation))
    form = DecisionForm()
    if form.is_sent():
        try:
            done = _act(form, consultation_id, receipt_no)
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", done)
            return redirect(
                url_for("submissions.show", consultation_id=consultation_id, receipt_no=receipt_no), code=303
            )
    page = _page(consultation, row)
    note_view(consultation, Place.SUBMISSION, row)
    shown = _kept_apart(render_template("submissions/show.html", page=page, form=form))
    return (shown, 422) if form.errors else shown


def _act(form: DecisionForm, consultation_id: int, receipt_no: int) -> str:
    """Do what a button says; returns what was done, in words. Raises ConsultError, and does nothing then."""
    act, where = form.act.data or "", (current_actor(), consultation_id, receipt_no)
    if act in ("flag", "unflag"):
        service.flag_submission(
            *where,
            form.flag.data or "",
            is_raised=act == "flag",
            reason=form.flag_reason.data or "",
            now=now(),
        )
        return gettext("It is noted in the register.")
    if act == "scan":
        service.add_scans(*where, sent_scans(), now=now())
        return gettext("The file is kept with the submission.")
    if act == "letter":
        service.send_receipt(*where, email=form.email.data or "", now=now())
        return gettext("The receipt is on its way.")
    if act not in ("consider", "leave"):
        raise InvalidInput("act_unknown")
    service.decide_submission(
        *where, is_considered=act == "consider", reason=form.reason.data or "", now=now()
    )
    return gettext("The decision is in the register.")


def receipt(consultation_id: int, receipt_no: int) -> Response:
    """The same as its sender sees it, to be printed for whoever left no address."""
    consultation = consultation_in_hand(consultation_id)
    row = queries.get_submission(consultation.register_id, receipt_no, service.ending_of(consultation))
    page = _page(consultation, row)
    note_view(consultation, Place.RECEIPT, row)
    return _kept_apart(render_template("submissions/receipt.html", page=page))


@limited("records")
def receipt_pdf(consultation_id: int, receipt_no: int) -> Response:
    """The receipt as a file, to be sent along or printed."""
    consultation = consultation_in_hand(consultation_id)
    row = queries.get_submission(consultation.register_id, receipt_no, service.ending_of(consultation))
    values = printed_receipt(_page(consultation, row))
    note_view(consultation, Place.RECEIPT, row)
    content = current_ports().typesetter.typeset(LAYOUT, values, written_at=row.received_at)
    return _file(content, "application/pdf", f"receipt-{consultation.register_id}-{receipt_no}.pdf")


def file(consultation_id: int, receipt_no: int, file_no: int) -> Response:
    """A file that came with a submission, as it came; never shown inside a page of ours."""
    consultation = consultation_in_hand(consultation_id)
    row = queries.get_submission(consultation.register_id, receipt_no, service.ending_of(consultation))
    kept, content = service.read_file(current_actor(), consultation_id, receipt_no, file_no)
    note_view(consultation, Place.FILE, row, with_all=True)
    return _file(content, MEDIA_TYPES[kept.kind], kept.name or f"{receipt_no}-{file_no}.{kept.kind}")


def _file(content: bytes, media_type: str, name: str) -> Response:
    response = _kept_apart(current_app.response_class(content, mimetype=media_type))
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _kept_apart(shown: str | Response) -> Response:
    response = make_response(shown)
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(consultation: ConsultationRow, row: SubmissionRow) -> SubmissionPage:
    ids = queries.list_comment_ids(row.id)
    comments = comment_queries.list_comments_by_id(ids, with_drafts=True)
    placed = {
        one.comment_id: one
        for one in reversed(comment_queries.list_placements_of(ids, version_id=consultation.version_id))
    }
    titles = {
        one.section_id: printed_title(one.label, one.heading)
        for one in document_queries.list_version_sections(consultation.version_id)
    }

    def place_of(comment_id: int) -> str:
        found = placed.get(comment_id)
        return titles.get(found.origin_section, "") if found else gettext("The whole document")

    letter, is_lost = _letter(row)
    to: Callable[..., str] = partial(url_for, consultation_id=consultation.id, receipt_no=row.receipt_no)
    flags = flag_queries.list_flags(row.id)
    return SubmissionPage(
        frame=frame_of(consultation),
        line=line_of(consultation, row),
        receipt_no=f"{consultation.register_id}/{row.receipt_no} · {row.receipt_hash[:16]}",
        entered=moment(row.received_at),
        entered_by=row.entered_by if row.channel != "web" else "",
        has_address=row.has_address,
        comments=tuple(card_of(one, placed.get(one.id), place=place_of(one.id)) for one in comments),
        letter=letter,
        has_lost_letter=is_lost,
        signatures_href=_signatures_href(row.id),
        decisions=tuple(
            DecisionLine(one.is_considered, _paragraphs(one.reason), moment(one.at), one.by)
            for one in queries.list_decisions(row.id)
        ),
        receipt_href=to("submissions.receipt"),
        pdf_href=to("submissions.receipt_pdf"),
        host=consultation.host_name,
        can_decide=row.is_apart and not consultation.is_answered,
        can_change=not consultation.is_answered,
        flags=tuple(
            FlagLine(one.code, one.is_raised, _paragraphs(one.reason), moment(one.at), one.by)
            for one in flags
        ),
        raised=row.flags,
        files=tuple(
            _file_line(one, to("submissions.file", file_no=one.no)) for one in file_queries.list_files(row.id)
        ),
        meeting=_meeting(row),
        erase_href=to("contact_views.erase_sender"),
    )


def _meeting(row: SubmissionRow) -> Link | None:
    meeting_id = queries.find_meeting_of(row.id)
    return link_to(meeting_queries.get_meeting(meeting_id)) if meeting_id is not None else None


def _file_line(row: FileRow, href: str) -> FileLine:
    return FileLine(
        name=row.name or "",
        kind=row.kind,
        is_form=row.role == "form",
        size=_size(row.size),
        at=moment(row.at),
        by=row.by,
        href=href if row.name is not None and PurePath(row.name).name else "",
    )


def _size(count: int) -> str:
    """Bytes as people say them."""
    sign = "," if language() == "pl" else "."
    if count < 1_000_000:
        return f"{max(1, round(count / 1_000))} KB"
    return f"{count / 1_000_000:.1f} MB".replace(".", sign)


def _paragraphs(words: str | None) -> tuple[str, ...]:
    return tuple(words.split("\n\n")) if words else ()


def _letter(row: SubmissionRow) -> tuple[tuple[LetterParagraph, ...], bool]:
    """The letter of a submission, and whether it was erased."""
    letter = queries.find_letter(row.id) if row.has_letter else None
    if letter is None:
        return (), False
    if letter.text is None:
        return (), True
    found = [(number, trimmed(letter.text, start, end)) for number, start, end in letter.passages]
    return letter_pieces(letter.text, [(number, span) for number, span in found if span]), False


def _signatures_href(submission_id: int) -> str:
    """Who signed, where several spoke as one."""
    answer_id = find_answer_of_submission(submission_id)
    return url_for("joint_answers.signatures", answer_id=answer_id) if answer_id is not None else ""
