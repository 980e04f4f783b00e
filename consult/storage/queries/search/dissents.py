"""Dissenting opinions: found by those at work on the draft, and by everybody once they are published with a version."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select

from consult.storage.database import db
from consult.storage.models.documents import Document, Version, VersionSection
from consult.storage.models.organisations import Organisation
from consult.storage.models.section_statuses import DissentingOpinion
from consult.storage.queries.search.known import Known
from consult.storage.queries.viewers import Viewer, drafted_by_viewer


def read_dissents(ids: Sequence[int], viewer: Viewer) -> list[Known]:
    """Opinions with the last version they are published with; none that was withdrawn."""
    published_in = (
        select(func.max(Version.number))
        .join(VersionSection, VersionSection.version_id == Version.id)
        .where(
            DissentingOpinion.is_public,
            Version.document_id == DissentingOpinion.document_id,
            Version.change_no >= DissentingOpinion.change_no,
            VersionSection.section_id == DissentingOpinion.section_id,
        )
        .correlate(DissentingOpinion)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(DissentingOpinion, Document, Organisation.name, published_in)
        .join(Document, Document.id == DissentingOpinion.document_id)
        .outerjoin(Organisation, Organisation.id == DissentingOpinion.organisation_id)
        .where(
            and_(DissentingOpinion.id.in_(ids), DissentingOpinion.withdrawn_at.is_(None)),
            or_(published_in.is_not(None), drafted_by_viewer(Document.host_id, Document.id, viewer)),
        )
    )
    return [
        Known(
            kind="dissent",
            row_id=dissent.id,
            title="",
            body=dissent.text,
            at=dissent.at,
            made_of=(dissent.text, organisation),
            host_id=document.host_id,
            host_name=organisation or "",
            document_id=document.id,
            document_slug=document.slug,
            document_title=document.title,
            language=document.language,
            fields=(("organisation", organisation), ("author", organisation)) if organisation else (),
            section_id=dissent.section_id,
            versions=(version,) if version else (),
        )
        for dissent, document, organisation, version in rows
    ]
