"""The references between the parts of a working draft."""

from __future__ import annotations

from collections import defaultdict

from flask import render_template, url_for
from flask_babel import gettext

from consult.domain.policy.permissions import Permission
from consult.domain.text.cross_references import marker
from consult.services.cross_references import list_draft_references
from consult.web.cross_references.presenters import LostReference, ReferencesPage, ReferredPart
from consult.web.shared.group_work import get_drafted, part_href, part_title, standing_parts
from consult.web.shared.heads import document_head, may
from consult.web.shared.presenters import Link


def show(slug: str) -> str:
    """References that lead nowhere first; then every part with what refers to it and how to refer to it."""
    document = get_drafted(slug)
    parts = standing_parts(document)
    found = list_draft_references(document)
    can_edit = may(Permission.EDIT_DRAFT, document)
    referring: dict[str, dict[str, None]] = defaultdict(dict)
    for reference in found.standing:
        referring[reference.to_section][reference.from_section] = None
    page = ReferencesPage(
        head=document_head(
            document,
            state_text=gettext("working draft after change %(number)s", number=document.last_change_no),
        ),
        lost=tuple(
            LostReference(
                words=one.words,
                place=part_title(parts[one.section_id]),
                href=part_href(document, one.section_id),
                edit_href=url_for("documents.edit", slug=slug, section_id=one.section_id) if can_edit else "",
                was=one.was,
            )
            for one in found.dangling
        ),
        parts=tuple(
            ReferredPart(
                title=part_title(section),
                href=part_href(document, section_id),
                marker=marker(section_id, section.label, section.heading),
                referring=tuple(
                    Link(part_title(parts[other]), part_href(document, other))
                    for other in referring[section_id]
                ),
            )
            for section_id, section in parts.items()
            if section.heading
        ),
        count=len(found.standing),
        back_href=url_for("documents.plan", slug=slug),
    )
    return render_template("cross_references/show.html", page=page)
