"""What the views of proposals share."""

from __future__ import annotations

from collections.abc import Collection

from flask import url_for
from flask_babel import gettext

from consult.storage.queries import documents as document_queries
from consult.storage.queries import proposals as queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.storage.queries.proposals import PartRow, ProposalRow
from consult.web.proposals.presenters import colliding, met_in
from consult.web.shared.heads import document_head
from consult.web.shared.presenters import DocumentHead, Link


def head_of(document: DocumentRow) -> DocumentHead:
    return document_head(
        document,
        state_text=gettext("working draft after change %(number)s", number=document.last_change_no),
    )


def name_of(row_name: str) -> str:
    return row_name or gettext("[name removed]")


def proposal_href(document: DocumentRow, number: int, *, anchor: str | None = None) -> str:
    return url_for("proposals.show", slug=document.slug, number=number, _anchor=anchor)


def bases_of(parts: Collection[PartRow]) -> dict[int, str]:
    """The sources parts go from and first went from, by text."""
    ids = sorted({key for part in parts for key in (part.base_text_id, part.first_text_id) if key})
    return {text.id: text.source for text in document_queries.list_texts(ids)}


def collisions(document: DocumentRow, sections: dict[str, SectionRow]) -> dict[int, set[int]]:
    """Undecided proposals that cannot both be had, by id."""
    parts = queries.list_undecided_parts(document.id)
    return colliding(met_in(parts, sections, bases_of(parts)))


def links_to(document: DocumentRow, rows: dict[int, ProposalRow], ids: Collection[int]) -> tuple[Link, ...]:
    return tuple(
        Link(
            gettext("proposal %(number)s", number=row.number),
            proposal_href(document, row.number),
        )
        for row in sorted((rows[key] for key in ids if key in rows), key=lambda row: row.number)
    )
