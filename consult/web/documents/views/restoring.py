"""A change taken back, an earlier text of a section or state of the whole draft brought back."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, NotFound
from consult.services import drafting as service
from consult.services.changes import Recorded
from consult.services.drafting import Dispute, Disputed, Settled, Unchanged, get_editable
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries import outline as queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.drafting import ChangeRow
from consult.web.documents.forms import RestoreText, TakeBack
from consult.web.documents.outline_presenters import (
    DisputeShown,
    RestorePage,
    RestoreTextPage,
    UndoPage,
)
from consult.web.documents.views.sections import draft_head
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.i18n import moment
from consult.web.shared.presenters import Piece
from consult.web.shared.redlines import redline, shortened
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor

STEPS_SHOWN = 8
"""Sections whose redline a page shows before "and more"."""


def undo(slug: str, number: int) -> ResponseReturnValue:
    """What taking a change back does, and the button; where later changes stand in its way, all sides."""
    document = get_editable(current_actor(), slug)
    change = drafting_queries.get_change(document.id, number)
    form = TakeBack()
    if not form.is_submitted() or not form.is_sent():
        answer = _undo_page(document, change, form, ())
        return (answer, 422) if form.is_submitted() else answer
    settled = _settled()
    try:
        done = service.undo_change(
            current_actor(),
            slug,
            number,
            note=form.note.data or gettext("Change %(number)s taken back", number=number),
            settled=settled,
            now=now(),
        )
    except ConsultError as error:
        if error.code.startswith("not_"):
            raise
        refuse(form, error)
        return _undo_page(document, change, form, service.find_disputes(current_actor(), slug, number)), 422
    if isinstance(done, Disputed):
        return _undo_page(document, change, form, done.disputes), 409
    if isinstance(done, Unchanged):
        say("note", gettext("Nothing of change %(number)s stands any more.", number=number))
    else:
        say(
            "done",
            gettext("Change %(old)s was taken back, as change %(new)s.", old=number, new=done.number),
            undo_href=url_for("documents.undo", slug=slug, number=done.number, back=request.args.get("back")),
        )
    return redirect(_back(slug), code=303)


def restore(slug: str, number: int) -> ResponseReturnValue:
    """Make the whole draft what it was after a change."""
    document = get_editable(current_actor(), slug)
    change = drafting_queries.get_change(document.id, number)
    form = TakeBack()
    if form.is_sent():
        try:
            done = service.restore_state(
                current_actor(),
                slug,
                change_no=number,
                note=form.note.data or gettext("As it was after change %(number)s", number=number),
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            _say_restored(slug, done)
            return redirect(url_for("documents.draft", slug=slug), code=303)
    answer = render_template("documents/restore.html", page=_restore_page(document, change), form=form)
    return (answer, 422) if form.errors else answer


def restore_text(slug: str, section_id: str, text_id: int) -> ResponseReturnValue:
    """Make an earlier text of a section its text again."""
    document = get_editable(current_actor(), slug)
    text = document_queries.get_text(text_id)
    change_no = queries.get_change_no_of_text(text_id)
    standing = next(
        (row for row in drafting_queries.list_standing(document.id) if row.section_id == section_id),
        None,
    )
    if text.section_id != section_id:
        raise NotFound("text")
    if standing is None:
        queries.get_removed(document.id, section_id)
    seen = str(standing.text_id if standing else 0)
    form = RestoreText()
    is_behind = form.is_submitted() and form.base.data != seen
    if form.is_sent() and is_behind:
        form.form_errors.append(
            gettext("This part was changed meanwhile. Below is what stands now; please decide again.")
        )
    elif form.is_submitted() and not form.errors:
        try:
            done = service.restore_text(
                current_actor(),
                slug,
                section_id,
                text_id=text_id,
                note=form.note.data or gettext("As it was after change %(number)s", number=change_no),
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            _say_restored(slug, done)
            return redirect(url_for("documents.draft", slug=slug, _anchor=f"s-{section_id[:12]}"), code=303)
    form.base.data = seen
    now_there = document_queries.get_text(standing.text_id).source if standing else ""
    page = RestoreTextPage(
        head=draft_head(document),
        section_title=text.heading or gettext("(no heading)"),
        number=change_no,
        at=moment(drafting_queries.get_change(document.id, change_no).at),
        back_href=url_for("documents.section_history", slug=slug, section_id=section_id),
        redline=redline(now_there, text.source),
        is_removed=standing is None,
    )
    answer = render_template("documents/restore_text.html", page=page, form=form)
    return (answer, 422) if form.errors else answer


def _say_restored(slug: str, done: Recorded | Unchanged) -> None:
    if isinstance(done, Unchanged):
        say("note", gettext("That is what stands there already, so nothing was recorded."))
        return
    say(
        "done",
        gettext("Brought back as change %(number)s.", number=done.number),
        undo_href=url_for("documents.undo", slug=slug, number=done.number),
    )


def _back(slug: str) -> str:
    to_plan = request.args.get("back") == "plan"
    return url_for("documents.plan" if to_plan else "documents.draft", slug=slug)


# Taking back


def _undo_page(
    document: DocumentRow, change: ChangeRow, form: TakeBack, disputes: tuple[Dispute, ...]
) -> str:
    steps = [
        (step.heading, _redline_back(step))
        for step in drafting_queries.list_steps(document.id, change.number)
        if step.before != step.after or step.moved
    ]
    page = UndoPage(
        head=draft_head(document),
        number=change.number,
        by=change.author if change.author is not None else gettext("[name removed]"),
        at=moment(change.at),
        note=change.note or "",
        change_href=url_for("documents.change", slug=document.slug, number=change.number),
        back_href=_back(document.slug),
        is_last=change.number == document.last_change_no,
        steps=tuple(steps[:STEPS_SHOWN]),
        more_count=max(0, len(steps) - STEPS_SHOWN),
        disputes=tuple(_dispute(dispute) for dispute in disputes),
    )
    return render_template("documents/undo.html", page=page, form=form)


def _redline_back(step: drafting_queries.Step) -> tuple[Piece, ...]:
    """What taking the step back does to the words of a section."""
    if step.before == step.after:
        return ()
    return shortened(redline(step.words_after or "", step.words_before or ""))


def _dispute(dispute: Dispute) -> DisputeShown:
    key = dispute.key
    typed = request.form.get(f"text-{key}")
    return DisputeShown(
        key=key,
        why=dispute.why,
        title=dispute.heading or gettext("(no heading)"),
        seen=",".join(str(text_id) for text_id in dispute.text_ids),
        base=dispute.base,
        theirs=redline(dispute.base, dispute.theirs),
        yours=redline(dispute.base, dispute.yours),
        text=typed if typed is not None else (dispute.merged.text if dispute.merged else ""),
        choice=request.form.get(f"choice-{key}", "leave"),
    )


def _settled() -> dict[str, Settled]:
    """How the disputes of the page before were decided, by key."""
    found = {}
    for name, seen in request.form.items():
        key = name.removeprefix("seen-")
        if key == name:
            continue
        text_ids = tuple(whole_number(each) or 0 for each in seen.split(",") if each)
        choice = request.form.get(f"choice-{key}", "leave")
        if choice == "text":
            found[key] = Settled(text_ids, request.form.get(f"text-{key}", "").replace("\r\n", "\n"))
        else:
            found[key] = Settled(text_ids, "" if choice == "remove" else None)
    return found


# Going back to a state


def _restore_page(document: DocumentRow, change: ChangeRow) -> RestorePage:
    now_there = {row.section_id: row for row in drafting_queries.list_standing(document.id)}
    then = {row.section_id: row for row in queries.list_standing_at(document.id, change.number)}
    both = now_there.keys() & then.keys()
    return RestorePage(
        head=draft_head(document),
        number=change.number,
        at=moment(change.at),
        change_href=url_for("documents.change", slug=document.slug, number=change.number),
        back_href=url_for("documents.history", slug=document.slug),
        changed=sum(now_there[key].text_id != then[key].text_id for key in both),
        returning=len(then.keys() - both),
        going=len(now_there.keys() - both),
        moved=sum(now_there[key].rank != then[key].rank for key in both),
    )
