"""Arranging the working draft: a section moved or removed."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError
from consult.services import drafting as service
from consult.services.drafting import Unchanged, get_editable
from consult.services.exports import labelled
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.storage.queries.drafting import Standing
from consult.web.documents.forms import MoveSection, RemoveSection
from consult.web.documents.presenters import SectionPage
from consult.web.documents.views.outline import title_of
from consult.web.documents.views.sections import back_to, draft_head, positions_of
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor


def move(slug: str, section_id: str) -> ResponseReturnValue:
    document = get_editable(current_actor(), slug)
    form = MoveSection()
    section, page = _section_page(document, section_id)
    if not form.is_submitted():
        form.relation.data, form.position.data = page.stands
        return render_template("documents/move.html", page=page, form=form)
    if form.is_sent():
        try:
            moved = service.place_section(
                current_actor(),
                slug,
                section_id,
                beside=form.position.data or "",
                relation=form.relation.data or "",
                note=form.note.data or "",
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            if isinstance(moved, Unchanged):
                say("note", gettext("The part stands there already."))
            else:
                say(
                    "done",
                    gettext("The part was moved as change %(number)s.", number=moved.number),
                    undo_href=url_for("documents.undo", slug=slug, number=moved.number),
                )
            return redirect(back_to(slug, section), code=303)
    return _with_status(render_template("documents/move.html", page=page, form=form), form.errors)


def remove(slug: str, section_id: str) -> ResponseReturnValue:
    document = get_editable(current_actor(), slug)
    form = RemoveSection()
    _section, page = _section_page(document, section_id)
    if not form.is_submitted():
        return render_template("documents/remove.html", page=page, form=form)
    if form.is_sent():
        try:
            recorded = service.remove_section(
                current_actor(), slug, section_id, with_branch=True, note=form.note.data or "", now=now()
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say(
                "done",
                gettext(
                    "The part was removed as change %(number)s; its history and comments stay.",
                    number=recorded.number,
                ),
                undo_href=url_for("documents.undo", slug=slug, number=recorded.number),
            )
            return redirect(url_for("documents.draft", slug=slug), code=303)
    return _with_status(render_template("documents/remove.html", page=page, form=form), form.errors)


# What the pages share


def _section_page(document: DocumentRow, section_id: str) -> tuple[SectionRow, SectionPage]:
    sections = labelled(queries.list_draft_sections(document.id))
    standing = drafting_queries.list_standing(document.id)
    under = service.branch(standing, section_id)
    gone = {row.section_id for row in under}
    section = next(row for row in sections if row.section_id == section_id)
    placed = comment_queries.list_placed_in_draft(document.id)
    return section, SectionPage(
        head=draft_head(document),
        section_title=title_of(section),
        back_href=back_to(document.slug, section),
        positions=positions_of([row for row in sections if row.section_id not in gone]),
        stands=_stands(standing, section_id),
        child_count=len(under) - 1,
        comment_count=len({row.comment_id for row in placed if row.section_id in gone}),
    )


def _stands(standing: Sequence[Standing], section_id: str) -> tuple[str, str]:
    """(relation, section) that say where it stands now: after, before or under which one."""
    parent_id = next(row.parent_id for row in standing if row.section_id == section_id)
    line = [row.section_id for row in standing if row.parent_id == parent_id and row.level]
    at = line.index(section_id) if section_id in line else 0
    if at:
        return "after", line[at - 1]
    if len(line) > 1:
        return "before", line[1]
    return "under", parent_id or ""


def _with_status(page: str, errors: object) -> ResponseReturnValue:
    return (page, 422) if errors else page
