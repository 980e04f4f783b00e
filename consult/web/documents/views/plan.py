"""The plan of a working draft: its outline to be arranged, section by section, and what was taken out of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, InvalidInput
from consult.domain.policy.permissions import Permission
from consult.domain.text import outline
from consult.domain.text.numbering import is_annex, labels, title_without_label
from consult.services import drafting as service
from consult.services.authority import of_document, require
from consult.services.changes import Recorded
from consult.services.cross_references import list_draft_references
from consult.services.drafting import Unchanged, get_editable
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries import outline as queries
from consult.storage.queries import section_statuses as status_queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.drafting import Standing
from consult.web.documents.forms import ArrangeSection
from consult.web.documents.outline_presenters import Gone, Opened, PlanPage, PlanRow
from consult.web.documents.views.sections import draft_head
from consult.web.shared.editing import writers_by_section
from consult.web.shared.errors import wording
from consult.web.shared.forms import Act
from consult.web.shared.heads import may, now
from consult.web.shared.i18n import moment
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor, current_viewer

ANY_SECTION = "SECTION"
"""Stands for the id of a section in an address a script fills in."""


def plan(slug: str) -> str:
    """The outline with everything that can be done to it; ``?part=`` names the section whose row is open."""
    document = document_queries.get_document(slug, current_viewer())
    require(current_actor(), Permission.SEE_UNPUBLISHED, of_document(document))
    order = drafting_queries.list_standing(document.id)
    can_edit = may(Permission.EDIT_DRAFT, document)
    opened = request.args.get("part", "") if can_edit else ""
    page = PlanPage(
        head=draft_head(document),
        rows=_rows(document, order, can_edit=can_edit),
        opened=_opened(slug, order, opened),
        gone=_gone(document) if can_edit else (),
        writers_href=url_for("unsaved_texts.writers", slug=slug, after=document.last_change_no),
        act_href=url_for("documents.arrange", slug=slug, section_id=ANY_SECTION) if can_edit else "",
        add_href=url_for("documents.add", slug=slug) if can_edit else "",
        add_annex_href=url_for("documents.add", slug=slug, annex=1) if can_edit else "",
        annexes_href=url_for("documents.annexes", slug=slug)
        if can_edit and not service.are_annexes_in_order(order)
        else "",
        lost_count=len(list_draft_references(document).dangling),
        references_href=url_for("cross_references.show", slug=slug),
    )
    return render_template("documents/plan.html", page=page, form=ArrangeSection() if can_edit else None)


def arrange(slug: str, section_id: str) -> ResponseReturnValue:
    """Do one thing to a section: a button of the plan, a key pressed or a row dropped there."""
    get_editable(current_actor(), slug)
    form = ArrangeSection()
    if not form.is_sent():
        say_stale()
        return redirect(plan_href(slug, section_id), code=303)
    try:
        done = _act(slug, section_id, form)
    except ConsultError as error:
        if error.code.startswith("not_"):
            raise
        say("warning", wording(error))
    else:
        _say_arranged(slug, form.act.data or "", done)
    return redirect(plan_href(slug, section_id), code=303)


def bring_back(slug: str, section_id: str) -> ResponseReturnValue:
    get_editable(current_actor(), slug)
    if not Act().is_sent():
        say_stale()
        return redirect(url_for("documents.plan", slug=slug), code=303)
    try:
        recorded = service.bring_back(current_actor(), slug, section_id, now=now())
    except ConsultError as error:
        if error.code.startswith("not_"):
            raise
        say("warning", wording(error))
        return redirect(url_for("documents.plan", slug=slug), code=303)
    say(
        "done",
        gettext("The part is back, as change %(number)s.", number=recorded.number),
        undo_href=undo_href(slug, recorded),
    )
    return redirect(plan_href(slug, section_id), code=303)


def annexes(slug: str) -> ResponseReturnValue:
    """Number the annexes in the order they stand in."""
    get_editable(current_actor(), slug)
    if not Act().is_sent():
        say_stale()
    else:
        done = service.number_annexes(current_actor(), slug, now=now())
        if isinstance(done, Unchanged):
            say("note", gettext("The annexes were in number already."))
        else:
            say(
                "done",
                gettext("The annexes were numbered anew, as change %(number)s.", number=done.number),
                undo_href=undo_href(slug, done),
            )
    return redirect(url_for("documents.plan", slug=slug), code=303)


def plan_href(slug: str, section_id: str) -> str:
    return url_for("documents.plan", slug=slug, part=section_id, _anchor=_anchor(section_id))


def undo_href(slug: str, recorded: Recorded) -> str:
    """Where a button posts that takes back what was just done in the plan."""
    return url_for("documents.undo", slug=slug, number=recorded.number, back="plan")


def _act(slug: str, section_id: str, form: ArrangeSection) -> Recorded | Unchanged:
    actor, at = current_actor(), now()
    match form.act.data:
        case "up":
            return service.shift_section(actor, slug, section_id, by=-1, now=at)
        case "down":
            return service.shift_section(actor, slug, section_id, by=1, now=at)
        case "promote":
            return service.promote_section(actor, slug, section_id, now=at)
        case "demote":
            return service.demote_section(actor, slug, section_id, now=at)
        case "annex":
            return service.make_annex(actor, slug, section_id, now=at)
        case "place":
            return service.place_section(
                actor,
                slug,
                section_id,
                beside=form.beside.data or "",
                relation=form.relation.data or "",
                now=at,
            )
    raise InvalidInput("unknown_button", field="act")


def _say_arranged(slug: str, act: str, done: Recorded | Unchanged) -> None:
    if isinstance(done, Unchanged):
        say("note", gettext("The part stands there already."))
        return
    number = done.number
    words = {
        "promote": gettext("The part is one level higher, as change %(number)s.", number=number),
        "demote": gettext("The part is one level deeper, as change %(number)s.", number=number),
        "annex": gettext("The part is an annex now, as change %(number)s.", number=number),
    }
    moved = gettext("The part was moved as change %(number)s.", number=number)
    say("done", words.get(act, moved), undo_href=undo_href(slug, done))


# The rows


def _rows(document: DocumentRow, order: Sequence[Standing], *, can_edit: bool) -> tuple[PlanRow, ...]:
    levels = [section.level for section in order]
    named = labels([section.heading for section in order], levels)
    counts = queries.count_comments_by_section(document.id)
    statuses = status_queries.list_statuses(document.id)
    writers = writers_by_section(document.id)
    draft = url_for("documents.draft", slug=document.slug)
    here = url_for("documents.plan", slug=document.slug)
    return tuple(
        PlanRow(
            section_id=section.section_id,
            anchor=_anchor(section.section_id),
            depth=depth,
            level=section.level,
            label=label if _words(section, label) else "",
            title=_words(section, label) or section.heading or gettext("(no heading)"),
            href=f"{draft}#s-{section.section_id[:12]}",
            arrange_href=f"{here}?part={section.section_id}#{_anchor(section.section_id)}"
            if can_edit
            else "",
            comment_count=counts.get(section.section_id, 0),
            status=statuses[section.section_id].status if section.section_id in statuses else "",
            writers=writers.get(section.section_id, ""),
            is_annex=is_annex(section.heading),
        )
        for section, depth, label in zip(order, outline.depths(levels), named, strict=True)
    )


def _words(section: Standing, label: str) -> str:
    return title_without_label(section.heading, label) if label else section.heading


def _anchor(section_id: str) -> str:
    return f"row-{section_id[:12]}"


def _opened(slug: str, order: Sequence[Standing], section_id: str) -> Opened | None:
    if all(section.section_id != section_id for section in order):
        return None
    branch = service.branch(order, section_id)
    head = branch[0]
    line = [row.section_id for row in order if row.parent_id == head.parent_id and row.level]
    at = line.index(section_id) if head.level else 0
    where: dict[str, Any] = {"slug": slug, "section_id": section_id}
    return Opened(
        section_id=section_id,
        act_href=url_for("documents.arrange", **where),
        can_up=bool(head.level) and at > 0,
        can_down=bool(head.level) and at < len(line) - 1,
        can_promote=head.level > 1,
        can_demote=bool(head.level) and max(row.level for row in branch) < outline.DEEPEST,
        can_annex=bool(head.level) and len(branch) < len(order) and not is_annex(head.heading),
        edit_href=url_for("documents.edit", **where),
        add_href=url_for("documents.add", slug=slug, after=section_id),
        move_href=url_for("documents.move", **where),
        remove_href=url_for("documents.remove", **where),
        split_href=url_for("documents.split", **where),
        join_href=url_for("documents.join", **where),
    )


def _gone(document: DocumentRow) -> tuple[Gone, ...]:
    return tuple(
        Gone(
            title=row.heading or gettext("(no heading)"),
            number=row.removed_no,
            change_href=url_for("documents.change", slug=document.slug, number=row.removed_no),
            by=row.removed_by if row.removed_by is not None else gettext("[name removed]"),
            at=moment(row.removed_at),
            bring_back_href=url_for("documents.bring_back", slug=document.slug, section_id=row.section_id),
        )
        for row in queries.list_removed(document.id)
    )
