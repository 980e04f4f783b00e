"""What the views of submissions share: where one is, a line of the register, a letter with what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from flask import url_for

from consult.domain.errors import RuleBroken
from consult.domain.process.contact_views import Place
from consult.domain.process.submissions import LATE, paragraphs
from consult.domain.text.spans import Span
from consult.services import submissions as service
from consult.services.contact_views import note_contact_view
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.submissions import SubmissionRow
from consult.web.shared.heads import now
from consult.web.shared.hosts import show_host
from consult.web.shared.i18n import day, deadline
from consult.web.shared.presenters import Author
from consult.web.shared.viewers import current_actor
from consult.web.submissions.presenters import Frame, LetterParagraph, LetterPiece, SubmissionLine


def consultation_in_hand(consultation_id: int) -> ConsultationRow:
    """The consultation whose register the reader keeps. Raises NotFound, NotPermitted."""
    consultation = service.consultation_to_register(current_actor(), consultation_id)
    show_host(consultation.host_id)
    return consultation


def note_view(
    consultation: ConsultationRow, place: Place, *rows: SubmissionRow, with_all: bool = False
) -> None:
    """Keep that the reader is shown the data of those of these senders who left any; of all of them `with_all`."""
    note_contact_view(
        current_actor(),
        place,
        host_id=consultation.host_id,
        register_id=consultation.register_id,
        receipts=[row.receipt_no for row in rows if with_all or row.name or row.has_letter],
        now=now(),
    )


def frame_of(consultation: ConsultationRow) -> Frame:
    return Frame(
        title=consultation.title,
        href=url_for("consultations.show", consultation_id=consultation.id),
        register_href=url_for("submissions.list_all", consultation_id=consultation.id),
        closes=deadline(consultation.closes_at),
        new_href=_new_href(consultation, "new"),
        returned_href=_new_href(consultation, "returned"),
        decides="postmark" if service.ending_of(consultation).by_postmark else "receipt",
    )


def _new_href(consultation: ConsultationRow, page: str) -> str:
    try:
        service.require_enterable(consultation, now())
    except RuleBroken:
        return ""
    return url_for(f"submissions.{page}", consultation_id=consultation.id)


def line_of(consultation: ConsultationRow, row: SubmissionRow) -> SubmissionLine:
    return SubmissionLine(
        number=row.receipt_no,
        href=url_for("submissions.show", consultation_id=consultation.id, receipt_no=row.receipt_no),
        channel=row.channel,
        received=day(row.received_on),
        sender=Author(
            capacity=row.capacity,
            name=row.name,
            organisation=row.organisation_name,
            is_confirmed=row.is_capacity_verified or row.capacity == "resident",
        ),
        comment_count=row.comment_count,
        standing=row.standing,
        reasons=((LATE,) if row.is_late else ()) + row.flags,
        file_count=row.file_count,
        case_sign=row.case_sign,
        postmark=day(row.postmark_on) if row.postmark_on else None,
        has_letter=row.has_letter,
    )


def letter_pieces(
    letter: str, passages: Sequence[tuple[int, Span]], elsewhere: Sequence[tuple[int, Span]] = ()
) -> tuple[LetterParagraph, ...]:
    """The paragraphs of a letter, cut where (number, passage) of its comments begin and end; `elsewhere` are (receipt,
    passage) of other submissions made of it."""
    return tuple(
        LetterParagraph(
            place,
            pieces,
            all(piece.number or piece.elsewhere or not piece.text.strip() for piece in pieces),
        )
        for place, paragraph in enumerate(paragraphs(letter))
        for pieces in (tuple(_pieces(letter, paragraph, passages, elsewhere)),)
    )


def _pieces(
    letter: str,
    paragraph: Span,
    passages: Sequence[tuple[int, Span]],
    elsewhere: Sequence[tuple[int, Span]],
) -> Iterable[LetterPiece]:
    inside = [(number, part) for number, span in passages if (part := span.intersection(paragraph))]
    others = [(number, part) for number, span in elsewhere if (part := span.intersection(paragraph))]
    edges = {paragraph.start, paragraph.end}
    edges |= {edge for _, part in (*inside, *others) for edge in (part.start, part.end)}
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        number = next((number for number, part in inside if part.start <= start and end <= part.end), 0)
        other = next((receipt for receipt, part in others if part.start <= start and end <= part.end), 0)
        yield LetterPiece(letter[start:end], start, number, 0 if number else other)
