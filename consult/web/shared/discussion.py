"""What pages that show a comment say of its discussion, and the secret by which a guest's browser supports once.

Pages for guests hold no form: a link leads to a page that does, where the browser gets its secret before it is used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from flask import Response, after_this_request, current_app, request, url_for
from flask_wtf.csrf import generate_csrf

from consult.domain.errors import NotFound
from consult.services import discussion as service
from consult.services.drawn_secrets import draw_secret
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import discussion as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.comments import CommentRow
from consult.storage.queries.documents import DocumentRow
from consult.web.shared.viewers import current_actor, current_person, current_viewer

KEY_COOKIE = "support_key"
"""Holds the secret of a guest's browser; scripts cannot read it."""

KEPT = timedelta(days=365)

_SECRET = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True, slots=True)
class SupportState:
    """How many support a comment and what the reader can do: `href` is empty where nothing can be done; with a
    `csrf_token` it is where a form is sent, without one the page that holds the form."""

    count: int = 0
    is_mine: bool = False
    href: str = ""
    csrf_token: str = ""


def support_state(comment: CommentRow, *, is_open: bool) -> SupportState:
    """One query for whoever supported with this browser or has an account, none for others."""
    person = current_person()
    can = service.is_supportable(comment, is_open=is_open)
    if not can or (person is not None and comment.person_id == person.id):
        return SupportState(comment.support_count)
    supporter = service.supporter_of(current_actor(), kept_secret())
    return SupportState(
        comment.support_count,
        is_mine=supporter is not None and queries.is_supported_by(comment.id, supporter),
        href=url_for("discussion.support", register_id=comment.register_id, number=comment.number),
        csrf_token=generate_csrf() if person else "",
    )


def get_shown_comment(register_id: int, number: int) -> tuple[CommentRow, DocumentRow]:
    """The comment as everybody may see it, and its document. Raises NotFound, also for one the reader may not know of."""
    comment = comment_queries.find_comment(register_id, number, with_drafts=False)
    if comment is None:
        raise NotFound("comment")
    document = document_queries.get_document_by_id(comment.document_id)
    if comment.consultation_id is None and not current_viewer().works_for(document.host_id):
        raise NotFound("comment")
    return comment, document


def kept_secret() -> str:
    """What this browser keeps; "" when it keeps nothing yet."""
    found = request.cookies.get(KEY_COOKIE, "")
    return found if _SECRET.fullmatch(found) else ""


def keep_secret() -> None:
    """Give a guest's browser its secret, unless it has one."""
    if current_person() is not None or kept_secret():
        return
    secret = draw_secret()

    @after_this_request
    def put(response: Response) -> Response:
        response.set_cookie(
            KEY_COOKIE,
            secret,
            max_age=KEPT,
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
            httponly=True,
            samesite="Lax",
        )
        return response
