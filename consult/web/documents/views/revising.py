"""A working draft brought to a file that comes back: first what it would change and bring, then the change itself."""

from __future__ import annotations

from typing import Literal

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from consult.domain.diffing.alignment import State
from consult.domain.errors import ConsultError
from consult.services.documents import align_with_file
from consult.services.drafting import get_editable
from consult.services.exports import labelled
from consult.services.imports import may_take_over_margin
from consult.services.revised_files import RevisionPreview, TakenBack, preview_revision, take_in_revision
from consult.services.sockets import current_ports
from consult.storage.queries import documents as queries
from consult.storage.queries.documents import DocumentRow
from consult.web.documents.forms import ConfirmRevision, ReviseWithFile
from consult.web.documents.import_presenters import AlignedSection, RevisePage, RevisePreview
from consult.web.documents.views.outline import title_of
from consult.web.documents.views.sections import draft_head
from consult.web.documents.views.taking_over import (
    FileWording,
    choices_of,
    margin_of,
    suggestion_author,
    worth_saying,
)
from consult.web.documents.views.uploads import remarks_of, uploaded
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.redlines import redline, shortened
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor

SHOWN_REDLINES = 60
"""Redlines on the preview of a revision; further changed parts are named without one."""

_CODES: dict[State, Literal["kept", "changed", "moved", "added", "removed"]] = {
    State.KEPT: "kept",
    State.CHANGED: "changed",
    State.RENAMED: "changed",
    State.MOVED: "moved",
    State.ADDED: "added",
    State.REMOVED: "removed",
}


def revise(slug: str) -> ResponseReturnValue:
    """First a file and what it would change, then, from that page, the change itself."""
    document = get_editable(current_actor(), slug)
    if "token" in request.form:
        return _confirmed(document)
    form = ReviseWithFile()
    if form.is_sent():
        try:
            content, name = uploaded(form.file.data)
            found = preview_revision(current_actor(), slug, content, name)
            confirming = ConfirmRevision(formdata=None)
            # what was proposed once is not pressed into the text by the same file
            tracked = "propose" if found.known_proposals else "take"
            if tracked == "propose":
                found = preview_revision(current_actor(), slug, content, name, choices_of(tracked))
            confirming.tracked.data = confirming.shown.data = tracked
            confirming.note.data = form.note.data
            confirming.token.data = current_ports().files.keep(content, name=name)
            return _preview(document, found, name, confirming)
        except ConsultError as error:
            refuse(form, error)
    page = RevisePage(head=draft_head(document), back_href=url_for("documents.draft", slug=slug))
    shown = render_template("documents/revise.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _preview(
    document: DocumentRow, found: RevisionPreview, name: str, form: ConfirmRevision
) -> ResponseReturnValue:
    sections = labelled(queries.list_draft_sections(document.id))
    pieces, alignment = align_with_file(sections, found.preview.source)
    standing = {section.section_id: section for section in sections}
    rows: list[AlignedSection] = []
    for piece, continued in zip(pieces, alignment.pieces, strict=True):
        old = standing.get(continued.old_id) if continued.old_id is not None else None
        if old is not None and continued.state is State.KEPT:
            continue
        differs = old is not None and old.source != piece.source
        rows.append(
            AlignedSection(
                change=_CODES[continued.state],
                title=piece.heading or gettext("(no heading)"),
                detail=gettext("was: %(title)s", title=title_of(old)) if old and continued.is_renamed else "",
                redline=shortened(redline(old.source, piece.source))
                if old and differs and len(rows) < SHOWN_REDLINES
                else (),
            )
        )
    rows += [AlignedSection("removed", title_of(standing[gone])) for gone in alignment.removed]
    counts = alignment.count()
    text = found.preview.text
    page = RevisePreview(
        head=draft_head(document),
        back_href=url_for("documents.revise", slug=document.slug),
        filename=name,
        counts=(
            ("kept", counts[State.KEPT]),
            ("changed", counts[State.CHANGED] + counts[State.RENAMED]),
            ("moved", counts[State.MOVED]),
            ("added", counts[State.ADDED]),
            ("removed", counts[State.REMOVED]),
        ),
        sections=tuple(rows),
        suggestions=tuple(suggestion_author(one) for one in text.suggestions),
        known_proposals=found.known_proposals,
        margin=margin_of(found.margin, document.host_id),
        margin_count=len(found.margin),
        known_comments=found.known_comments,
        may_take_over=may_take_over_margin(current_actor(), document.host_id),
        remarks=remarks_of(tuple(worth_saying(text))),
    )
    shown = render_template("documents/revise_preview.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _confirmed(document: DocumentRow) -> ResponseReturnValue:
    slug = document.slug
    form = ConfirmRevision()
    files = current_ports().files
    kept = files.find(form.token.data or "")
    if not form.is_sent() or kept is None:
        say(
            "warning",
            gettext(
                "The file was kept for a day only, or this page had been open for too long. Please choose it again."
            ),
        )
        return redirect(url_for("documents.revise", slug=slug), code=303)
    content, name = kept
    choices = choices_of(form.tracked.data)
    if form.tracked.data != form.shown.data:
        # the other text changes other parts: they are shown before anything is made of it
        form.shown.data = form.tracked.data
        return _preview(document, preview_revision(current_actor(), slug, content, name, choices), name, form)
    try:
        taken = take_in_revision(
            current_actor(),
            slug,
            content=content,
            filename=name,
            choices=choices,
            wording=FileWording(),
            note=form.note.data or "",
            now=now(),
        )
    except ConsultError as error:
        refuse(form, error)
        return _preview(document, preview_revision(current_actor(), slug, content, name, choices), name, form)
    files.drop(form.token.data or "")
    _say(taken)
    return redirect(url_for("documents.draft", slug=slug), code=303)


def _say(taken: TakenBack) -> None:
    number = taken.revised.change_no
    words = [gettext("Saved as change %(number)s.", number=number)] if number is not None else []
    if taken.proposals:
        words.append(
            ngettext(
                "%(num)d proposal was made of tracked changes.",
                "%(num)d proposals were made of tracked changes.",
                len(taken.proposals),
            )
        )
    if taken.comments:
        words.append(
            ngettext(
                "%(num)d comment was taken over from the margin.",
                "%(num)d comments were taken over from the margin.",
                len(taken.comments),
            )
        )
    if words:
        say("done", " ".join(words))
    else:
        say("note", gettext("The file holds the same text, so nothing was recorded."))
