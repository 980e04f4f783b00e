"""Comments as cards."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from flask import url_for
from flask_babel import gettext

from consult.storage.queries.comments import AnswerRow, CommentRow, PlacedRow
from consult.storage.queries.consultations import ConsultationRow
from consult.web.shared.i18n import day, moment
from consult.web.shared.presenters import Answer, Author, Card, Piece
from consult.web.shared.redlines import redline

QUOTE_LENGTH = 200
_BLANK_LINES = re.compile(r"\n\s*\n")


def comment_href(register_id: int, number: int) -> str:
    return url_for("comments.show", register_id=register_id, number=number)


def main_register(consultations: Sequence[ConsultationRow], version_id: int | None = None) -> int | None:
    """The register whose comments a page names by number alone: the last one on a version, else the last of all."""
    on_version = (row.register_id for row in consultations if row.version_id == version_id)
    return next(on_version, consultations[0].register_id if consultations else None)


def ref_of(register_id: int, number: int, main: int | None) -> str:
    """What names a comment among all on a page; numbers begin anew in every register."""
    return str(number) if main in (None, register_id) else f"{register_id}-{number}"


def author_of(comment: CommentRow, name: str = "") -> Author:
    """Who speaks, as everybody may see it; `name`, the one given with the comment, only for the host."""
    return Author(
        capacity=comment.capacity,
        name=name or comment.public_name,
        organisation=comment.organisation_name,
        is_confirmed=comment.is_capacity_verified or comment.capacity == "resident",
    )


def card_of(
    comment: CommentRow,
    placed: PlacedRow | None = None,
    *,
    name: str = "",
    place: str = "",
    place_href: str = "",
    changes: Mapping[int, int] | None = None,
    slug: str = "",
    main: int | None = None,
) -> Card:
    """A comment with where its words are; `changes` are change numbers by id, for the answer's link, `main` the
    register the page's other comments are of."""
    text = _said(comment)
    quote = placed.exact if placed and placed.scope == "passage" else ""
    return Card(
        number=comment.number,
        href=comment_href(comment.register_id, comment.number),
        author=author_of(comment, name),
        sent=day(comment.received_on) if comment.channel != "web" else moment(comment.received_at),
        kind=comment.kind,
        paragraphs=tuple(part.strip() for part in _BLANK_LINES.split(text) if part.strip()),
        quote=clipped(quote, QUOTE_LENGTH),
        proposed=_proposed(quote, comment.proposed),
        place=place,
        place_href=place_href,
        placement=placed.state if placed else "",
        clarification=comment.clarification,
        answer=answer_of(comment.answer, changes or {}, slug) if comment.answer else None,
        ref=ref_of(comment.register_id, comment.number, main),
        reasons=comment.justification or "",
        changed=moment(comment.revised_at) if comment.revised_at and not comment.is_withdrawn else None,
        standing=comment.standing,
        hidden_reason=comment.hidden_reason,
        hidden_words=comment.hidden_words,
        hidden_since=moment(comment.hidden_at) if comment.hidden_at else None,
        support=comment.support_count if comment.text is not None else 0,
    )


def _said(comment: CommentRow) -> str:
    if comment.is_withdrawn:
        return gettext("[The author withdrew this comment.]")
    if comment.text is None and comment.standing:
        return ""  # a note stands in its place
    if comment.text is None:
        return gettext("[The text was removed at its author's request.]")
    return comment.text


def _proposed(quote: str, proposed: str | None) -> tuple[Piece, ...]:
    """A proposed wording against the words commented on; as it stands where the comment is on a whole part."""
    if proposed is None:
        return ()
    return redline(quote, proposed) if quote else (Piece("same", proposed),)


def answer_of(answer: AnswerRow, changes: Mapping[int, int], slug: str) -> Answer:
    number = changes.get(answer.change_id) if answer.change_id else None
    return Answer(
        outcome=answer.outcome,
        justification=answer.justification or "",
        change_text=gettext("Change %(number)s", number=number) if number else "",
        change_href=url_for("documents.change", slug=slug, number=number) if number and slug else "",
        published=moment(answer.published_at) if answer.published_at else None,
    )


def clipped(text: str, length: int) -> str:
    """The beginning of a text, cut at a space, on one line."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0] + "…"
