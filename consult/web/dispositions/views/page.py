"""The page of the workbench."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

from consult.domain.process.contact_views import Place
from consult.services.contact_views import note_view_of_comments
from consult.services.dispositions import Wording
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import dispositions as queries
from consult.storage.queries.comments import CommentRow, PlacedRow
from consult.web.dispositions.presenters import Case, QueueEntry, QueueGroup, Tally, Workbench
from consult.web.dispositions.views.desk import (
    MAIN_OUTCOMES,
    Desk,
    case_href,
    neighbours,
)
from consult.web.shared.cards import author_of, card_of, clipped, main_register, ref_of
from consult.web.shared.heads import document_head, now
from consult.web.shared.i18n import deadline
from consult.web.shared.presenters import Link, Piece
from consult.web.shared.viewers import current_actor

AROUND = 25
"""Entries of the queue shown before and after the comment in hand."""

EXCERPT = 120


def compose(
    desk: Desk,
    comment: CommentRow | None,
    after: tuple[Piece, ...],
    show: str,
    *,
    placed: PlacedRow | None = None,
    wording: Wording | None = None,
    typed: str = "",
) -> Workbench:
    consultation = desk.consultation
    is_over = now() >= consultation.closes_at
    tally = _tally(desk)
    unpublished = 0
    if is_over and not tally.undecided:
        unpublished = len(queries.list_unpublished(consultation.id))
    return Workbench(
        head=document_head(desk.document, tab="comments"),
        tally=tally,
        tabs=(
            Link(
                gettext("Waiting, in the order of the text"),
                url_for("dispositions.queue", consultation_id=consultation.id),
                show != "all",
                tally.undecided,
            ),
            Link(
                gettext("All"),
                url_for("dispositions.queue", consultation_id=consultation.id, show="all"),
                show == "all",
                tally.total,
            ),
        ),
        queue=_queue(desk, comment.number if comment else None, show),
        case=_case(desk, comment, after, show, placed, wording, typed) if comment else None,
        notice=""
        if is_over
        else gettext(
            "The consultation is open until %(moment)s. Answers are kept as working notes and published after it has ended.",
            moment=deadline(consultation.closes_at).text,
        ),
        table_href=url_for("documents.download", slug=desk.document.slug, extension="xlsx"),
        publish_all_href=url_for("dispositions.publish", consultation_id=consultation.id)
        if unpublished
        else "",
        ready_count=unpublished,
        csrf_token=generate_csrf(),
    )


def _tally(desk: Desk) -> Tally:
    total = len(desk.rows)
    counts = {code: sum(row.outcome == code for row in desk.rows) for code in MAIN_OUTCOMES}
    undecided = sum(row.outcome is None for row in desk.rows)
    other = total - undecided - sum(counts.values())
    parts = (counts["accepted"], counts["partly"], counts["rejected"], other, undecided)
    return Tally(
        total=total,
        undecided=undecided,
        accepted=counts["accepted"],
        partly=counts["partly"],
        rejected=counts["rejected"],
        other=other,
        bar=_shares(parts, total),
    )


def _shares(parts: tuple[int, int, int, int, int], total: int) -> tuple[int, int, int, int, int]:
    """Parts of a whole in thousandths that add up to exactly 1000, or all 0."""
    if not total:
        return (0, 0, 0, 0, 0)
    edges = [round(1000 * sum(parts[: at + 1]) / total) for at in range(5)]
    shares = [edge - before for edge, before in zip(edges, [0, *edges], strict=False)]
    return (shares[0], shares[1], shares[2], shares[3], shares[4])


def _queue(desk: Desk, current: int | None, show: str) -> tuple[QueueGroup, ...]:
    """The entries around the comment in hand, by part of the text."""
    rows = [row for row in desk.rows if show == "all" or row.outcome is None or row.number == current]
    at = next((index for index, row in enumerate(rows) if row.number == current), 0)
    window = rows[max(0, at - AROUND) : at + AROUND + 1]
    comments = {
        row.id: row
        for row in comment_queries.list_comments_by_id([row.comment_id for row in window], with_drafts=True)
    }
    groups: list[tuple[str, list[QueueEntry]]] = []
    for row in window:
        title = (
            desk.titles.get(row.origin_section, gettext("Parts no longer in the document"))
            if row.origin_section
            else gettext("The whole document")
        )
        if not groups or groups[-1][0] != title:
            groups.append((title, []))
        comment = comments[row.comment_id]
        groups[-1][1].append(
            QueueEntry(
                number=row.number,
                href=case_href(desk, row.number, show),
                author=author_of(comment),
                excerpt=clipped(comment.text or "", EXCERPT),
                outcome=row.outcome or "",
                is_current=row.number == current,
            )
        )
    return tuple(QueueGroup(title, tuple(entries)) for title, entries in groups)


def _case(
    desk: Desk,
    comment: CommentRow,
    after: tuple[Piece, ...],
    show: str,
    placed: PlacedRow | None,
    wording: Wording | None,
    typed: str,
) -> Case:
    before, following = neighbours(desk, comment.number, show)
    authors = comment_queries.list_authors([comment.id])
    name = "" if comment.organisation_name else authors.get(comment.id, ("", ""))[0]
    if name:
        note_view_of_comments(
            current_actor(), Place.ANSWER, [comment.id], host_id=desk.document.host_id, now=now()
        )
    place = desk.titles.get(placed.origin_section, "") if placed else gettext("The whole document")
    changes = comment_queries.list_change_numbers(
        [comment.answer.change_id] if comment.answer and comment.answer.change_id else []
    )
    return Case(
        comment=card_of(
            comment,
            placed,
            name=name,
            place=place,
            place_href=_placecase_href(desk, placed, comment),
            changes=changes,
            slug=desk.document.slug,
        ),
        after=after,
        standing=_standing(
            placed,
            desk.consultation.version_no,
            is_taken=bool(comment.answer and comment.answer.change_id),
        ),
        state=comment.answer.state if comment.answer else "",
        can_take_wording=wording is not None or bool(typed),
        previous_href=case_href(desk, before, show) if before is not None else "",
        next_href=case_href(desk, following, show) if following is not None else "",
        next_number=following,
        similar_href=url_for("similar.show", register_id=comment.register_id, number=comment.number),
    )


def _placecase_href(desk: Desk, placed: PlacedRow | None, comment: CommentRow) -> str:
    if placed is None:
        return ""
    consultations = consultation_queries.list_consultations(document_id=desk.document.id)
    main = main_register(consultations, desk.consultation.version_id)
    ref = ref_of(comment.register_id, comment.number, main)
    anchor = f"slowa-{ref}" if placed.scope == "passage" else f"s-{placed.origin_section[:12]}"
    return url_for(
        "documents.version", slug=desk.document.slug, number=desk.consultation.version_no, _anchor=anchor
    )


def _standing(placed: PlacedRow | None, version_no: int, *, is_taken: bool) -> str:
    """How the words fare, in a sentence."""
    if placed is None:
        return ""
    if is_taken and placed.state in ("placed", "changed"):
        return gettext("A wording was taken from this comment already.")
    match placed.state:
        case "placed":
            return gettext(
                "These words have not changed since version %(number)s, so a wording goes in without a conflict.",
                number=version_no,
            )
        case "changed":
            return gettext(
                "These words have changed since version %(number)s; look before taking a wording.",
                number=version_no,
            )
        case "moved":
            return gettext("These words now stand elsewhere in the working draft.")
        case "uncertain":
            return gettext(
                "It is not certain where these words are now, so no wording can be taken from here."
            )
        case _:
            return gettext("These words are no longer in the working draft.")
