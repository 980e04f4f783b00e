"""The answer to one comment, as the form has it."""

from __future__ import annotations

from flask_babel import gettext

from consult.domain.consolidation.apply import proposed_paragraph
from consult.domain.errors import InvalidInput
from consult.domain.text.spans import Span
from consult.services import dispositions as service
from consult.services.dispositions import Wording
from consult.services.drafting import Conflicted
from consult.storage.queries import documents as document_queries
from consult.storage.queries.comments import CommentRow, PlacedRow
from consult.web.dispositions.forms import AnswerForm
from consult.web.dispositions.views.desk import (
    MAIN_OUTCOMES,
)
from consult.web.shared.addresses import whole_number
from consult.web.shared.heads import now
from consult.web.shared.presenters import Piece
from consult.web.shared.redlines import redline
from consult.web.shared.viewers import current_actor
from consult.web.shared.wording import OUTCOMES


def fill(form: AnswerForm, comment: CommentRow, wording: Wording | None) -> None:
    answer = comment.answer
    form.revision.data = str(answer.revision_no if answer else 0)
    if answer:
        form.outcome.data = answer.outcome if answer.outcome in MAIN_OUTCOMES else "other"
        form.other_outcome.data = answer.outcome if answer.outcome not in MAIN_OUTCOMES else ""
        form.justification.data = answer.justification
    if wording:
        form.wording.data = wording.paragraph
        form.take_wording.data = False
        form.base.data, form.section.data = str(wording.base_text_id), wording.section_id
        form.start.data, form.end.data = str(wording.span.start), str(wording.span.end)


def show_conflict(form: AnswerForm, standing: Wording | None) -> None:
    """The wording meets somebody else's edit: from here on it is written against the text as it stands now.

    Where the words cannot be found any more it stays written against the text before, so that it replaces nothing.
    """
    if standing is None:
        words = gettext(
            "Somebody changed this part meanwhile, and these words are no longer where the comment points. Keep the answer without the wording, and put it into the text by hand."
        )
    else:
        words = gettext(
            "Somebody changed these words meanwhile. The text now is shown above; put your wording into it."
        )
        form.base.data, form.section.data = str(standing.base_text_id), standing.section_id
        form.start.data, form.end.data = str(standing.span.start), str(standing.span.end)
    form.wording.errors = [words]


def show_theirs(form: AnswerForm, comment: CommentRow) -> None:
    """The answer somebody else kept meanwhile, above one's own, which the next press puts in its place."""
    if comment.answer is None:
        return
    form.revision.data = str(comment.answer.revision_no)
    form.form_errors.append(
        gettext(
            "The answer kept meanwhile: %(outcome)s. %(reasons)s",
            outcome=OUTCOMES[comment.answer.outcome],
            reasons=comment.answer.justification or "",
        ).strip()
    )


def wording_of(comment: CommentRow, placed: PlacedRow | None) -> Wording | None:
    """The paragraph of the working draft the comment speaks of, with the proposed wording in its place; as it stands
    once the answer has changed the text, lest the same words be put in twice."""
    if placed is None or placed.text_id is None or placed.start is None or placed.end is None:
        return None
    if placed.state == "uncertain" or placed.scope != "passage":
        return None
    text = document_queries.get_text(placed.text_id)
    words = Span(placed.start, placed.end)
    is_taken = comment.answer is not None and comment.answer.change_id is not None
    proposed = None if is_taken else comment.proposed
    lines, paragraph = proposed_paragraph(text.source, text.plain, words, proposed)
    return Wording(placed.section_id, placed.text_id, lines, paragraph)


def redline_after(wording: Wording | None, form: AnswerForm) -> tuple[Piece, ...]:
    """The paragraph as it stands, against how it would read."""
    if wording is None:
        return ()
    standing = wording.span.of(document_queries.get_text(wording.base_text_id).source)
    return redline(standing, form.wording.data or wording.paragraph)


def save_answer(form: AnswerForm, comment: CommentRow) -> service.Answered | Conflicted:
    chosen = form.outcome.data or ""
    outcome = form.other_outcome.data or "" if chosen == "other" else chosen
    wording = None
    if form.take_wording.data and outcome in ("accepted", "partly"):
        start, end = whole_number(form.start.data), whole_number(form.end.data)
        base = whole_number(form.base.data)
        if start is None or end is None or base is None or start > end:
            raise InvalidInput("wording_place", field="wording")
        wording = Wording(form.section.data or "", base, Span(start, end), form.wording.data or "")
    return service.save_disposition(
        current_actor(),
        comment.id,
        outcome=outcome,
        justification=form.justification.data or "",
        wording=wording,
        expected_revision=whole_number(form.revision.data) or 0,
        now=now(),
    )
