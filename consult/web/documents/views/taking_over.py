"""What pages share that take over tracked changes and comments in the margin of a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask import request
from flask_babel import gettext

from consult.ports.imports import ImportedText, MarginComment, Remark, Suggestion
from consult.services.imports import Choices, Said, may_take_over_margin
from consult.storage.queries import organisations as organisation_queries
from consult.web.documents.import_presenters import MarginAuthor, SuggestionAuthor
from consult.web.shared.addresses import whole_number
from consult.web.shared.i18n import moment
from consult.web.shared.viewers import current_actor

MOST_AUTHORS = 30
"""Authors of comments in the margin a page asks about; the comments of further ones stay in the file."""


def choices_of(tracked: str | None) -> Choices:
    """What the form of this request says, as far as it can be read; `tracked` is its field about tracked changes."""
    levels: dict[int, int] = {}
    for field, value in request.form.items():
        line = whole_number(field.removeprefix("level-")) if field.startswith("level-") else None
        level = whole_number(value)
        if line is not None and level is not None and level <= 6:
            levels[line] = level
    said = {
        request.form.get(f"author-{at}", ""): Said(
            request.form.get(f"capacity-{at}", ""), request.form.get(f"organisation-{at}", "")
        )
        for at in range(MOST_AUTHORS)
        if f"take-{at}" in request.form
    }
    return Choices(levels, keeps_proposals=tracked == "propose", said=said)


class FileWording:
    """Implements `services.imports.Wording`."""

    def suggestion_title(self, author: str, filename: str) -> str:
        if not author:
            return gettext("Tracked changes in %(filename)s", filename=filename)[:200]
        return gettext("Tracked changes in %(filename)s: %(author)s", filename=filename, author=author)[:200]

    def suggestion_rationale(self, author: str, filename: str, at: datetime | None) -> str:
        words = gettext(
            "Taken over from the changes tracked in the file %(filename)s; the author as the file says: %(author)s.",
            filename=filename,
            author=author or gettext("not given"),
        )
        if at is None:
            return words
        last = gettext("The last of them was made on %(moment)s.", moment=moment(at).text)
        return f"{words} {last}"


def suggestion_author(suggestion: Suggestion) -> SuggestionAuthor:
    return SuggestionAuthor(
        suggestion.author or gettext("author not given"), moment(suggestion.at) if suggestion.at else None
    )


def worth_saying(text: ImportedText) -> Iterable[Remark]:
    """The remarks the page does not answer with a choice of its own."""
    answered = {"tracked_insertions", "tracked_deletions"} if text.suggestions else set()
    answered |= {"comments"} if text.margin else set()
    return (remark for remark in text.remarks if remark.code not in answered)


def margin_of(margin: Sequence[MarginComment], host_id: int | None) -> tuple[MarginAuthor, ...]:
    """Whose comments stand in the margin, for those who may enter them; what was typed about them before is kept."""
    if not may_take_over_margin(current_actor(), host_id):
        return ()
    counts: dict[str, int] = {}
    examples: dict[str, str] = {}
    for comment in margin:
        counts[comment.author] = counts.get(comment.author, 0) + 1
        examples.setdefault(comment.author, " ".join(comment.text.split())[:140])
    host = organisation_queries.get_host(host_id)
    was_asked = "author-0" in request.form
    return tuple(
        MarginAuthor(
            at=at,
            author=author,
            count=count,
            example=examples[author],
            is_taken=f"take-{at}" in request.form if was_asked else True,
            capacity=request.form.get(f"capacity-{at}", "office"),
            organisation=request.form.get(f"organisation-{at}", host.name),
        )
        for at, (author, count) in enumerate(list(counts.items())[:MOST_AUTHORS])
    )
