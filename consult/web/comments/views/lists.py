"""Comments in lists, by part of the text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import render_template, request, url_for
from flask_babel import gettext

from consult.domain.policy.permissions import Permission
from consult.domain.text.numbering import printed_title
from consult.services.exports import labelled
from consult.services.submissions import apart_in_document
from consult.storage.queries import comments as queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.storage.queries.submissions import ApartRow
from consult.web.comments.presenters import (
    CommentFilter,
    CommentGroup,
    CommentList,
    Reconciliation,
)
from consult.web.comments.views.shared import LONGEST_IN_ADDRESS, full_card, shown_version
from consult.web.shared.addresses import address_with, printable, whole_number
from consult.web.shared.heads import document_head, may
from consult.web.shared.i18n import as_written
from consult.web.shared.presenters import Card
from consult.web.shared.viewers import current_viewer

ON_A_PAGE = 50


def list_all(slug: str) -> str:
    document = document_queries.get_document(slug, current_viewer())
    works_here = current_viewer().works_for(document.host_id)
    narrowed = CommentFilter(
        capacity=request.args.get("capacity", "")[:20],
        kind=request.args.get("kind", "")[:20],
        placement=request.args.get("placement", "")[:20],
        outcome=request.args.get("outcome", "")[:20],
        query=printable(request.args.get("q", ""))[:200].strip(),
        section=printable(request.args.get("section", ""))[:LONGEST_IN_ADDRESS],
    )
    only_section = narrowed.section
    offset = whole_number(request.args.get("from")) or 0
    rows = queries.list_overview(
        document.id,
        version_id=shown_version(document),
        with_drafts=works_here,
        with_unconsulted=works_here,
    )
    kept = [
        row
        for row in rows
        if _matches(row, narrowed)
        and (not only_section or only_section in (row.section_id, row.origin_section))
    ]
    sections = _outline(document, works_here)
    apart = apart_in_document(document.id, with_decisions=works_here)
    order = {section.section_id: at for at, section in enumerate(sections)}
    kept.sort(
        key=lambda row: (
            row.comment_id in apart,
            order.get(row.section_id or "", len(order) if row.section_id else -1),
            row.start or 0,
            row.comment_id,
        )
    )
    if narrowed.query:
        texts = {
            row.id: row
            for row in queries.list_comments_by_id([row.comment_id for row in kept], with_drafts=works_here)
        }
        wanted = narrowed.query.casefold()
        kept = [
            row
            for row in kept
            if row.comment_id in texts and wanted in (texts[row.comment_id].text or "").casefold()
        ]
    shown = kept[offset : offset + ON_A_PAGE]
    asked = {
        "capacity": narrowed.capacity,
        "kind": narrowed.kind,
        "placement": narrowed.placement,
        "outcome": narrowed.outcome,
        "q": narrowed.query,
        "section": narrowed.section,
    }
    page = CommentList(
        head=document_head(document, tab="comments"),
        href=url_for("comments.list_all", slug=slug),
        groups=_groups(shown, sections, document, works_here, apart),
        found=len(kept),
        narrowed=narrowed,
        sums=_sums(rows) if rows else None,
        apart_count=sum(row.comment_id in apart for row in rows),
        table_href=url_for("documents.download", slug=slug, extension="xlsx") if rows else "",
        more_href=address_with("comments.list_all", {"slug": slug}, {**asked, "from": offset + ON_A_PAGE})
        if offset + ON_A_PAGE < len(kept)
        else "",
        all_href=url_for("comments.list_all", slug=slug) if narrowed.is_set else "",
        register_href=_of_the_last("submissions.list_all", Permission.ANSWER_COMMENTS, document),
        moderation_href=_of_the_last("moderation.desk", Permission.MODERATE, document),
    )
    return render_template("comments/list.html", page=page)


def _of_the_last(endpoint: str, permission: Permission, document: DocumentRow) -> str:
    """A page of the last consultation, for those who may work there."""
    if not may(permission, document):
        return ""
    last = consultation_queries.list_consultations(document_id=document.id, limit=1)
    return url_for(endpoint, consultation_id=last[0].id) if last else ""


def _outline(document: DocumentRow, works_here: bool) -> list[SectionRow]:
    if works_here or not document.last_version_no:
        return labelled(document_queries.list_draft_sections(document.id))
    version = document_queries.get_version(document.id, document.last_version_no)
    return document_queries.list_version_sections(version.id)


def _matches(row: queries.OverviewRow, narrowed: CommentFilter) -> bool:
    if narrowed.outcome and (row.outcome or "none") != narrowed.outcome:
        return False
    return (
        narrowed.capacity in ("", row.capacity)
        and narrowed.kind in ("", row.kind)
        and narrowed.placement in ("", row.state or "whole")
    )


def _groups(
    shown: Sequence[queries.OverviewRow],
    sections: Sequence[SectionRow],
    document: DocumentRow,
    works_here: bool,
    apart: Mapping[int, ApartRow],
) -> tuple[CommentGroup, ...]:
    """The comments by part; those reported apart come last, together."""
    ids = [row.comment_id for row in shown]
    comments = {row.id: row for row in queries.list_comments_by_id(ids, with_drafts=works_here)}
    placed = {
        row.comment_id: row
        for row in reversed(queries.list_placements_of(ids, version_id=shown_version(document)))
    }
    changes = queries.list_change_numbers(
        [row.answer.change_id for row in comments.values() if row.answer and row.answer.change_id]
    )
    titles = {
        section.section_id: as_written(printed_title(section.label, section.heading), document.language)
        for section in sections
    }
    groups: dict[str, list[Card]] = defaultdict(list)
    for row in shown:
        if row.comment_id not in comments:
            continue
        place = (
            titles.get(row.section_id, gettext("Parts no longer in the document"))
            if row.section_id
            else gettext("The whole document")
        )
        card = full_card(comments[row.comment_id], placed.get(row.comment_id), document, changes)
        aside = apart.get(row.comment_id)
        if aside is None:
            groups[place].append(card)
        else:
            groups[gettext("Reported apart: late or not in order")].append(
                replace(card, place=place, apart=aside.reasons)
            )
    return tuple(CommentGroup(title, tuple(cards)) for title, cards in groups.items())


def _sums(rows: Sequence[queries.OverviewRow]) -> Reconciliation:
    counts = Counter(row.state or "whole" for row in rows)
    return Reconciliation(
        submitted=len(rows),
        placed=counts["placed"],
        changed=counts["changed"],
        moved=counts["moved"],
        uncertain=counts["uncertain"],
        orphaned=counts["orphaned"],
        whole=counts["whole"],
    )
