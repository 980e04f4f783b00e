"""The glossary of a version or of the working draft."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_babel import gettext

from consult.domain.errors import NotFound
from consult.domain.policy.permissions import Permission
from consult.domain.text.cross_references import SIGNS
from consult.domain.text.definitions import FORMULAS
from consult.services.definitions import find_terms
from consult.services.exports import text_of
from consult.storage.queries import documents as queries
from consult.web.definitions.presenters import Entry, GlossaryPage
from consult.web.shared.addresses import whole_number
from consult.web.shared.group_work import part_title
from consult.web.shared.heads import document_head, may
from consult.web.shared.presenters import Link
from consult.web.shared.viewers import current_actor, current_viewer

DRAFT = "draft"


def show(slug: str) -> str:
    """The terms in the order of the alphabet; ``?version=`` names a version or "draft", else it is the last version."""
    document = queries.get_document(slug, current_viewer())
    asked = request.args.get("version", "")
    number = None if asked == DRAFT else document.last_version_no or None
    if asked not in ("", DRAFT):
        number = whole_number(asked)
        if number is None:
            raise NotFound("version")
    sections, _, _ = text_of(current_actor(), document, number)
    parts = {section.section_id: section for section in sections}

    def link(section_id: str) -> Link:
        anchor = f"s-{section_id[:SIGNS]}"
        href = (
            url_for("documents.version", slug=slug, number=number, _anchor=anchor)
            if number
            else url_for("documents.draft", slug=slug, _anchor=anchor)
        )
        return Link(part_title(parts[section_id]), href)

    page = GlossaryPage(
        head=document_head(
            document,
            version=queries.get_version(document.id, number) if number else None,
            state_text=""
            if number
            else gettext("working draft after change %(number)s", number=document.last_change_no),
        ),
        entries=tuple(
            Entry(
                anchor=term.anchor,
                term=term.definition.term,
                meaning=term.definition.meaning,
                defined=link(term.section_id),
                used=tuple(link(section_id) for section_id in term.used_in),
            )
            for term in find_terms(document, sections).terms
        ),
        back_href=url_for("documents.version", slug=slug, number=number)
        if number
        else url_for("documents.draft", slug=slug),
        formula=FORMULAS.get(document.language, FORMULAS["pl"])
        if number is None and may(Permission.EDIT_DRAFT, document)
        else "",
    )
    return render_template("definitions/show.html", page=page)
