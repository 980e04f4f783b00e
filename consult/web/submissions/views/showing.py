"""A submission with its letter, the decision about one that came late, and a receipt to hand over."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError
from consult.domain.process.submissions import trimmed
from consult.services import submissions as service
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import submissions as queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.submissions import SubmissionRow
from consult.web.shared.cards import card_of
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.i18n import moment
from consult.web.shared.limits import limited
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor
from consult.web.submissions.forms import DecisionForm
from consult.web.submissions.presenters import DecisionLine, LetterParagraph, SubmissionPage
from consult.web.submissions.views.shared import consultation_in_hand, frame_of, letter_pieces, line_of


@limited("submissions")
def show(consultation_id: int, receipt_no: int) -> ResponseReturnValue:
    consultation = consultation_in_hand(consultation_id)
    row = queries.get_submission(consultation.register_id, receipt_no, service.ending_of(consultation))
    form = DecisionForm()
    if form.is_sent():
        is_considered = form.act.data != "leave"
        try:
            service.decide_submission(
                current_actor(),
                consultation_id,
                receipt_no,
                is_considered=is_considered,
                reason=form.reason.data or "",
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The decision is in the register."))
            return redirect(
                url_for("submissions.show", consultation_id=consultation_id, receipt_no=receipt_no), code=303
            )
    page = _page(consultation, row)
    shown = _kept_apart(render_template("submissions/show.html", page=page, form=form))
    return (shown, 422) if form.errors else shown


def receipt(consultation_id: int, receipt_no: int) -> Response:
    """The same as its sender sees it, to be printed for whoever left no address."""
    consultation = consultation_in_hand(consultation_id)
    row = queries.get_submission(consultation.register_id, receipt_no, service.ending_of(consultation))
    return _kept_apart(render_template("submissions/receipt.html", page=_page(consultation, row)))


def _kept_apart(shown: str) -> Response:
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
    letter, is_lost = _letter(row)
    return SubmissionPage(
        frame=frame_of(consultation),
        line=line_of(consultation, row),
        receipt_no=f"{consultation.register_id}/{row.receipt_no} · {row.receipt_hash[:16]}",
        entered=moment(row.received_at),
        entered_by=row.entered_by if row.channel != "web" else "",
        has_address=row.has_address,
        comments=tuple(card_of(one, placed.get(one.id)) for one in comments),
        letter=letter,
        has_lost_letter=is_lost,
        decisions=tuple(
            DecisionLine(
                one.is_considered,
                tuple(one.reason.split("\n\n")) if one.reason else (),
                moment(one.at),
                one.by,
            )
            for one in queries.list_decisions(row.id)
        ),
        receipt_href=url_for(
            "submissions.receipt", consultation_id=consultation.id, receipt_no=row.receipt_no
        ),
        host=consultation.host_name,
        can_decide=row.is_late and not consultation.is_answered,
    )


def _letter(row: SubmissionRow) -> tuple[tuple[LetterParagraph, ...], bool]:
    """The letter of a submission, and whether it was erased."""
    letter = queries.find_letter(row.id) if row.has_letter else None
    if letter is None:
        return (), False
    if letter.text is None:
        return (), True
    found = [(number, trimmed(letter.text, start, end)) for number, start, end in letter.passages]
    return letter_pieces(letter.text, [(number, span) for number, span in found if span]), False
