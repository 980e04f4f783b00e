"""A section split in two, and two joined into one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, RuleBroken
from consult.domain.text import outline
from consult.domain.text.numbering import labels, printed_title
from consult.services import drafting as service
from consult.services.drafting import get_editable
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.drafting import Standing
from consult.web.documents.forms import JoinSections, SplitSection
from consult.web.documents.outline_presenters import JoinPage, SplitPage
from consult.web.documents.views.plan import plan_href, undo_href
from consult.web.documents.views.sections import draft_head
from consult.web.shared.addresses import whole_number
from consult.web.shared.errors import wording
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.pictures import words_with_pictures
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor

_TAG = re.compile(r"<[a-z][^>]*>")
_ID = re.compile(r"\sid=\"[^\"]*\"")


def split(slug: str, section_id: str) -> ResponseReturnValue:
    document = get_editable(current_actor(), slug)
    section = document_queries.get_section(document.id, section_id)
    form = SplitSection()
    if not form.is_submitted():
        form.level.data = str(section.level or 2)
    elif form.is_sent():
        try:
            new_id, recorded = service.split_section(
                current_actor(),
                slug,
                section_id,
                text_id=whole_number(form.text_id.data) or section.text_id,
                at=_place(form),
                title=form.title.data or "",
                level=whole_number(form.level.data) or section.level or None,
                note=form.note.data or "",
                now=now(),
            )
        except ConsultError as error:
            if error.code.startswith("not_"):
                raise
            refuse(form, error)
        else:
            say(
                "done",
                gettext("The part was split as change %(number)s.", number=recorded.number),
                undo_href=undo_href(slug, recorded),
            )
            return redirect(plan_href(slug, new_id), code=303)
    text_id, blocks = service.read_blocks(current_actor(), slug, section_id)
    if form.text_id.data and form.text_id.data != str(text_id):
        form.at.data = None  # chosen in a text that has been changed since
    form.text_id.data = str(text_id)
    page = SplitPage(
        head=draft_head(document),
        section_title=section.heading or gettext("(no heading)"),
        back_href=plan_href(slug, section_id),
        # without the names of notes that several blocks would share
        blocks=tuple((at, words_with_pictures(document, _nameless(shown.html))) for at, shown in blocks),
        levels=_levels(section.level),
    )
    answer = render_template("documents/split.html", page=page, form=form)
    return (answer, 422) if form.errors else answer


def _nameless(html: str) -> str:
    return _TAG.sub(lambda tag: _ID.sub("", tag[0]), html)


def _place(form: SplitSection) -> int:
    at = whole_number(form.at.data)
    return -1 if at is None else at


def _levels(level: int) -> tuple[tuple[str, str], ...]:
    """The levels a new part can be given: beside the one it comes from, or one deeper."""
    if not level:
        return tuple((str(each), gettext("level %(level)s", level=each)) for each in (1, 2))
    found = [(str(level), gettext("beside this part (level %(level)s)", level=level))]
    if level < outline.DEEPEST:
        found.append((str(level + 1), gettext("under this part (level %(level)s)", level=level + 1)))
    return tuple(found)


def join(slug: str, section_id: str) -> ResponseReturnValue:
    document = get_editable(current_actor(), slug)
    order = drafting_queries.list_standing(document.id)
    section = next(iter(service.branch(order, section_id)))
    page = _join_page(document, order, section)
    form = JoinSections()
    if not form.is_submitted():
        form.neighbour.data = page.neighbours[0][0] if page.neighbours else ""
    elif form.is_sent():
        try:
            kept_id, recorded = service.join_sections(
                current_actor(),
                slug,
                section_id,
                with_section_id=form.neighbour.data or "",
                heading=form.heading.data or "",
                note=form.note.data or "",
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say(
                "done",
                gettext("The parts were joined as change %(number)s.", number=recorded.number),
                undo_href=undo_href(slug, recorded),
            )
            return redirect(plan_href(slug, kept_id), code=303)
    answer = render_template("documents/join.html", page=page, form=form)
    return (answer, 422) if form.errors else answer


def _join_page(document: DocumentRow, order: Sequence[Standing], section: Standing) -> JoinPage:
    at = order.index(section)
    named = labels([row.heading for row in order], [row.level for row in order])
    found, refusal = [], ""
    for other, words in (
        (at - 1, gettext("with the one before: %(title)s")),
        (at + 1, gettext("with the one after: %(title)s")),
    ):
        if not 0 <= other < len(order):
            continue
        try:
            service.neighbours(order, section.section_id, order[other].section_id)
        except RuleBroken as error:
            refusal = wording(error)
        else:
            title = printed_title(named[other], order[other].heading) or gettext("(no heading)")
            found.append((order[other].section_id, words % {"title": title}))
    return JoinPage(
        head=draft_head(document),
        section_title=section.heading or gettext("(no heading)"),
        back_href=url_for("documents.plan", slug=document.slug, part=section.section_id),
        neighbours=tuple(found),
        refusal="" if found else refusal or gettext("There is no other part to join it with."),
    )
