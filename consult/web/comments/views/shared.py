"""What the pages of comments share: against which text words are shown, and full cards."""

from __future__ import annotations

from collections.abc import Mapping

from consult.storage.queries import documents as document_queries
from consult.storage.queries.comments import CommentRow, PlacedRow
from consult.storage.queries.documents import DocumentRow
from consult.web.shared.cards import card_of
from consult.web.shared.presenters import Card
from consult.web.shared.viewers import current_viewer

LONGEST_IN_ADDRESS = 64


def shown_version(document: DocumentRow) -> int | None:
    """The text comments are shown against: the working draft for those who draft (None), the last version for others."""
    if current_viewer().works_for(document.host_id) or not document.last_version_no:
        return None
    return document_queries.get_version(document.id, document.last_version_no).id


def full_card(
    comment: CommentRow,
    placed: PlacedRow | None,
    document: DocumentRow,
    changes: Mapping[int, int],
    place: str = "",
) -> Card:
    return card_of(comment, placed, changes=changes, slug=document.slug, place=place)
