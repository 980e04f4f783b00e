"""What the pages of comments share: against which text words are shown, and full cards."""

from __future__ import annotations

from collections.abc import Mapping

from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.comments import CommentRow, PlacedRow
from consult.storage.queries.documents import DocumentRow
from consult.web.shared.cards import card_of
from consult.web.shared.heads import now
from consult.web.shared.presenters import Card
from consult.web.shared.viewers import current_viewer

LONGEST_IN_ADDRESS = 64


def shown_version(document: DocumentRow) -> int | None:
    """The text comments are shown against: the working draft for those who draft (None), for others the consulted
    version while a consultation stands and the last one otherwise, as on the document's page."""
    if current_viewer().works_for(document.host_id) or not document.last_version_no:
        return None
    freezing = consultation_queries.find_freezing_consultation(document.id, now())
    if freezing is not None:
        return freezing.version_id
    return document_queries.get_version(document.id, document.last_version_no).id


def full_card(
    comment: CommentRow,
    placed: PlacedRow | None,
    document: DocumentRow,
    changes: Mapping[int, int],
    place: str = "",
) -> Card:
    return card_of(comment, placed, changes=changes, slug=document.slug, place=place)
