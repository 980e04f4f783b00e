"""The text as readers see it, with the comments beside it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup

from consult.domain.errors import NotPermitted
from consult.domain.policy.permissions import Permission
from consult.domain.text.numbering import title_without_label
from consult.domain.text.plain import read
from consult.ports.rendering import BlockControl, Mark
from consult.services.exports import labelled
from consult.services.sockets import current_ports
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as queries
from consult.storage.queries.comments import CommentRow, PlacedRow
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import DocumentRow, SectionRow, VersionRow
from consult.web.documents.presenters import DocumentList, Part, ReadingPage
from consult.web.shared.cards import card_of, comment_href
from consult.web.shared.heads import document_head, may, now, version_text
from consult.web.shared.i18n import day, language
from consult.web.shared.kept_pages import kept_pages
from consult.web.shared.presenters import Card, Link, OutlineEntry
from consult.web.shared.presenters import DocumentRow as DocumentLine
from consult.web.shared.viewers import current_viewer

FIRST_CARDS = 12
"""Cards shown beside one section before "more"."""

WHOLE_CARDS = 10

_HEADING = re.compile(r"\s*<h([1-6])[^>]*>(.*?)</h\1>", re.DOTALL)
_OWN_NUMBER = re.compile(r"<li>\s*(?:<p>)?\s*$")
_CELL = re.compile(r"<t[dh][^>]*>\s*$")


def list_all() -> str:
    viewer = current_viewer()
    rows = queries.list_documents(viewer)
    is_writer = bool(viewer.host_ids) or viewer.sees_all
    page = DocumentList(
        rows=tuple(document_line(row) for row in rows),
        new_href=url_for("documents.new") if is_writer else "",
        import_href=url_for("documents.import_file") if is_writer else "",
    )
    return render_template("documents/list.html", page=page)


def document_line(row: DocumentRow) -> DocumentLine:
    if row.last_version_no:
        detail = gettext(
            "version %(number)s · changed %(day)s", number=row.last_version_no, day=day(row.changed_at).text
        )
    else:
        detail = gettext("not published yet · changed %(day)s", day=day(row.changed_at).text)
    return DocumentLine(
        title=row.title,
        kind=row.kind,
        href=url_for("documents.show", slug=row.slug),
        stage=row.stage,
        host=row.host_name,
        detail=detail,
    )


def show(slug: str) -> Response:
    """The text to read now: the version being consulted, else the last one, else the working draft."""
    document = queries.get_document(slug, current_viewer())
    open_now = consultation_queries.find_open_consultation(document.id, now())
    if open_now is not None:
        return _page(document, queries.get_version_by_id(open_now.version_id))
    if document.last_version_no:
        return _page(document, queries.get_version(document.id, document.last_version_no))
    return _page(document, None)


def version(slug: str, number: int) -> Response:
    document = queries.get_document(slug, current_viewer())
    return _page(document, queries.get_version(document.id, number))


def draft(slug: str) -> Response:
    return _page(queries.get_document(slug, current_viewer()), None)


def _page(document: DocumentRow, shown: VersionRow | None) -> Response:
    if shown is None and not may(Permission.SEE_UNPUBLISHED, document):
        raise NotPermitted("see_unpublished", because="is_member_of_host")
    consultations = consultation_queries.list_consultations(document_id=document.id)
    if shown is None:
        return make_response(_compose(document, None, consultations))
    at = now()
    depends_on = (
        request.full_path,
        language(),
        document,
        shown.id,
        tuple((row, row.opens_at <= at, row.is_open(at)) for row in consultations),
    )
    return kept_pages.answer(depends_on, lambda: _compose(document, shown, consultations))


def _compose(document: DocumentRow, shown: VersionRow | None, consultations: list[ConsultationRow]) -> str:
    works_here = current_viewer().works_for(document.host_id)
    if shown is None:
        sections = labelled(queries.list_draft_sections(document.id))
        placed = comment_queries.list_placed_in_draft(document.id)
    else:
        sections = queries.list_version_sections(shown.id)
        placed = comment_queries.list_placed_in_version(shown.id)
    open_now = next((row for row in consultations if row.is_open(now())), None)
    takes_comments = open_now is not None and shown is not None and open_now.version_id == shown.id
    by_section = _by_section(placed)
    wanted = {row.comment_id for rows in by_section.values() for row in rows[:FIRST_CARDS]}
    whole_ids = _whole(document, shown, works_here)
    comments = {
        comment.id: comment
        for comment in comment_queries.list_comments_by_id(
            wanted | set(whole_ids[:WHOLE_CARDS]), with_drafts=works_here
        )
    }
    numbers = comment_queries.list_numbers({row.comment_id for row in placed})
    counts = {section_id: len({row.comment_id for row in rows}) for section_id, rows in by_section.items()}
    page = ReadingPage(
        head=document_head(
            document,
            tab="read",
            version=shown,
            state_text=""
            if shown
            else gettext("working draft after change %(number)s", number=document.last_change_no),
            consultations=consultations,
        ),
        outline=outline_of(sections, counts),
        parts=tuple(
            _part(
                document,
                section,
                by_section.get(section.section_id, []),
                comments,
                numbers,
                shown,
                takes_comments,
            )
            for section in sections
        ),
        composer_href=url_for("comments.new", slug=document.slug) if takes_comments else "",
        notice=_notice(document, shown),
        newest=_newest(document, shown),
        whole=tuple(card_of(comments[key]) for key in whole_ids[:WHOLE_CARDS] if key in comments),
        whole_more_href=url_for("comments.list_all", slug=document.slug)
        if len(whole_ids) > WHOLE_CARDS
        else "",
        checksum=shown.checksum if shown else "",
    )
    return render_template("documents/show.html", page=page)


def _by_section(placed: Sequence[PlacedRow]) -> dict[str, list[PlacedRow]]:
    """Targets by the section they stand in now (or stood in last), in order of place, those without one last."""
    found: dict[str, list[PlacedRow]] = defaultdict(list)
    for row in placed:
        found[row.section_id].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (row.start is None, row.start or 0, row.comment_id))
    return found


def _whole(document: DocumentRow, shown: VersionRow | None, works_here: bool) -> list[int]:
    """Comments on the whole: of the consultations on this version, or all of the document for the draft."""
    version_id = shown.id if shown else None
    return comment_queries.list_whole(document.id, version_id=version_id, with_unconsulted=works_here)


def _notice(document: DocumentRow, shown: VersionRow | None) -> str:
    if shown is None:
        if document.last_version_no:
            return gettext("This is the working draft. Readers see the published version.")
        return gettext(
            "This is the working draft. Nobody outside your office sees it until a version is published."
        )
    if shown.number < document.last_version_no:
        return gettext("This is an older version of the document.")
    return ""


def _newest(document: DocumentRow, shown: VersionRow | None) -> Link | None:
    if document.last_version_no and (shown is None or shown.number < document.last_version_no):
        return Link(
            gettext("Go to version %(number)s", number=document.last_version_no),
            url_for("documents.version", slug=document.slug, number=document.last_version_no),
        )
    return None


def outline_of(sections: Sequence[SectionRow], counts: Mapping[str, int]) -> tuple[OutlineEntry, ...]:
    """The contents as a tree, with how many comments speak of each entry and what lies under it."""
    sums = _sums(sections, counts)
    busiest = max(sums, default=0)

    def entries(start: int, end: int) -> tuple[OutlineEntry, ...]:
        found: list[OutlineEntry] = []
        at = start
        while at < end:
            section = sections[at]
            below = at + 1
            while below < end and section.level and sections[below].level > section.level:
                below += 1
            if section.heading or section.label:
                label, title = label_and_title(section)
                found.append(
                    OutlineEntry(
                        label=label,
                        title=title,
                        href=f"#{anchor_of(section)}",
                        count=sums[at],
                        heat=min(4, -(-4 * sums[at] // busiest)) if busiest else 0,
                        children=entries(at + 1, below),
                    )
                )
            at = below
        return tuple(found)

    top = entries(0, len(sections))
    if len(top) == 1 and top[0].children and not top[0].label:
        return top[0].children
    return top


def _sums(sections: Sequence[SectionRow], counts: Mapping[str, int]) -> list[int]:
    """Comments of each section and all under it."""
    sums = [counts.get(section.section_id, 0) for section in sections]
    for at in range(len(sections) - 1, -1, -1):
        level = sections[at].level
        for above in range(at - 1, -1, -1):
            if level and 0 < sections[above].level < level:
                sums[above] += sums[at]
                break
    return sums


def anchor_of(section: SectionRow) -> str:
    return f"s-{section.section_id[:12]}"


def label_and_title(section: SectionRow) -> tuple[str, str]:
    """The number and the words of a heading apart; a heading that is nothing but its number is all words."""
    words = title_without_label(section.heading, section.label) if section.label else section.heading
    if not words:
        return "", section.heading or section.label or gettext("(no heading)")
    return section.label, words


def title_of(section: SectionRow) -> str:
    return " ".join(part for part in label_and_title(section) if part)


def _part(
    document: DocumentRow,
    section: SectionRow,
    placed: Sequence[PlacedRow],
    comments: Mapping[int, CommentRow],
    numbers: Mapping[int, tuple[int, int]],
    shown: VersionRow | None,
    takes_comments: bool,
) -> Part:
    slug, anchor = document.slug, anchor_of(section)
    heading, body = _decorated(document, section, placed, numbers, takes_comments)
    can_edit = shown is None and may(Permission.EDIT_DRAFT, document)
    shown_here = placed[:FIRST_CARDS]
    count = len({row.comment_id for row in placed})
    where: dict[str, Any] = {"slug": slug, "section_id": section.section_id}
    return Part(
        section_id=section.section_id,
        text_id=str(section.text_id),
        anchor=anchor,
        depth=section.depth,
        heading=heading,
        body=body,
        title=title_of(section),
        history_href=url_for("documents.section_history", **where)
        if may(Permission.SEE_UNPUBLISHED, document)
        else "",
        comment_href=url_for("comments.new", slug=slug, section=section.section_id, text_id=section.text_id)
        if takes_comments
        else "",
        edit_href=url_for("documents.edit", **where) if can_edit else "",
        add_href=url_for("documents.add", slug=slug, after=section.section_id) if can_edit else "",
        move_href=url_for("documents.move", **where) if can_edit else "",
        remove_href=url_for("documents.remove", **where) if can_edit else "",
        comment_count=count,
        cards=tuple(
            _card(comments[row.comment_id], row, anchor) for row in shown_here if row.comment_id in comments
        ),
        more_count=count - len({row.comment_id for row in shown_here}),
        more_href=url_for("comments.list_all", slug=slug, section=section.section_id)
        if count > len({row.comment_id for row in shown_here})
        else "",
    )


def _card(comment: CommentRow, row: PlacedRow, anchor: str) -> Card:
    is_marked = row.start is not None and row.scope == "passage" and row.end != row.start
    href = f"#slowa-{comment.number}" if is_marked else f"#{anchor}"
    return card_of(comment, row, place_href=href)


def _decorated(
    document: DocumentRow,
    section: SectionRow,
    placed: Sequence[PlacedRow],
    numbers: Mapping[int, tuple[int, int]],
    takes_comments: bool,
) -> tuple[Markup, Markup]:
    """The section's heading and body with numbers, controls and marks put in."""
    marks = _marks(placed, numbers)
    controls = _controls(document, section, placed) if takes_comments else []
    html = current_ports().decorator.decorate(section.html, marks=marks, controls=controls)
    found = _HEADING.match(html)
    heading, body = (found.group(0), html[found.end() :]) if found else ("", html)
    if found:
        is_title = not section.label and section.heading == document.title
        level = min(6, max(2, section.depth + 1))
        opening = f'<h{level} class="vh">' if is_title else f"<h{level}>"
        heading = f"{opening}{heading[found.start(2) : found.end(2)]}</h{level}>"
    carries_own = section.label and title_without_label(section.heading, section.label) != section.heading
    if found and section.label and not carries_own:
        inside = heading.index(">") + 1
        number = Markup('<a class="num" data-generated="" href="#{}">{}</a> ').format(
            anchor_of(section), section.label
        )
        heading = f"{heading[:inside]}{number}{heading[inside:]}"
    # html is what the renderer sanitised and the decorator marked: the one source of safe HTML
    return Markup(heading), Markup(body)  # noqa: S704


def _marks(placed: Sequence[PlacedRow], numbers: Mapping[int, tuple[int, int]]) -> list[Mark]:
    from consult.domain.text.spans import Span

    marks = []
    for row in placed:
        if row.scope != "passage" or row.start is None or row.end is None or row.start >= row.end:
            continue
        register_id, number = numbers.get(row.comment_id, (0, 0))
        marks.append(
            Mark(
                span=Span(row.start, row.end),
                ref=str(number),
                classes=("c",),
                href=f"#uwaga-{number}" if len(placed) <= FIRST_CARDS else comment_href(register_id, number),
                label=gettext("Comment %(number)s", number=number),
                text=str(number),
            )
        )
    return marks


def _controls(document: DocumentRow, section: SectionRow, placed: Sequence[PlacedRow]) -> list[BlockControl]:
    """A way to comment on every block without selecting words."""
    reading = read(section.html)
    counts: Counter[int] = Counter()
    for row in placed:
        if row.start is None or row.scope != "passage":
            continue
        for at, block in enumerate(reading.blocks):
            if block.start <= row.start <= block.end:
                counts[at] += 1
                break
    controls = []
    shown_number = 0
    for at, (block, start) in enumerate(zip(reading.blocks, reading.block_starts, strict=True)):
        before = section.html[max(0, start - 60) : start]
        if block.is_empty or (section.level and at == 0):
            continue
        is_own = bool(_OWN_NUMBER.search(before) or _CELL.search(before))
        shown_number += 0 if is_own else 1
        name = gettext("Paragraph %(number)s", number=at if section.level else at + 1)
        spoken = (
            ngettext("%(num)d comment", "%(num)d comments", counts[at])
            if counts[at]
            else gettext("no comments")
        )
        controls.append(
            BlockControl(
                ordinal=at,
                href=url_for(
                    "comments.new",
                    slug=document.slug,
                    section=section.section_id,
                    text_id=section.text_id,
                    start=block.start,
                    end=block.end,
                ),
                text="¶" if is_own else str(shown_number),
                label=gettext("%(name)s, %(count)s, comment", name=name, count=spoken),
                classes=("own",) if is_own else (),
            )
        )
    return controls


def version_title(version_row: VersionRow) -> str:
    return version_text(version_row)
