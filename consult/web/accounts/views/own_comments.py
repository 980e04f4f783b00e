"""What one handed in while signed in, wherever that was, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import NotFound
from consult.services.moderation import is_appealable
from consult.services.sockets import current_ports
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.accounts import held
from consult.storage.queries.comments import CommentRow, PlacedRow
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import DocumentRow
from consult.web.accounts.presenters import OwnComment, OwnCommentsPage
from consult.web.accounts.views.own_account import own_person
from consult.web.accounts.views.private import account_menu, sealed_page
from consult.web.shared.addresses import address_with, whole_number
from consult.web.shared.cards import card_of
from consult.web.shared.i18n import deadline
from consult.web.shared.presenters import Link
from consult.web.shared.viewers import current_viewer

ON_A_PAGE = 20


def comments() -> ResponseReturnValue:
    person = own_person()
    offset = whole_number(request.args.get("from")) or 0
    count = held.count_comments_of(person.id)
    ids = held.list_comment_ids_of(person.id, offset=offset, limit=ON_A_PAGE)
    shown = _own_comments(ids)
    page = OwnCommentsPage(
        menu=account_menu("accounts.comments"),
        comments=shown,
        count=count,
        first=offset + 1 if shown else 0,
        last=offset + len(shown),
        newer_href=_from(max(0, offset - ON_A_PAGE)) if offset else "",
        older_href=_from(offset + ON_A_PAGE) if offset + ON_A_PAGE < count else "",
        home=Link(gettext("Open consultations"), url_for("consultations.home")),
    )
    return sealed_page(render_template("accounts/comments.html", page=page))


def _from(offset: int) -> str:
    return address_with("accounts.comments", {}, {"from": offset or None})


def _own_comments(ids: Sequence[int]) -> tuple[OwnComment, ...]:
    rows = {
        row.id: row for row in comment_queries.list_comments_by_id(ids, with_drafts=False, with_hidden=True)
    }
    documents = {
        document_id: document_queries.get_document_by_id(document_id)
        for document_id in {row.document_id for row in rows.values()}
    }
    hrefs = {document_id: _href(document) for document_id, document in documents.items()}
    consultations = {
        consultation_id: consultation_queries.get_consultation(consultation_id)
        for consultation_id in {row.consultation_id for row in rows.values() if row.consultation_id}
    }
    placed = _placements(rows.values(), documents)
    changes = comment_queries.list_change_numbers(
        [row.answer.change_id for row in rows.values() if row.answer and row.answer.change_id]
    )
    found = []
    for comment_id in ids:
        row = rows[comment_id]
        document = documents[row.document_id]
        consultation = consultations.get(row.consultation_id or 0)
        href = hrefs[document.id]
        found.append(
            OwnComment(
                document=document.title,
                document_href=href,
                consultation=consultation.title if consultation else "",
                consultation_href=_consultation_href(consultation) if href else "",
                card=card_of(
                    row,
                    placed.get(row.id),
                    changes=changes,
                    slug=document.slug if href else "",
                    place_href=_place_href(row) if href else "",
                    main=0,  # of no register more than of another: numbers begin anew in each
                ),
                awaits="" if row.answer else _awaits(consultation),
                appeal_href=url_for("moderation.own_appeal", register_id=row.register_id, number=row.number)
                if is_appealable(row)
                else "",
            )
        )
    return tuple(found)


def _href(document: DocumentRow) -> str:
    """The document's page, where the person may see it (any more)."""
    try:
        document_queries.get_document(document.slug, current_viewer())
    except NotFound:
        return ""
    return url_for("documents.show", slug=document.slug)


def _consultation_href(consultation: ConsultationRow | None) -> str:
    if consultation is None:
        return ""
    return url_for("consultations.show", consultation_id=consultation.id)


def _place_href(row: CommentRow) -> str:
    return url_for("comments.show", register_id=row.register_id, number=row.number)


def _placements(rows: Iterable[CommentRow], documents: dict[int, DocumentRow]) -> dict[int, PlacedRow]:
    """Where the first words of each comment are now, in the text its reader is shown."""
    by_document: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        by_document[row.document_id].append(row.id)
    found: dict[int, PlacedRow] = {}
    for document_id, ids in by_document.items():
        document = documents[document_id]
        version_id = (
            document_queries.get_version(document.id, document.last_version_no).id
            if document.last_version_no and not current_viewer().works_for(document.host_id)
            else None
        )
        for placed in reversed(comment_queries.list_placements_of(ids, version_id=version_id)):
            found[placed.comment_id] = placed
    return found


def _awaits(consultation: ConsultationRow | None) -> str:
    """Why there is no answer yet."""
    now = current_ports().clock.now()
    if consultation is not None and consultation.is_open(now):
        return gettext(
            "The consultation is open until %(moment)s; the host answers afterwards.",
            moment=deadline(consultation.closes_at).text,
        )
    return gettext("The host has not published an answer yet.")
