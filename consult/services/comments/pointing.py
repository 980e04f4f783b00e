"""The words a comment points at, and their places in every text that is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consult.domain.anchoring.describe import describe
from consult.domain.anchoring.locate import locate
from consult.domain.anchoring.selectors import Selectors
from consult.domain.errors import InvalidInput, NotFound
from consult.domain.text.normalise import admit
from consult.domain.text.spans import Span
from consult.services import placements
from consult.services.comments.values import Pointing, Remark
from consult.services.placements import PASSAGE, WHOLE_SECTION, Found
from consult.storage.models import CommentTarget
from consult.storage.queries import documents as document_queries
from consult.storage.queries import placements as placement_queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import DocumentRow, TextRow
from consult.storage.unit_of_work import Work


def commentable_texts(
    document: DocumentRow, consultation: ConsultationRow | None, remarks: Sequence[Remark]
) -> dict[int, TextRow]:
    """The texts pointed at, each checked to stand in what may be commented on now."""
    wanted = {pointing.text_id for remark in remarks for pointing in remark.pointings}
    texts = {text.id: text for text in document_queries.list_texts(sorted(wanted))}
    if consultation is not None:
        standing = document_queries.list_text_ids_of_version(consultation.version_id, wanted)
    else:
        standing = document_queries.list_text_ids_of_document(document.id, wanted)
    for remark in remarks:
        for pointing in remark.pointings:
            text = texts.get(pointing.text_id)
            if text is None or pointing.text_id not in standing or text.section_id != pointing.section_id:
                raise NotFound("text")
    return texts


def meant_span(pointing: Pointing, text: TextRow) -> Span:
    """The span meant: the whole section, or the passage the sender saw."""
    if pointing.span is None:
        return Span(0, len(text.plain))
    span = pointing.span
    if span.end <= len(text.plain) and not span.is_empty and pointing.quote in ("", span.of(text.plain)):
        return span
    quote = admit(pointing.quote, field="quote")
    if not quote.strip():
        raise InvalidInput("passage", field="passage")
    starts = [found.start() for found in re.finditer(f"(?={re.escape(quote)})", text.plain)]
    if starts:
        start = min(starts, key=lambda start: abs(start - span.start))
        return Span(start, start + len(quote))
    located = locate(text.plain, Selectors(exact=quote, prefix="", suffix=""))
    if located is None or not located.certain:
        raise InvalidInput("passage", field="passage")
    return located.span


def keep_target(
    work: Work,
    document: DocumentRow,
    comment_id: int,
    remark: Remark,
    places: Sequence[Span],
    texts: dict[int, TextRow],
) -> None:
    """Keep where a comment points, and place its words in the text it was made on, later versions and the draft."""
    for ordinal, (pointing, span) in enumerate(zip(remark.pointings, places, strict=True), start=1):
        text = texts[pointing.text_id]
        selectors = describe(text.plain, span)
        target = CommentTarget(
            comment_id=comment_id,
            ordinal=ordinal,
            section_id=text.section_id,
            text_id=text.id,
            scope=PASSAGE if pointing.span is not None else WHOLE_SECTION,
            start=span.start,
            end=span.end,
            exact=selectors.exact,
            prefix=selectors.prefix,
            suffix=selectors.suffix,
        )
        work.add(target)
        work.flush()
        here = Found(text.section_id, text.id, "placed", span.start, span.end, 1.0)
        standing = placement_queries.list_draft_plains([text.section_id]).get(text.section_id)
        is_current = standing is not None and standing[0] == text.id
        work.add(placements.placement(target.id, here, is_current=is_current))
        work.flush()
        if not is_current:
            placements.place_in_draft(work, document.id, target)
        placements.place_in_later_versions(work, document.id, target)
