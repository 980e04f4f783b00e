"""Officials cut words out of comments, read the originals, and put words back."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services import redactions as service
from consult.services.authority import require
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import redactions as queries
from consult.storage.queries.comments import CommentRow
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.redactions import RedactionRow
from consult.web.redactions.forms import Redact, Undo
from consult.web.redactions.presenters import ActLine, OriginalPage, Piece, RedactionPage, UndoPage
from consult.web.shared.cards import comment_href
from consult.web.shared.forms import refuse
from consult.web.shared.heads import document_head, now
from consult.web.shared.i18n import moment
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor


def case(register_id: int, number: int) -> ResponseReturnValue:
    comment, document = _in_hand(register_id, number)
    form = Redact()
    preview: tuple[Piece, ...] = ()
    if form.is_sent():
        words, reason = form.words.data or "", form.reason.data or ""
        try:
            if form.act.data == "cut":
                service.redact_comment(
                    current_actor(),
                    comment.id,
                    words=words,
                    reason=reason,
                    note=form.note.data or "",
                    now=now(),
                )
                say("done", gettext("The words were cut out."))
                return redirect(_case_href(comment), code=303)
            cuts = service.preview_redaction(current_actor(), comment.id, words=words, reason=reason)
            preview = tuple(_piece(one.sealed.field, one.sealed.revision, one.after) for one in cuts)
        except InvalidInput as error:
            refuse(form, error)
    shown = [
        _piece(row.field, row.revision, row.value if row.shown is None else row.shown)
        for row in queries.list_sealed(comment.id)
        if row.field != "letter"
    ]
    page = RedactionPage(
        head=document_head(document, tab="comments"),
        number=number,
        back_href=comment_href(register_id, number),
        original_href=url_for("redactions.original", register_id=register_id, number=number)
        if any(row.shown is not None for row in queries.list_sealed(comment.id))
        else "",
        pieces=tuple(piece for piece in shown if piece.paragraphs),
        preview=preview,
        acts=tuple(_act(row, comment) for row in queries.list_redactions(comment.id)),
    )
    return _kept_apart(
        render_template("redactions/case.html", page=page, form=form), 422 if form.errors else 200
    )


def original(register_id: int, number: int) -> ResponseReturnValue:
    """The words as they were handed in; that they were shown is noted."""
    comment, document = _in_hand(register_id, number)
    rows = service.read_original(current_actor(), comment.id, now=now())
    if not rows:
        raise NotFound("redaction")
    page = OriginalPage(
        head=document_head(document, tab="comments"),
        number=number,
        back_href=_case_href(comment),
        pieces=tuple(_piece(row.field, row.revision, row.value) for row in rows if row.value is not None),
        has_destroyed=any(row.value is None for row in rows),
    )
    return _kept_apart(render_template("redactions/original.html", page=page), 200)


def undo(register_id: int, number: int, redaction_id: int) -> ResponseReturnValue:
    comment, document = _in_hand(register_id, number)
    row = queries.get_redaction(redaction_id)
    if row.comment_id != comment.id:
        raise NotFound("redaction")
    form = Undo()
    if form.is_sent():
        try:
            service.undo_redaction(current_actor(), redaction_id, note=form.note.data or "", now=now())
        except (InvalidInput, RuleBroken) as error:
            refuse(form, error)
        else:
            say("done", gettext("The words were put back."))
            return redirect(_case_href(comment), code=303)
    page = UndoPage(document_head(document, tab="comments"), number, _case_href(comment), _act(row, comment))
    return _kept_apart(
        render_template("redactions/undo.html", page=page, form=form), 422 if form.errors else 200
    )


def _in_hand(register_id: int, number: int) -> tuple[CommentRow, DocumentRow]:
    comment = comment_queries.find_comment(register_id, number, with_drafts=True)
    if comment is None:
        raise NotFound("comment")
    document = document_queries.get_document_by_id(comment.document_id)
    require(current_actor(), Permission.MODERATE, Target(host_id=document.host_id))
    return comment, document


def _case_href(comment: CommentRow) -> str:
    return url_for("redactions.case", register_id=comment.register_id, number=comment.number)


def _piece(field: str, revision: int, words: str | None) -> Piece:
    return Piece(field, revision, tuple(part for part in (words or "").split("\n\n") if part.strip()))


def _act(row: RedactionRow, comment: CommentRow) -> ActLine:
    return ActLine(
        reason=row.reason,
        is_destroyed=row.is_destroyed,
        note=row.note or "",
        at=moment(row.at),
        by=row.by,
        undo_href=""
        if row.is_destroyed or row.ended_at
        else url_for(
            "redactions.undo",
            register_id=comment.register_id,
            number=comment.number,
            redaction_id=row.id,
        ),
        ended=moment(row.ended_at) if row.ended_at else None,
        ended_by=row.ended_by,
        end_note=row.end_note or "",
    )


def _kept_apart(shown: str, status: int) -> Response:
    response = make_response(shown, status)
    response.headers["Cache-Control"] = "no-store"
    return response
