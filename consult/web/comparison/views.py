"""Two texts of a document side by side: what changed, and what it comes from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask_babel import gettext

from consult.domain.diffing.tokens import heaviest_increasing
from consult.domain.policy.permissions import Permission
from consult.services.exports import labelled
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.web.comparison.presenters import Cause, ComparedSection, ComparePage
from consult.web.shared.cards import clipped
from consult.web.shared.heads import document_head, may
from consult.web.shared.presenters import OutlineEntry
from consult.web.shared.redlines import redline, shortened
from consult.web.shared.viewers import current_viewer

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class _Text:
    """A text to compare: its sections, and the last change in it."""

    sections: list[SectionRow]
    change_no: int


def show(slug: str) -> str:
    document = queries.get_document(slug, current_viewer())
    sees_draft = may(Permission.SEE_UNPUBLISHED, document)
    texts = _texts(document, sees_draft)
    values = [value for value, _ in texts]
    new = request.args.get("to", "")
    old = request.args.get("from", "")
    new = new if new in values else (values[0] if values else "")
    older = values[values.index(new) + 1 :] if new in values else []
    old = old if old in values else (older[0] if older else new)
    if not values or old == new:
        page = ComparePage(
            head=document_head(document, tab="compare"),
            texts=tuple(texts),
            old=old,
            new=new,
            sections=(),
            outline=(),
            changed_count=0,
            total_count=0,
            problem=gettext("Choose two different texts.")
            if values
            else gettext("There is nothing to compare yet."),
        )
        return render_template("comparison/show.html", page=page)
    before, after = _read(document, old), _read(document, new)
    sections = _compared(document, before, after, sees_draft)
    page = ComparePage(
        head=document_head(document, tab="compare"),
        texts=tuple(texts),
        old=old,
        new=new,
        sections=tuple(sections),
        outline=tuple(
            OutlineEntry(section.label, section.title, f"#{section.anchor}", change=section.change)
            for section in sections
        ),
        changed_count=len(sections),
        total_count=len(after.sections),
    )
    return render_template("comparison/show.html", page=page)


def _texts(document: DocumentRow, sees_draft: bool) -> list[tuple[str, str]]:
    """Everything one may compare, the newest first."""
    versions = queries.list_versions(document.id)
    found = [
        (f"v{row.number}", gettext("version %(number)s, %(label)s", number=row.number, label=row.label))
        for row in versions
    ]
    if sees_draft and versions:
        found.insert(
            0, (DRAFT, gettext("working draft after change %(number)s", number=document.last_change_no))
        )
    return found


def _read(document: DocumentRow, value: str) -> _Text:
    if value == DRAFT:
        return _Text(labelled(queries.list_draft_sections(document.id)), document.last_change_no)
    version = queries.get_version(document.id, int(value[1:]))
    return _Text(queries.list_version_sections(version.id), version.change_no)


def _compared(document: DocumentRow, before: _Text, after: _Text, sees_draft: bool) -> list[ComparedSection]:
    """Sections that differ, in the order of the new text; removed ones where they stood."""
    old = {section.section_id: section for section in before.sections}
    new = {section.section_id for section in after.sections}
    moved = _moved(before.sections, after.sections)
    causes = _causes(document, before.change_no, after.change_no, sees_draft)
    found: list[ComparedSection] = []
    gone = [section for section in before.sections if section.section_id not in new]
    order = {section.section_id: at for at, section in enumerate(before.sections)}
    for section in after.sections:
        was = old.get(section.section_id)
        reached = order.get(section.section_id, -1)
        while gone and 0 <= order[gone[0].section_id] < reached:
            found.append(_section(gone.pop(0), "removed", causes))
        if was is None:
            found.append(_section(section, "added", causes))
        elif was.plain != section.plain:
            found.append(
                _section(section, "moved" if section.section_id in moved else "changed", causes, was)
            )
        elif section.section_id in moved:
            found.append(_section(section, "moved", causes, was))
    return found + [_section(section, "removed", causes) for section in gone]


def _moved(before: list[SectionRow], after: list[SectionRow]) -> frozenset[str]:
    """Sections that left the order of the others."""
    order = {section.section_id: at for at, section in enumerate(before)}
    kept = [section.section_id for section in after if section.section_id in order]
    staying = heaviest_increasing([order[section_id] for section_id in kept], [1] * len(kept))
    return frozenset(kept) - {kept[at] for at in staying}


def _section(
    section: SectionRow, change: str, causes: dict[str, list[Cause]], was: SectionRow | None = None
) -> ComparedSection:
    if change == "removed":
        pieces = redline(_below_heading(section), "")
    elif was is None:
        pieces = redline("", _below_heading(section))
    elif was.heading == section.heading:
        pieces = shortened(redline(_below_heading(was), _below_heading(section)))
    else:
        pieces = shortened(redline(was.plain, section.plain))
    return ComparedSection(
        anchor=f"c-{section.section_id[:12]}",
        label=section.label,
        title=section.heading or gettext("(no heading)"),
        change=change,
        redline=pieces,
        causes=tuple(causes.get(section.section_id, ())),
    )


def _below_heading(section: SectionRow) -> str:
    """The plain text without the heading, which stands above it on the page anyway."""
    return section.plain.removeprefix(section.heading).lstrip("\n") if section.heading else section.plain


def _causes(document: DocumentRow, first: int, last: int, sees_draft: bool) -> dict[str, list[Cause]]:
    """What the changes after one and up to another come from, by section."""
    low, high = sorted((first, last))
    rows = drafting_queries.list_causes(document.id, after=low, until=high)
    comments = {
        comment.id: comment
        for comment in comment_queries.list_comments_by_id(
            {row.cause_ref for row in rows if row.cause_kind == "comment" and row.cause_ref},
            with_drafts=sees_draft,
        )
        if sees_draft or comment.consultation_id is not None
    }
    found: dict[str, list[Cause]] = defaultdict(list)
    for row in rows:
        comment = comments.get(row.cause_ref or 0) if row.cause_kind == "comment" else None
        if comment is not None:
            cause = Cause(
                text=gettext("Comment %(number)s", number=comment.number),
                href=url_for("comments.show", register_id=comment.register_id, number=comment.number),
                outcome=comment.answer.outcome if comment.answer else "",
                note=clipped(comment.text or "", 120),
            )
        else:
            cause = Cause(
                text=gettext("Change %(number)s", number=row.number),
                href=url_for("documents.change", slug=document.slug, number=row.number),
                note=clipped(row.note or "", 120) if sees_draft else "",
            )
        found[row.section_id].append(cause)
    return found
