"""Receipts: the page for whoever holds its address, its files, and what a sender may still change until the end."""

from __future__ import annotations

import json
from functools import partial

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.text.normalise import normalise
from consult.services import comments as service
from consult.services.comments import Remark
from consult.services.moderation import is_appealable
from consult.services.public_records import make_receipt_file
from consult.services.sockets import current_ports
from consult.storage.queries import comments as queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.comments import CommentRow, PlacedRow, ReceiptRow
from consult.storage.queries.documents import DocumentRow
from consult.web.comments.forms import ChangeForm
from consult.web.comments.passages import WORDS_SHOWN
from consult.web.comments.presenters import ChangePage, Passage, ReceiptPage, Received, WithdrawPage
from consult.web.comments.printing import LAYOUT, printed_receipt
from consult.web.comments.views.shared import shown_version
from consult.web.shared.cards import author_of, card_of, clipped
from consult.web.shared.errors import wording as explained
from consult.web.shared.forms import Act, refuse
from consult.web.shared.heads import document_head, now
from consult.web.shared.hosts import clause_href
from consult.web.shared.i18n import deadline, moment
from consult.web.shared.limits import limited
from consult.web.shared.presenters import Moment
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor


def receipt(register_id: int, receipt_no: int, secret: str) -> Response:
    """The proof that comments were received, for whoever holds the address."""
    row = service.get_receipt(register_id, receipt_no, secret)
    comments = queries.list_comments_by_id(row.comment_ids, with_drafts=False, with_hidden=True)
    first, document = comments[0], document_queries.get_document_by_id(comments[0].document_id)
    places = _places(comments, document)
    until = _until(first)
    target = next(iter(places[first.id]), None)
    to = partial(url_for, register_id=register_id, receipt_no=receipt_no, secret=secret)
    page = ReceiptPage(
        head=document_head(document),
        comments=tuple(
            Received(
                card=card_of(comment, next(iter(places[comment.id]), None)),
                passages=_passages(places[comment.id]),
                change_href=to("comments.change", number=comment.number) if _is_alive(comment, until) else "",
                withdraw_href=to("comments.withdraw", number=comment.number)
                if _is_alive(comment, until)
                else "",
                appeal_href=to("moderation.appeal", number=comment.number) if is_appealable(comment) else "",
                is_withdrawn=comment.is_withdrawn,
                changed=moment(comment.revised_at) if comment.revised_at else None,
            )
            for comment in comments
        ),
        receipt_no=row.name,
        received=moment(row.received_at),
        author=author_of(first),
        another_href=url_for("comments.new", slug=document.slug) if until else "",
        back_href=url_for(
            "documents.show", slug=document.slug, _anchor=f"s-{target.section_id[:12]}" if target else None
        ),
        clause_href=clause_href(row.submission_id),
        file_href=to("comments.receipt_file"),
        pdf_href=to("comments.receipt_pdf"),
        record_href=url_for("documents.record", slug=document.slug),
        keep_key=f"{document.slug}/{target.origin_section if target else ''}/"
        + (f"{target.origin_start}/{target.origin_end}" if target and target.scope == "passage" else "/"),
        until=until,
    )
    return _secret(make_response(render_template("comments/receipt.html", page=page)))


@limited("records")
def receipt_file(register_id: int, receipt_no: int, secret: str) -> Response:
    """The receipt as a file, for whoever wants to show later what they had sent."""
    content = make_receipt_file(register_id, receipt_no, secret)
    response = make_response(json.dumps(content, ensure_ascii=False, indent=1))
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.headers["Content-Disposition"] = (
        f'attachment; filename="receipt-{register_id}-{receipt_no}.json"'
    )
    return _secret(response)


@limited("records")
def receipt_pdf(register_id: int, receipt_no: int, secret: str) -> Response:
    """The receipt to print or to keep."""
    row = service.get_receipt(register_id, receipt_no, secret)
    comments = queries.list_comments_by_id(row.comment_ids, with_drafts=False, with_hidden=True)
    document = document_queries.get_document_by_id(comments[0].document_id)
    values = printed_receipt(row, comments, document, _places(comments, document))
    content = current_ports().typesetter.typeset(LAYOUT, values, written_at=row.received_at)
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="receipt-{register_id}-{receipt_no}.pdf"'
    return _secret(response)


@limited("comments")
def change(register_id: int, receipt_no: int, secret: str, number: int) -> ResponseReturnValue:
    """A sent comment, corrected by whoever holds its receipt."""
    try:
        row, comment, document, until = _own(register_id, receipt_no, secret, number)
    except RuleBroken as refusal:
        return _too_late(register_id, receipt_no, secret, refusal)
    places = _places([comment], document)[comment.id]
    words = places[0].exact if len(places) == 1 else ""
    back = url_for("comments.receipt", register_id=register_id, receipt_no=row.receipt_no, secret=secret)
    form = ChangeForm()
    if not form.is_submitted():
        form.text.data, form.justification.data = comment.text, comment.justification
        form.proposed.data = words if comment.proposed is None else comment.proposed
    elif form.is_sent():
        proposed = (form.proposed.data or "").strip()
        is_other = bool(places) and normalise(proposed).strip() not in ("", words.strip())
        remark = Remark(
            form.text.data or "",
            justification=form.justification.data or "",
            proposed=proposed if is_other else None,
        )
        try:
            service.revise_comment(
                current_actor(), register_id, receipt_no, secret, number, remark, now=now()
            )
        except InvalidInput as error:
            refuse(form, error)
        else:
            say("done", gettext("Comment %(number)s now reads as you changed it.", number=number))
            return _secret(redirect(back, code=303))
    page = ChangePage(
        head=document_head(document),
        number=number,
        passages=_passages(places),
        back_href=back,
        until=until,
        may_propose=bool(words),
        keep_key=f"{document.slug}/change/{register_id}-{number}",
    )
    shown = render_template("comments/change.html", page=page, form=form)
    return _secret(make_response(shown, 422 if form.errors else 200))


@limited("comments")
def withdraw(register_id: int, receipt_no: int, secret: str, number: int) -> ResponseReturnValue:
    """A sent comment, taken back by whoever holds its receipt."""
    try:
        row, comment, document, until = _own(register_id, receipt_no, secret, number)
    except RuleBroken as refusal:
        return _too_late(register_id, receipt_no, secret, refusal)
    back = url_for("comments.receipt", register_id=register_id, receipt_no=row.receipt_no, secret=secret)
    form = Act()
    if form.is_submitted():
        if form.is_sent():
            service.withdraw_comment(current_actor(), register_id, receipt_no, secret, number, now=now())
            say("done", gettext("Comment %(number)s is withdrawn.", number=number))
        else:
            say_stale()
        return _secret(redirect(back, code=303))
    page = WithdrawPage(
        head=document_head(document), comment=card_of(comment, None), back_href=back, until=until
    )
    return _secret(make_response(render_template("comments/withdraw.html", page=page, form=form)))


def _too_late(register_id: int, receipt_no: int, secret: str, refusal: RuleBroken) -> Response:
    """Back to the receipt with the reason. What was typed is not lost: a form that was sent gets a page that holds it."""
    if request.method == "POST":
        raise refusal
    say("note", explained(refusal))
    where = url_for("comments.receipt", register_id=register_id, receipt_no=receipt_no, secret=secret)
    return _secret(redirect(where, code=303))


def _own(
    register_id: int, receipt_no: int, secret: str, number: int
) -> tuple[ReceiptRow, CommentRow, DocumentRow, Moment]:
    """A comment of a receipt that may still be changed; the service holds what is sent to the same rules. Raises NotFound,
    RuleBroken."""
    row = service.get_receipt(register_id, receipt_no, secret)
    if number not in row.numbers:
        raise NotFound("comment")
    comment = queries.find_comment(register_id, number, with_drafts=False, with_hidden=True)
    if comment is None:
        raise NotFound("comment")
    until = _until(comment)
    service.require_changeable(comment, is_open=until is not None)
    assert until is not None  # noqa: S101 - or it could not be changed
    return row, comment, document_queries.get_document_by_id(comment.document_id), until


def _until(comment: CommentRow) -> Moment | None:
    """Up to when senders may change what they sent; None once that has passed."""
    if comment.consultation_id is None:
        return None
    consultation = consultation_queries.get_consultation(comment.consultation_id)
    return deadline(consultation.closes_at) if service.may_still_change(consultation, now()) else None


def _is_alive(comment: CommentRow, until: Moment | None) -> bool:
    return until is not None and comment.text is not None


def _places(comments: list[CommentRow], document: DocumentRow) -> dict[int, list[PlacedRow]]:
    found: dict[int, list[PlacedRow]] = {comment.id: [] for comment in comments}
    for place in queries.list_placements_of(list(found), version_id=shown_version(document)):
        found[place.comment_id].append(place)
    return found


def _passages(places: list[PlacedRow]) -> tuple[Passage, ...]:
    texts = {text.id: text for text in document_queries.list_texts([place.origin_text for place in places])}
    return tuple(
        Passage(
            value="",
            place=texts[place.origin_text].heading,
            words=place.exact if len(place.exact) <= WORDS_SHOWN else clipped(place.exact, WORDS_SHOWN),
            is_part=place.scope != "passage",
        )
        for place in places
    )


def _secret(response: ResponseReturnValue) -> Response:
    """The address opens the receipt: it goes nowhere else, and nobody keeps the page."""
    made = make_response(response)
    made.headers["Referrer-Policy"] = "no-referrer"
    made.headers["Cache-Control"] = "no-store"
    return made
