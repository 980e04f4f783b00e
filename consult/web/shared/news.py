"""What changed since somebody was here, in sentences: for the home page and the page of changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext, ngettext

from consult.storage.queries import following as queries
from consult.storage.queries.news import NewsRow
from consult.web.shared.i18n import deadline

WITHOUT_A_VISIT = timedelta(days=14)
"""How far back things count as new for somebody whose last visit is not known."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something that happened in a sentence, and where to read more."""

    text: str
    href: str


def seen_until(person_id: int, at: datetime) -> tuple[datetime, bool]:
    """From when on things are new to a person, and whether that is a visit of theirs."""
    visit = queries.find_visit(person_id)
    return (visit.seen_at, True) if visit else (at - WITHOUT_A_VISIT, False)


def sentence_of(row: NewsRow) -> Sentence:
    """A sentence on one thing that happened to a document."""
    if row.kind == "answer.published" and row.comment is not None:
        register_id, number = row.comment
        return Sentence(
            gettext("An answer to your comment %(number)s was published.", number=number),
            url_for("comments.show", register_id=register_id, number=number),
        )
    if row.kind == "version.published" and row.version_no is not None:
        return Sentence(
            gettext(
                "Version %(number)s was published: %(label)s.", number=row.version_no, label=row.version_label
            )
            if row.version_label
            else gettext("Version %(number)s was published.", number=row.version_no),
            url_for("documents.version", slug=row.document_slug, number=row.version_no),
        )
    if row.kind.startswith("meeting.") and row.meeting_id is not None:
        return Sentence(_about_a_meeting(row.kind), url_for("meetings.show", meeting_id=row.meeting_id))
    return Sentence(_about_a_consultation(row), _consultation_href(row))


def _about_a_meeting(kind: str) -> str:
    return {
        "meeting.announced": gettext("A meeting was announced."),
        "meeting.moved": gettext("A meeting has another time or place."),
        "meeting.cancelled": gettext("A meeting was cancelled."),
        "meeting.note_published": gettext("A note from a meeting was published."),
    }.get(kind, gettext("Something changed about a meeting."))


def _about_a_consultation(row: NewsRow) -> str:
    if row.closes_at is not None:
        until = deadline(row.closes_at).text
        if row.kind == "consultation.opened":
            return gettext("A consultation was announced: comments until %(moment)s.", moment=until)
        if row.kind == "consultation.extended":
            return gettext("The consultation was extended: comments until %(moment)s.", moment=until)
    return {
        "consultation.corrected": gettext("The announcement of the consultation was corrected."),
        "consultation.cancelled": gettext("The consultation was cancelled."),
        "consultation.answered": gettext("The answers to the comments were published."),
        "consultation.protocol_published": gettext(
            "The consultation drew no comment; its protocol was published."
        ),
        "opinion.entered": gettext("A statutory body was entered among those asked for their opinion."),
        "opinion.edited": gettext("There is news of the opinion of a statutory body."),
        "explanation.published": gettext("The host published an explanation."),
    }.get(row.kind, gettext("Something changed in the consultation."))


def _consultation_href(row: NewsRow) -> str:
    if row.consultation_id is None:
        return url_for("documents.show", slug=row.document_slug)
    if row.kind.startswith("opinion."):
        return url_for("meetings.opinions", consultation_id=row.consultation_id)
    return url_for("consultations.show", consultation_id=row.consultation_id)


def summed_up(rows: Sequence[NewsRow]) -> list[tuple[NewsRow, Sentence]]:
    """Rows with their sentences; many answers to one's comments on a document become one line."""
    answers = Counter(row.document_id for row in rows if row.kind == "answer.published")
    lines: list[tuple[NewsRow, Sentence]] = []
    told: set[int] = set()
    for row in rows:
        if row.kind != "answer.published" or answers[row.document_id] < 3:
            lines.append((row, sentence_of(row)))
        elif row.document_id not in told:
            told.add(row.document_id)
            count = answers[row.document_id]
            text = ngettext(
                "%(num)d answer to your comments was published.",
                "%(num)d answers to your comments were published.",
                count,
            )
            lines.append(
                (
                    replace(row, outcome=""),
                    Sentence(text, url_for("comments.list_all", slug=row.document_slug)),
                )
            )
    return lines
