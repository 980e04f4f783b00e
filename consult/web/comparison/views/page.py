"""Two texts of a document compared: what changed, and what it comes from."""

from __future__ import annotations

from flask import render_template, request
from flask_babel import gettext, ngettext

from consult.domain.policy.permissions import Permission
from consult.services.comparison import compare_texts
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as queries
from consult.storage.queries import timelines as timeline_queries
from consult.storage.queries.documents import DocumentRow
from consult.web.comparison.presenters import ComparePage, Sum
from consult.web.comparison.views.choosing import Choice, Choosable, choose
from consult.web.shared.addresses import address_with, whole_number
from consult.web.shared.calls import Pages
from consult.web.shared.causes import causes_of
from consult.web.shared.compared import OutlineLine, Sections, Tally
from consult.web.shared.differences import VIEWS, View
from consult.web.shared.heads import document_head, may
from consult.web.shared.presenters import Link
from consult.web.shared.viewers import current_viewer

SECTIONS_ON_A_PAGE = 60


def show(slug: str) -> str:
    document = queries.get_document(slug, current_viewer())
    choice = choose(document)
    view = _view()
    if choice.problem or choice.old is None or choice.new is None:
        return render_template("comparison/show.html", page=_without_sections(document, choice, view))
    return render_template(
        "comparison/show.html", page=_compared(document, choice, choice.old, choice.new, view)
    )


def _view() -> View:
    asked = request.args.get("view", "")
    return next((view for view in VIEWS if view == asked), "text")


def _compared(
    document: DocumentRow, choice: Choice, old: Choosable, new: Choosable, view: View
) -> ComparePage:
    sees_draft = may(Permission.SEE_UNPUBLISHED, document)
    compared = compare_texts(document.id, old.side, new.side)
    numbers = {number for section in compared.sections for number in section.changed_by}
    numbers |= {number for section in compared.sections for by in section.made_by.values() for number in by}
    causes = causes_of(document, timeline_queries.list_changes_in(document.id, numbers).values())
    made = Sections(document, compared, causes, view, old.version, sees_draft)
    sections = [made.shown(section) for section in compared.sections]
    outline = tuple(made.outline(section) for section in sections)
    number = min(
        max(1, whole_number(request.args.get("page")) or 1),
        max(1, -(-len(sections) // SECTIONS_ON_A_PAGE)),
    )
    first = (number - 1) * SECTIONS_ON_A_PAGE
    pages = _pages(document, old, new, view, number, len(sections))
    on_page = {section.anchor for section in sections[first : first + SECTIONS_ON_A_PAGE]}
    return ComparePage(
        head=document_head(document, tab="compare"),
        title=_title(document, old, new, made.tally),
        texts=tuple((text.value, text.name) for text in choice.texts),
        old=old.value,
        new=new.value,
        old_name=old.name,
        new_name=new.name,
        view=view,
        views=_views(document, old, new, view),
        sections=tuple(sections[first : first + SECTIONS_ON_A_PAGE]),
        outline=tuple(
            line if line.href[1:] in on_page else _elsewhere(document, old, new, view, line, at)
            for at, line in enumerate(outline)
        ),
        changed_count=len(sections),
        total_count=compared.total_count,
        difference_count=made.numbering.count,
        sums=_sums(made.tally, is_whole=pages is None),
        pages=pages,
        may_name_changes=sees_draft,
        last_change_no=document.last_change_no,
    )


def _without_sections(document: DocumentRow, choice: Choice, view: View) -> ComparePage:
    old, new = choice.old, choice.new
    return ComparePage(
        head=document_head(document, tab="compare"),
        title=gettext("Compare texts"),
        texts=tuple((text.value, text.name) for text in choice.texts),
        old=old.value if old else "",
        new=new.value if new else "",
        old_name=old.name if old else "",
        new_name=new.name if new else "",
        view=view,
        views=(),
        sections=(),
        outline=(),
        changed_count=0,
        total_count=0,
        difference_count=0,
        sums=(),
        may_name_changes=may(Permission.SEE_UNPUBLISHED, document),
        last_change_no=document.last_change_no,
        problem=choice.problem,
    )


def _title(document: DocumentRow, old: Choosable, new: Choosable, tally: Tally) -> str:
    """What the consultation changed, where the earlier text was consulted and comments changed something."""
    if old.version is None or new.version is None or not tally.counts["comments"]:
        return gettext("Compare texts")
    consulted = {row.version_no for row in consultation_queries.list_consultations(document_id=document.id)}
    if any(old.version.number <= number < new.version.number for number in consulted):
        return gettext("What the consultation changed")
    return gettext("Compare texts")


def _address(
    document: DocumentRow, old: Choosable, new: Choosable, view: View, page: int | None = None
) -> str:
    return address_with(
        "comparison.show",
        {"slug": document.slug},
        {"from": old.value, "to": new.value, "view": view if view != "text" else None, "page": page},
    )


def _views(document: DocumentRow, old: Choosable, new: Choosable, view: View) -> tuple[Link, ...]:
    words = {
        "text": gettext("In the text"),
        "side": gettext("Side by side"),
        "only": gettext("Changes only"),
    }
    return tuple(Link(words[one], _address(document, old, new, one), one == view) for one in VIEWS)


def _pages(
    document: DocumentRow, old: Choosable, new: Choosable, view: View, number: int, count: int
) -> Pages | None:
    last = -(-count // SECTIONS_ON_A_PAGE)
    if last < 2:
        return None
    return Pages(
        number,
        last,
        _address(document, old, new, view, number - 1) if number > 1 else "",
        _address(document, old, new, view, number + 1) if number < last else "",
    )


def _elsewhere(
    document: DocumentRow, old: Choosable, new: Choosable, view: View, line: OutlineLine, at: int
) -> OutlineLine:
    """A line of the contents that leads to another page."""
    page = at // SECTIONS_ON_A_PAGE + 1
    return OutlineLine(
        line.label, line.title, _address(document, old, new, view, page) + line.href, line.marks
    )


def _sums(tally: Tally, *, is_whole: bool) -> tuple[Sum, ...]:
    """How many differences came from what, in the order in which people ask."""

    def words(kind: str, count: int) -> str:
        return {
            "comments": ngettext("%(num)d from comments", "%(num)d from comments", count),
            "meetings": ngettext("%(num)d from meetings", "%(num)d from meetings", count),
            "proposals": ngettext("%(num)d from proposals", "%(num)d from proposals", count),
            "reasons": ngettext("%(num)d with a reason", "%(num)d with a reason", count),
            "editorial": ngettext("%(num)d editorial", "%(num)d editorial", count),
            "others": ngettext("%(num)d other", "%(num)d others", count),
            "none": ngettext("%(num)d without a cause given", "%(num)d without a cause given", count),
        }[kind]

    return tuple(
        Sum(kind, words(kind, tally.counts[kind]), f"#{tally.first[kind]}" if is_whole else "")
        for kind in ("comments", "meetings", "proposals", "reasons", "editorial", "others", "none")
        if tally.counts[kind]
    )
