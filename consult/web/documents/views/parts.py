"""The parts of a text with their numbers, marks and controls, and the comments beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from consult.domain.policy.permissions import Permission
from consult.domain.text.numbering import title_without_label
from consult.domain.text.spans import Span
from consult.ports.rendering import Mark
from consult.services.sockets import current_ports
from consult.storage.queries.comments import CommentRow, PlacedRow
from consult.storage.queries.documents import DocumentRow, SectionRow, VersionRow
from consult.web.documents.presenters import Part
from consult.web.documents.views.controls import controls_of, heading_control
from consult.web.documents.views.outline import anchor_of, title_of
from consult.web.shared.cards import card_of, comment_href, ref_of
from consult.web.shared.heads import may
from consult.web.shared.i18n import language, tongue
from consult.web.shared.passages import REF, Passage
from consult.web.shared.presenters import Card

FIRST_CARDS = 12
"""Cards shown beside one section before "more"."""

_HEADING = re.compile(r"\s*<h([1-6])[^>]*>(.*?)</h\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Beside:
    """The comments beside a text: those with a card by id, (register, number) of all, the target each has its one
    card at, and the register whose comments go by number alone."""

    comments: Mapping[int, CommentRow]
    numbers: Mapping[int, tuple[int, int]]
    homes: Mapping[int, int]
    main: int | None

    def is_home(self, row: PlacedRow) -> bool:
        return row.comment_id in self.comments and self.homes[row.comment_id] == row.target_id

    def ref(self, comment_id: int) -> str:
        return ref_of(*self.numbers[comment_id], self.main)

    def card(self, row: PlacedRow, anchor: str) -> Card:
        is_marked = row.start is not None and row.scope == "passage" and row.end != row.start
        href = f"#slowa-{self.ref(row.comment_id)}" if is_marked else f"#{anchor}"
        return card_of(self.comments[row.comment_id], row, place_href=href, main=self.main)


def part_of(
    document: DocumentRow,
    section: SectionRow,
    placed: Sequence[PlacedRow],
    beside: Beside,
    shown: VersionRow | None,
    takes_comments: bool,
    passage: Passage | None = None,
) -> Part:
    """A section as read; `placed` are the targets that stand in it, in order of place. `passage` is marked in it."""
    slug, anchor = document.slug, anchor_of(section)
    heading, body = _decorated(document, section, placed, beside, takes_comments, passage)
    can_edit = shown is None and may(Permission.EDIT_DRAFT, document)
    cards = tuple(beside.card(row, anchor) for row in placed[:FIRST_CARDS] if beside.is_home(row))
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
        origins_href=url_for(
            "provenance.origins",
            slug=slug,
            version=shown.number if shown else "draft",
            section=section.section_id,
        ),
        edit_href=url_for("documents.edit", **where) if can_edit else "",
        add_href=url_for("documents.add", slug=slug, after=section.section_id) if can_edit else "",
        move_href=url_for("documents.move", **where) if can_edit else "",
        remove_href=url_for("documents.remove", **where) if can_edit else "",
        comment_count=count,
        cards=cards,
        more_count=count - len(cards),
        more_href=url_for("comments.list_all", slug=slug, section=section.section_id)
        if count > len(cards)
        else "",
    )


def _decorated(
    document: DocumentRow,
    section: SectionRow,
    placed: Sequence[PlacedRow],
    beside: Beside,
    takes_comments: bool,
    passage: Passage | None,
) -> tuple[Markup, Markup]:
    """The section's heading and body with numbers, controls and marks put in."""
    marks = _marks(placed, beside, _spoken_in(document))
    place = passage.place_in(section.section_id, section.plain) if passage else None
    if place is not None:
        marks.append(Mark(span=place, ref=REF, classes=("passage",)))
    is_title = not section.label and section.heading == document.title
    carries_own = section.label and title_without_label(section.heading, section.label) != section.heading
    is_numbered = bool(section.label) and not carries_own
    controls = (
        controls_of(
            document,
            section,
            placed,
            spoken_in=_spoken_in(document),
            with_heading=not is_numbered and not is_title,
        )
        if takes_comments
        else []
    )
    html = current_ports().decorator.decorate(section.html, marks=marks, controls=controls)
    found = _HEADING.match(html)
    heading, body = (found.group(0), html[found.end() :]) if found else ("", html)
    if found:
        level = min(6, max(2, section.depth + 1))
        # whoever goes from heading to heading hears their words, not those of the control in them
        named = Markup(' aria-label="{}"').format(title_of(section)) if controls and not is_title else ""
        opening = f'<h{level} class="vh">' if is_title else f"<h{level}{named}>"
        heading = f"{opening}{heading[found.start(2) : found.end(2)]}</h{level}>"
    if found and is_numbered:
        inside = heading.index(">") + 1
        if takes_comments:
            href, spoken = heading_control(document, section, placed)
            number = Markup('<a class="num" data-generated="" href="{}" aria-label="{}"{}>{}</a> ').format(
                href,
                spoken,
                Markup(' lang="{}"').format(_spoken_in(document)) if _spoken_in(document) else "",
                section.label,
            )
        else:
            number = Markup('<a class="num" data-generated="" href="#{}">{}</a> ').format(
                anchor_of(section), section.label
            )
        heading = f"{heading[:inside]}{number}{heading[inside:]}"
    # html is what the renderer sanitised and the decorator marked: the one source of safe HTML
    return Markup(heading), Markup(body)  # noqa: S704


def _spoken_in(document: DocumentRow) -> str:
    """The language of what is put into a text for readers of the page, where the text is in another."""
    return language() if tongue(document.language) else ""


def _marks(placed: Sequence[PlacedRow], beside: Beside, spoken_in: str) -> list[Mark]:
    marks = []
    for row in placed:
        if row.scope != "passage" or row.start is None or row.end is None or row.start >= row.end:
            continue
        register_id, number = beside.numbers[row.comment_id]
        ref = beside.ref(row.comment_id)
        marks.append(
            Mark(
                span=Span(row.start, row.end),
                ref=ref,
                classes=("c",),
                href=f"#uwaga-{ref}" if len(placed) <= FIRST_CARDS else comment_href(register_id, number),
                label=gettext("Comment %(number)s", number=number),
                text=str(number),
                language=spoken_in,
            )
        )
    return marks
