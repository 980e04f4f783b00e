"""The workbench: comments in the order of the text, answered one after another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_wtf.csrf import generate_csrf

from consult.domain.consolidation.apply import proposed_paragraph
from consult.domain.errors import ConsultError, InvalidInput, NotFound, Stale
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.text.numbering import printed_title
from consult.domain.text.spans import Span
from consult.services import dispositions as service
from consult.services.authority import require
from consult.services.dispositions import Wording
from consult.services.drafting import Conflicted
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import dispositions as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.comments import CommentRow, OverviewRow, PlacedRow
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import DocumentRow
from consult.web.dispositions.forms import AnswerForm
from consult.web.dispositions.presenters import Case, QueueEntry, QueueGroup, Tally, Workbench
from consult.web.shared.addresses import whole_number
from consult.web.shared.cards import author_of, card_of, clipped, main_register, ref_of
from consult.web.shared.errors import wording as in_words
from consult.web.shared.forms import Act, refuse
from consult.web.shared.heads import document_head, now
from consult.web.shared.i18n import deadline
from consult.web.shared.presenters import Link, Piece
from consult.web.shared.redlines import redline
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor, current_viewer
from consult.web.shared.wording import OUTCOMES

AROUND = 25
"""Entries of the queue shown before and after the comment in hand."""

EXCERPT = 120
MAIN_OUTCOMES = ("accepted", "partly", "rejected")


@dataclass(frozen=True, slots=True)
class _Desk:
    """A consultation with its comments in the order of the text, one light row each."""

    consultation: ConsultationRow
    document: DocumentRow
    rows: tuple[OverviewRow, ...]
    titles: Mapping[str, str]

    def shown(self, show: str) -> tuple[OverviewRow, ...]:
        if show == "all":
            return self.rows
        return tuple(row for row in self.rows if row.outcome is None)


def _desk(consultation_id: int) -> _Desk:
    consultation = consultation_queries.get_consultation(consultation_id)
    document = document_queries.get_document(consultation.slug, current_viewer())
    require(current_actor(), Permission.ANSWER_COMMENTS, Target(host_id=document.host_id))
    manifest = document_queries.list_version_outline(consultation.version_id)
    order = {section_id: at for at, (section_id, _, _) in enumerate(manifest)}
    rows = comment_queries.list_overview(document.id, register_id=consultation.register_id, with_drafts=True)
    rows.sort(
        key=lambda row: (
            order.get(row.origin_section or "", len(order) if row.origin_section else -1),
            row.origin_start or 0,
            row.number,
        )
    )
    titles = {section_id: printed_title(label, heading) for section_id, label, heading in manifest}
    return _Desk(consultation, document, tuple(rows), titles)


def queue(consultation_id: int) -> ResponseReturnValue:
    """The first comment that still waits."""
    desk = _desk(consultation_id)
    show = _show()
    waiting = desk.shown(show)
    if waiting:
        return redirect(_href(desk, waiting[0].number, show), code=303)
    return render_template("dispositions/workbench.html", page=_page(desk, None, (), show), form=None)


def case(consultation_id: int, number: int) -> ResponseReturnValue:
    desk = _desk(consultation_id)
    show = _show()
    comment = comment_queries.find_comment(desk.consultation.register_id, number, with_drafts=True)
    if comment is None:
        raise NotFound("comment")
    placed = next(iter(comment_queries.list_placements_of([comment.id])), None)
    form = AnswerForm()
    wording = _wording(comment, placed)
    status = 422
    if not form.is_submitted():
        _fill(form, comment, wording)
    elif form.is_sent():
        try:
            done = _save(form, comment)
        except InvalidInput as error:
            refuse(form, error)
        except Stale as error:
            refuse(form, error)
            status = 409
            _show_theirs(form, comment_queries.get_comment(comment.id, with_drafts=True))
        else:
            if not isinstance(done, Conflicted):
                return _go_on(desk, number, show)
            status = 409
            _show_conflict(form, wording)
    page = _page(
        desk,
        comment,
        _after(wording, form),
        show,
        placed=placed,
        wording=wording,
        typed=form.wording.data or "",
    )
    shown = render_template("dispositions/workbench.html", page=page, form=form)
    return (shown, status) if form.errors else shown


def publish(consultation_id: int) -> ResponseReturnValue:
    """Publish every answer of a consultation that has ended."""
    consultation = consultation_queries.get_consultation(consultation_id)
    if Act().is_sent():
        try:
            count = service.publish_dispositions(current_actor(), consultation_id, now=now())
        except ConsultError as error:
            if error.code.startswith("rule."):
                say("warning", in_words(error))
            else:
                raise
        else:
            say("done", ngettext("%(num)d answer was published.", "%(num)d answers were published.", count))
    else:
        say_stale()
    return redirect(url_for("dispositions.queue", consultation_id=consultation.id, show="all"), code=303)


# The answer


def _fill(form: AnswerForm, comment: CommentRow, wording: Wording | None) -> None:
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


def _show_conflict(form: AnswerForm, standing: Wording | None) -> None:
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


def _show_theirs(form: AnswerForm, comment: CommentRow) -> None:
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


def _wording(comment: CommentRow, placed: PlacedRow | None) -> Wording | None:
    """The paragraph of the working draft the comment speaks of, with the proposed wording in its place."""
    if placed is None or placed.text_id is None or placed.start is None or placed.end is None:
        return None
    if placed.state == "uncertain" or placed.scope != "passage":
        return None
    text = document_queries.get_text(placed.text_id)
    words = Span(placed.start, placed.end)
    lines, paragraph = proposed_paragraph(text.source, text.plain, words, comment.proposed)
    return Wording(placed.section_id, placed.text_id, lines, paragraph)


def _after(wording: Wording | None, form: AnswerForm) -> tuple[Piece, ...]:
    """The paragraph as it stands, against how it would read."""
    if wording is None:
        return ()
    standing = wording.span.of(document_queries.get_text(wording.base_text_id).source)
    return redline(standing, form.wording.data or wording.paragraph)


def _save(form: AnswerForm, comment: CommentRow) -> service.Answered | Conflicted:
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


def _go_on(desk: _Desk, number: int, show: str) -> ResponseReturnValue:
    say("done", gettext("The answer to comment %(number)s is kept.", number=number))
    if request.form.get("then") == "next":
        following = _neighbours(desk, number, show)[1]
        if following is not None:
            return redirect(_href(desk, following, show), code=303)
    return redirect(_href(desk, number, show), code=303)


# The page


def _show() -> str:
    return "all" if request.args.get("show") == "all" else "waiting"


def _href(desk: _Desk, number: int, show: str) -> str:
    return url_for(
        "dispositions.case",
        consultation_id=desk.consultation.id,
        number=number,
        show="all" if show == "all" else None,
    )


def _neighbours(desk: _Desk, number: int, show: str) -> tuple[int | None, int | None]:
    """Numbers of the comments before and after one, among those shown."""
    numbers = [row.number for row in desk.rows]
    at = numbers.index(number) if number in numbers else -1
    shown = {row.number for row in desk.shown(show)} - {number}
    before = next((candidate for candidate in reversed(numbers[: max(at, 0)]) if candidate in shown), None)
    after = next((candidate for candidate in numbers[at + 1 :] if candidate in shown), None)
    if after is None and show != "all":
        after = next((candidate for candidate in numbers if candidate in shown), None)
    return before, after


def _page(
    desk: _Desk,
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


def _tally(desk: _Desk) -> Tally:
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


def _queue(desk: _Desk, current: int | None, show: str) -> tuple[QueueGroup, ...]:
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
                href=_href(desk, row.number, show),
                author=author_of(comment),
                excerpt=clipped(comment.text or "", EXCERPT),
                outcome=row.outcome or "",
                is_current=row.number == current,
            )
        )
    return tuple(QueueGroup(title, tuple(entries)) for title, entries in groups)


def _case(
    desk: _Desk,
    comment: CommentRow,
    after: tuple[Piece, ...],
    show: str,
    placed: PlacedRow | None,
    wording: Wording | None,
    typed: str,
) -> Case:
    before, following = _neighbours(desk, comment.number, show)
    authors = comment_queries.list_authors([comment.id])
    name = authors.get(comment.id, ("", ""))[0]
    place = desk.titles.get(placed.origin_section, "") if placed else gettext("The whole document")
    changes = comment_queries.list_change_numbers(
        [comment.answer.change_id] if comment.answer and comment.answer.change_id else []
    )
    return Case(
        comment=card_of(
            comment,
            placed,
            name="" if comment.organisation_name else name,
            place=place,
            place_href=_place_href(desk, placed, comment),
            changes=changes,
            slug=desk.document.slug,
        ),
        after=after,
        standing=_standing(placed, desk.consultation.version_no),
        state=comment.answer.state if comment.answer else "",
        can_take_wording=wording is not None or bool(typed),
        previous_href=_href(desk, before, show) if before is not None else "",
        next_href=_href(desk, following, show) if following is not None else "",
        next_number=following,
    )


def _place_href(desk: _Desk, placed: PlacedRow | None, comment: CommentRow) -> str:
    if placed is None:
        return ""
    consultations = consultation_queries.list_consultations(document_id=desk.document.id)
    main = main_register(consultations, desk.consultation.version_id)
    ref = ref_of(comment.register_id, comment.number, main)
    anchor = f"slowa-{ref}" if placed.scope == "passage" else f"s-{placed.origin_section[:12]}"
    return url_for(
        "documents.version", slug=desk.document.slug, number=desk.consultation.version_no, _anchor=anchor
    )


def _standing(placed: PlacedRow | None, version_no: int) -> str:
    """How the words fare, in a sentence."""
    if placed is None:
        return ""
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
