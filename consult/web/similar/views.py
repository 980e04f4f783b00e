"""Comments that say much the same as a comment."""

from __future__ import annotations

from flask import render_template, url_for

from consult.domain.policy.permissions import Permission
from consult.services.similar import SimilarComment, list_similar_comments
from consult.storage.queries import documents as document_queries
from consult.web.shared.cards import clipped, comment_href
from consult.web.shared.heads import document_head, may
from consult.web.shared.i18n import moment
from consult.web.shared.limits import limited
from consult.web.shared.presenters import Author
from consult.web.shared.viewers import current_actor
from consult.web.similar.presenters import SimilarLine, SimilarPage

EXCERPT = 400


@limited("search")
def show(register_id: int, number: int) -> str:
    found = list_similar_comments(current_actor(), register_id, number)
    document = document_queries.get_document_by_id(found.comment.document_id)
    answers = may(Permission.ANSWER_COMMENTS, document)
    page = SimilarPage(
        head=document_head(document, tab="comments"),
        number=number,
        comment_href=comment_href(register_id, number),
        said=clipped(found.comment.text or "", EXCERPT),
        lines=tuple(_line(one, answers=answers) for one in found.found),
        is_ready=found.is_ready,
    )
    return render_template("similar/show.html", page=page)


def _line(one: SimilarComment, *, answers: bool) -> SimilarLine:
    row = one.row
    number, register_id = row.number or 0, row.register_id or 0
    return SimilarLine(
        number=number,
        href=comment_href(register_id, number),
        percent=one.likeness.percent,
        is_same=one.likeness.words >= 1 and one.likeness.pairs >= 1,
        author=Author(capacity=row.capacity, name=row.author_name, organisation=row.organisation_name),
        excerpt=clipped(row.body, EXCERPT),
        sent=moment(row.at),
        outcome=row.outcome,
        answer_href=url_for("dispositions.case", consultation_id=row.consultation_id, number=number)
        if answers and row.consultation_id
        else "",
    )
