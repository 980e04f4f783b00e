"""Where a sent comment came from, for those concerned; and what the host sees of who signed."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.domain.errors import NotFound
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.contact_views import Place
from consult.services import joint_answers as service
from consult.services.authority import require
from consult.services.joint_answers.sending import in_order_of_text
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import joint_answers as queries
from consult.web.joint_answers.presenters import Party, SignaturesPage, TrailPage
from consult.web.joint_answers.views.shared import (
    consultation_of,
    frame_of,
    letter_of,
    lines_of,
    note_view_of_sender,
    part_in_hand,
    resolution_of,
    said_point,
    said_remark,
    state_of,
    words_of,
)
from consult.web.shared.i18n import moment
from consult.web.shared.viewers import current_actor


def trail(answer_id: int) -> str:
    """Every point with the remarks it was made of, and what was set aside with its reason."""
    part = part_in_hand(answer_id)
    if not part.sees_remarks:
        raise NotFound("joint_answer")
    answer = part.answer
    points = in_order_of_text(queries.list_points(answer_id), consultation_of(answer).version_id)
    remarks = queries.list_remarks(answer_id)
    words = words_of(answer, points, remarks)
    known = {one.id: one for one in remarks}
    sources = queries.list_sources([point.id for point in points])
    receipt = comment_queries.find_receipt_of(answer.submission_id) if answer.submission_id else None
    numbers = dict(zip(receipt.comment_ids, receipt.numbers, strict=True)) if receipt else {}
    shown = []
    for point in points:
        number = numbers.get(point.comment_id or 0, 0)
        shown.append(
            said_point(
                point,
                words,
                [said_remark(known[one], words, with_name=True) for one in sources.get(point.id, ())],
                number=number,  # type: ignore[arg-type]
                href=url_for("comments.show", register_id=receipt.register_id, number=number)
                if receipt and number
                else "",
            )
        )
    page = TrailPage(
        frame=frame_of(answer, part, here="trail"),
        points=tuple(shown),
        aside=tuple(
            said_remark(one, words, with_name=True)
            for one in remarks
            if state_of(one) in ("aside", "waiting")
        ),
    )
    return render_template("joint_answers/trail.html", page=page)


def origin(register_id: int, number: int) -> ResponseReturnValue:
    """From a sent comment to what it came of."""
    comment = comment_queries.find_comment(register_id, number, with_drafts=False)
    if comment is None:
        raise NotFound("joint_answer")
    answer_id, point_id = service.trail_of(current_actor(), comment.id)
    return redirect(
        url_for("joint_answers.trail", answer_id=answer_id, _anchor=f"punkt-{point_id}"), code=303
    )


def signatures(answer_id: int) -> str:
    """Who signed, by what authority, with which letter: for officials of the host, once it was sent."""
    answer = queries.get_answer(answer_id)
    if answer.submission_id is None or answer.sent_at is None:
        raise NotFound("joint_answer")
    consultation = consultation_of(answer)
    require(current_actor(), Permission.SEE_PERSON_DATA, Target(host_id=consultation.host_id))
    receipt = comment_queries.find_receipt_of(answer.submission_id)
    note_view_of_sender(answer, Place.SIGNATURES)
    page = SignaturesPage(
        title=consultation.title,
        submission_href=url_for(
            "submissions.show",
            consultation_id=consultation.id,
            receipt_no=receipt.receipt_no,
        )
        if receipt
        else "",
        receipt_no=receipt.name if receipt else "",
        parties=tuple(
            Party(
                name=one.name,
                href=url_for("organisations.show", slug=one.slug),
                is_verified=one.is_confirmed,
                said="approved",
            )
            for one in queries.list_sent_parties(answer.submission_id)
        ),
        signed_by=lines_of(answer.signed_by),
        authority=answer.authority,
        resolution=resolution_of(answer),
        letter=letter_of(answer),
        sent=moment(answer.sent_at),
    )
    return render_template("joint_answers/signatures.html", page=page)
