"""What whoever saves a change can name as its cause: a decision of a meeting, a proposal, a comment."""

from __future__ import annotations

from flask_babel import gettext

from consult.storage.queries.cause_choices import list_comment_numbers
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.meeting_decisions import list_decisions_about
from consult.storage.queries.proposals import list_proposals

LONGEST_NAME = 80


def cause_choices(document: DocumentRow) -> tuple[tuple[str, str], ...]:
    """(value of the field, words) to choose from, nothing first; empty where there is nothing to name."""
    decisions = [
        (
            f"decision-{row.id}",
            gettext("Decision %(number)s: %(title)s", number=row.number, title=_short(row.meeting_title)),
        )
        for row in list_decisions_about(document.id)
    ]
    proposals = [
        (
            f"proposal-{row.id}",
            gettext("Proposal %(number)s: %(title)s", number=row.number, title=_short(row.title)),
        )
        for row in list_proposals(document.id)
    ]
    comments = [
        (f"comment-{key}", gettext("Comment %(number)s", number=number))
        for key, number in list_comment_numbers(document.id)
    ]
    named = (*decisions, *proposals, *comments)
    return (("", gettext("none of these")), *named) if named else ()


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_NAME else words[: LONGEST_NAME - 1].rstrip() + "…"
