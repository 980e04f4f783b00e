"""One comment, with its words then and now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import render_template, url_for
from flask_babel import gettext

from consult.domain.errors import NotFound
from consult.domain.policy.permissions import Permission
from consult.services.submissions import apart_in
from consult.storage.queries import comments as queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import explanations as explanation_queries
from consult.storage.queries.comments import CommentRow, PlacedRow
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import DocumentRow
from consult.web.comments.presenters import (
    CommentPage,
)
from consult.web.comments.views.shared import full_card, shown_version
from consult.web.shared.cards import comment_href, main_register, ref_of
from consult.web.shared.discussion import support_state
from consult.web.shared.heads import document_head, may, now
from consult.web.shared.meetings import explanation_card, may_explain
from consult.web.shared.presenters import Piece
from consult.web.shared.redlines import redline
from consult.web.shared.viewers import current_viewer


def show(register_id: int, number: int) -> str:
    comment, document = _get(register_id, number)
    consultations = consultation_queries.list_consultations(document_id=document.id)
    placed = next(iter(queries.list_placements_of([comment.id], version_id=shown_version(document))), None)
    changes = queries.list_change_numbers(
        [comment.answer.change_id] if comment.answer and comment.answer.change_id else []
    )
    then, then_text, then_href = "", "", ""
    now_pieces: tuple[Piece, ...] = ()
    now_text, now_href = "", ""
    if placed is not None:
        then = placed.exact
        then_text, then_href = _text_of(
            document, placed.origin_text, placed.origin_section, comment, placed, consultations
        )
        if placed.text_id is not None and placed.start is not None and _may_see(document, placed.text_id):
            here = document_queries.get_text(placed.text_id)
            now_pieces = redline(placed.exact, here.plain[placed.start : placed.end])
            now_text, now_href = _text_of(
                document, placed.text_id, placed.section_id, comment, placed, consultations
            )
    own = [row for row in consultations if row.id == comment.consultation_id]
    aside = apart_in(own, with_decisions=False).get(comment.id)
    is_last = number >= _last_number(register_id)
    explains = may_explain(document.host_id)
    is_open = any(row.id == comment.consultation_id and row.is_open(now()) for row in consultations)
    page = CommentPage(
        head=document_head(document, tab="comments", consultations=consultations),
        comment=replace(full_card(comment, placed, document, changes), apart=aside.reasons if aside else ()),
        then=then,
        then_text=then_text,
        then_href=then_href,
        now=now_pieces,
        now_text=now_text,
        now_href=now_href,
        previous_href=comment_href(register_id, number - 1) if number > 1 else "",
        next_href="" if is_last else comment_href(register_id, number + 1),
        answer_href=url_for("dispositions.case", consultation_id=comment.consultation_id, number=number)
        if comment.consultation_id and may(Permission.ANSWER_COMMENTS, document)
        else "",
        explanations=tuple(
            explanation_card(row, runs=explains)
            for row in explanation_queries.list_explanations_of([comment.id])[comment.id]
        ),
        similar_href=url_for("similar.show", register_id=register_id, number=number),
        moderation_href=url_for("moderation.case", register_id=register_id, number=number)
        if comment.consultation_id and may(Permission.MODERATE, document)
        else "",
        redact_href=url_for("redactions.case", register_id=register_id, number=number)
        if may(Permission.MODERATE, document)
        else "",
        support=support_state(comment, is_open=is_open),
        explain_href=url_for("meetings.explain_comment", register_id=register_id, number=number)
        if explains and is_open
        else "",
    )
    return render_template("comments/show.html", page=page)


def _get(register_id: int, number: int) -> tuple[CommentRow, DocumentRow]:
    comment = queries.find_comment(register_id, number, with_drafts=False)
    if comment is None:
        raise NotFound("comment")
    document = document_queries.get_document_by_id(comment.document_id)
    if comment.consultation_id is None and not current_viewer().works_for(document.host_id):
        raise NotFound("comment")
    if current_viewer().works_for(document.host_id):
        comment = queries.get_comment(comment.id, with_drafts=True)
    return comment, document


def _last_number(register_id: int) -> int:
    return consultation_queries.last_number(register_id)


def _may_see(document: DocumentRow, text_id: int) -> bool:
    return current_viewer().works_for(document.host_id) or bool(
        document_queries.list_published_text_ids([text_id])
    )


def _text_of(
    document: DocumentRow,
    text_id: int,
    section_id: str,
    comment: CommentRow,
    placed: PlacedRow,
    consultations: Sequence[ConsultationRow],
) -> tuple[str, str]:
    """Which text this is, in words, and the way to the words in it."""
    version_no = document_queries.find_version_of_text(text_id)
    on = next((row.version_id for row in consultations if row.version_no == version_no), None)
    ref = ref_of(comment.register_id, comment.number, main_register(consultations, on))
    anchor = f"slowa-{ref}" if placed.scope == "passage" else f"s-{section_id[:12]}"
    if version_no is not None:
        where = url_for("documents.version", slug=document.slug, number=version_no, _anchor=anchor)
        return gettext("version %(number)s", number=version_no), where
    if current_viewer().works_for(document.host_id):
        return gettext("working draft"), url_for("documents.draft", slug=document.slug, _anchor=anchor)
    return gettext("working draft"), ""
