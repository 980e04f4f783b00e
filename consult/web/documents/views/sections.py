"""What the pages on sections of a working draft share."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext

from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.web.documents.views.outline import anchor_of, title_of
from consult.web.shared.heads import document_head
from consult.web.shared.presenters import DocumentHead


def draft_head(document: DocumentRow) -> DocumentHead:
    state = gettext("working draft after change %(number)s", number=document.last_change_no)
    return document_head(document, state_text=state)


def positions_of(sections: Sequence[SectionRow]) -> tuple[tuple[str, str], ...]:
    return tuple((section.section_id, title_of(section)) for section in sections)


def back_to(slug: str, section: SectionRow) -> str:
    return url_for("documents.draft", slug=slug, _anchor=anchor_of(section))
