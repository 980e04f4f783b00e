"""Selects about comments: their words, the places they point at, the receipts, and light lists."""

from consult.storage.queries.comments.overview import (
    OverviewRow,
    list_overview,
)
from consult.storage.queries.comments.places import (
    PlacedRow,
    list_placed_in_draft,
    list_placed_in_version,
    list_placements_of,
)
from consult.storage.queries.comments.receipts import (
    ReceiptRow,
    find_receipt,
    find_receipt_of,
    find_submission_by_token,
    receipt_of,
)
from consult.storage.queries.comments.words import (
    AnswerRow,
    CommentRow,
    find_comment,
    get_comment,
    get_last_seals,
    is_from_the_account,
    list_authors,
    list_change_numbers,
    list_comments,
    list_comments_by_id,
    list_document_comments,
    list_first_words,
    list_numbers,
    list_whole,
    state_of_comments,
)

__all__ = [
    "AnswerRow",
    "CommentRow",
    "OverviewRow",
    "PlacedRow",
    "ReceiptRow",
    "find_comment",
    "find_receipt",
    "find_receipt_of",
    "find_submission_by_token",
    "get_comment",
    "get_last_seals",
    "is_from_the_account",
    "list_authors",
    "list_change_numbers",
    "list_comments",
    "list_comments_by_id",
    "list_document_comments",
    "list_first_words",
    "list_numbers",
    "list_overview",
    "list_placed_in_draft",
    "list_placed_in_version",
    "list_placements_of",
    "list_whole",
    "receipt_of",
    "state_of_comments",
]
