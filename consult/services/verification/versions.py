"""Published versions: their manifests, checksums, and that they hold what the draft held then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consult.domain.history.chain import ManifestRow, text_digest, version_checksum
from consult.domain.text import markup
from consult.services.verification.records import Record, Wrong
from consult.storage.queries import documents as document_queries
from consult.storage.queries import verification as queries
from consult.storage.queries.documents import SectionRow, VersionRow


def order_faults(record: Record) -> Iterator[Wrong]:
    """Versions count up from 1, as far as the document counts them."""
    for at, version in enumerate(record.versions, start=1):
        if version.number != at:
            yield "version", str(at), "missing"
    if len(record.versions) != record.document.last_version_no:
        yield "version", str(record.document.last_version_no), "missing"


def manifest_faults(record: Record) -> Iterator[Wrong]:
    """The sections of a version are the leaves its checksum was made of."""
    for version in record.versions:
        manifest = _manifest(document_queries.list_version_sections(version.id))
        if version_checksum(manifest) != version.checksum or [
            line.leaf().hex() for line in manifest
        ] != queries.list_leaf_hashes(version.id):
            yield "version", str(version.number), "altered"


def definition_faults(record: Record) -> Iterator[Wrong]:
    """The definitions kept with a version are those its sections make."""
    for version in record.versions:
        sections = document_queries.list_version_sections(version.id)
        if markup.definitions([section.source for section in sections]) != version.definitions:
            yield "version", str(version.number), "definitions"


def anchor_faults(record: Record) -> Iterator[Wrong]:
    """A version names a change of the chain with its hash."""
    heads = {change.number: change.hash for change in record.changes}
    for version in record.versions:
        if heads.get(version.change_no) != version.change_hash:
            yield "version", str(version.number), "broken_link"


def content_faults(record: Record) -> Iterator[Wrong]:
    """A version holds what stood after its change."""
    for version in record.versions:
        sections = document_queries.list_version_sections(version.id)
        if not _holds_what_stood(record, version, sections):
            yield "version", str(version.number), "other_text"


def _manifest(sections: Sequence[SectionRow]) -> list[ManifestRow]:
    return [
        ManifestRow(
            ordinal=ordinal,
            section_id=section.section_id,
            depth=section.depth,
            level=section.level,
            label=section.label,
            heading=section.heading,
            text_digest=text_digest(section.source),
        )
        for ordinal, section in enumerate(sections)
    ]


def _holds_what_stood(record: Record, version: VersionRow, sections: Sequence[SectionRow]) -> bool:
    """Whether a version's texts are those of the working draft after its change, in their order."""
    stood = sorted(
        (row.rank, row.section_id, row.text_id)
        for row in record.occupancies
        if row.from_no <= version.change_no and (row.until_no is None or row.until_no > version.change_no)
    )
    return [row[1:] for row in stood] == [(section.section_id, section.text_id) for section in sections]
