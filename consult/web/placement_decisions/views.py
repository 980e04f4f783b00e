"""Comments whose words the machine is not sure of: the list, and one of them to be decided."""

from __future__ import annotations

import re

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from markupsafe import Markup

from consult.domain.errors import ConsultError, NotFound
from consult.domain.policy.permissions import Permission
from consult.domain.text.spans import Span
from consult.ports.rendering import Mark
from consult.services import placement_decisions as service
from consult.services.sockets import current_ports
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import placement_decisions as queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.storage.queries.placement_decisions import SoughtRow
from consult.web.placement_decisions.forms import PlaceForm
from consult.web.placement_decisions.presenters import SoughtCase, SoughtLine, SoughtList
from consult.web.shared.addresses import address_with, whole_number
from consult.web.shared.cards import card_of, clipped, comment_href
from consult.web.shared.forms import refuse
from consult.web.shared.group_work import get_drafted, part_title, standing_parts
from consult.web.shared.heads import document_head, now
from consult.web.shared.i18n import as_written
from consult.web.shared.passages import REF
from consult.web.shared.pictures import words_with_pictures
from consult.web.shared.presenters import Link, Piece
from consult.web.shared.redlines import redline
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor, current_viewer

TABS: dict[str, tuple[str, ...]] = {"uncertain": ("uncertain",), "orphaned": ("orphaned",), "decided": ()}
ON_A_PAGE = 50
EXCERPT = 160

_HEADING = re.compile(r"<(/?)h[1-6]\b")


def list_all(slug: str) -> str:
    """What waits for a decision, in the order of the text; what is lost; what people decided."""
    document = get_drafted(slug, Permission.EDIT_DRAFT)
    works_here = current_viewer().works_for(document.host_id)
    shown = request.args.get("show", "")
    shown = shown if shown in TABS else "uncertain"
    offset = whole_number(request.args.get("from")) or 0
    rows = queries.list_sought(
        document.id, TABS[shown], decided=shown == "decided", with_unconsulted=works_here
    )
    counts = queries.count_undecided(document.id, with_unconsulted=works_here)
    page = SoughtList(
        head=document_head(document, tab="comments"),
        tabs=(
            _tab(slug, "uncertain", gettext("To be checked"), shown, counts["uncertain"]),
            _tab(slug, "orphaned", gettext("Removed words"), shown, counts["orphaned"]),
            _tab(slug, "decided", gettext("Decided by people"), shown, None),
        ),
        shown=shown,
        lines=_lines(document, rows[offset : offset + ON_A_PAGE]),
        more_href=address_with(
            "placement_decisions.list_all", {"slug": slug}, {"show": shown, "from": offset + ON_A_PAGE}
        )
        if offset + ON_A_PAGE < len(rows)
        else "",
    )
    return render_template("placement_decisions/list_all.html", page=page)


def _tab(slug: str, code: str, text: str, shown: str, count: int | None) -> Link:
    return Link(text, _list_href(slug, code), is_current=code == shown, count=count)


def _list_href(slug: str, shown: str) -> str:
    return url_for("placement_decisions.list_all", slug=slug, show=None if shown == "uncertain" else shown)


def _lines(document: DocumentRow, rows: list[SoughtRow]) -> tuple[SoughtLine, ...]:
    comments = {
        row.id: row
        for row in comment_queries.list_comments_by_id([row.comment_id for row in rows], with_drafts=False)
    }
    parts = standing_parts(document)
    return tuple(
        SoughtLine(
            number=row.number,
            href=url_for("placement_decisions.case", slug=document.slug, target_id=row.target_id),
            excerpt=clipped(comments[row.comment_id].text or "", EXCERPT),
            words=clipped(row.exact, EXCERPT),
            state=row.state,
            now=_found(row, parts),
            part=_part_name(parts.get(row.section_id), document),
        )
        for row in rows
    )


def _part_name(section: SectionRow | None, document: DocumentRow) -> str:
    if section is None:
        return gettext("a part no longer in the document")
    return as_written(part_title(section), document.language)


def _found(row: SoughtRow, parts: dict[str, SectionRow]) -> tuple[Piece, ...]:
    section = parts.get(row.section_id)
    if section is None or row.start is None or row.end is None or section.text_id != row.text_id:
        return ()
    return redline(row.exact, section.plain[row.start : row.end])


def case(slug: str, target_id: int) -> ResponseReturnValue:
    """One comment: its words then, the ones found now, and the text to choose others from."""
    document = get_drafted(slug, Permission.EDIT_DRAFT)
    row = _get(document, target_id)
    form = PlaceForm()
    if form.is_sent():
        try:
            _decide(form, slug, target_id)
        except ConsultError as error:
            refuse(form, error)
            row = _get(document, target_id)
        else:
            return _go_on(document, row)
    form.seen.data = row.mark
    shown = _case_page(document, row, form)
    return (shown, 422) if form.errors else shown


def _get(document: DocumentRow, target_id: int) -> SoughtRow:
    row = queries.get_sought(document.id, target_id)
    if row.consultation_id is None and not current_viewer().works_for(document.host_id):
        raise NotFound("comment")
    return row


def _decide(form: PlaceForm, slug: str, target_id: int) -> None:
    actor, seen, at = current_actor(), form.seen.data or "", now()
    if form.act.data == "confirm":
        service.confirm_placement(actor, slug, target_id, seen=seen, now=at)
    elif form.act.data == "give_up":
        service.give_up_placement(actor, slug, target_id, seen=seen, now=at)
    else:
        start, end = whole_number(form.start.data), whole_number(form.end.data)
        words = service.Words(
            section_id=form.section.data or "",
            quote=form.quote.data or "",
            text_id=whole_number(form.from_text.data),
            span=Span(start, end) if start is not None and end is not None and start < end else None,
        )
        service.reattach_comment(actor, slug, target_id, words, seen=seen, now=at)


def _go_on(document: DocumentRow, done: SoughtRow) -> ResponseReturnValue:
    works_here = current_viewer().works_for(document.host_id)
    say("done", gettext("The place of comment %(number)s is decided.", number=done.number))
    waiting = queries.list_sought(document.id, TABS["uncertain"], decided=False, with_unconsulted=works_here)
    following = next(
        (row for row in waiting if (row.rank, row.target_id) > (done.rank, done.target_id)), None
    )
    following = following or next(iter(waiting), None)
    if following is None or done.state != "uncertain":
        return redirect(_list_href(document.slug, "uncertain"), code=303)
    say("note", ngettext("%(num)d comment still waits.", "%(num)d comments still wait.", len(waiting)))
    return redirect(
        url_for("placement_decisions.case", slug=document.slug, target_id=following.target_id), code=303
    )


def _case_page(document: DocumentRow, row: SoughtRow, form: PlaceForm) -> str:
    parts = standing_parts(document)
    comment = comment_queries.get_comment(row.comment_id, with_drafts=False)
    asked = form.section.data if form.is_submitted() else request.args.get("part", "")
    chosen = parts.get(asked or "") or parts.get(row.section_id) or next(iter(parts.values()), None)
    if not form.is_submitted() and chosen is not None:
        form.section.data = chosen.section_id
    page = SoughtCase(
        head=document_head(document, tab="comments"),
        comment=card_of(comment),
        before=row.prefix,
        words=row.exact,
        after=row.suffix,
        then_href=comment_href(row.register_id, row.number),
        state=row.state,
        found=_found(row, parts),
        part=_part_name(parts.get(row.section_id), document),
        part_id=chosen.section_id if chosen else "",
        text_id=chosen.text_id if chosen else None,
        html=_text_with_words(document, chosen, row) if chosen else Markup(),
        parts=tuple((key, part_title(section), section.depth) for key, section in parts.items()),
        list_href=_list_href(document.slug, "uncertain" if row.state != "orphaned" else "orphaned"),
        is_decided=row.decided_by is not None,
    )
    return render_template("placement_decisions/case.html", page=page, form=form)


def _text_with_words(document: DocumentRow, section: SectionRow, row: SoughtRow) -> Markup:
    """The part as it stands, under a heading of the page, with the words found marked."""
    marks = []
    if row.text_id == section.text_id and row.start is not None and row.end is not None:
        marks.append(Mark(span=Span(row.start, row.end), ref=REF, classes=("passage",)))
    html = current_ports().decorator.decorate(section.html, marks=marks)
    return words_with_pictures(document, _HEADING.sub(r"<\1h3", html))
