"""Documents: created, made of a file, revised with a new file, published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from consult.domain.diffing.alignment import Alignment, LineageHint, OldSection, State, align
from consult.domain.diffing.alignment.lineage import LineageKind
from consult.domain.diffing.tokens import heaviest_increasing
from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.history.chain import ManifestRow, version_checksum
from consult.domain.history.events import DocumentCreated, DocumentImported, DocumentRevised, VersionPublished
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.text import markup, numbering, outline, ranks
from consult.domain.text.normalise import admit
from consult.domain.text.outline import Piece
from consult.domain.text.slugs import slug_of
from consult.ports.imports import ImportedText, Remark
from consult.services.attachments import publish_attachments
from consult.services.authority import require
from consult.services.changes import Cause, Draft, Put, new_section_id, record_change
from consult.services.drafting import LONGEST_SOURCE, check_note, checked_title, get_editable
from consult.services.imported_pictures import keep_pictures, make_pictures
from consult.services.imported_references import ids_for
from consult.services.placements import WordsWent
from consult.services.section_notes import publish_notes
from consult.storage.models import Document, Version, VersionSection
from consult.storage.queries import documents as queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.storage.unit_of_work import Work, current_ports, unit_of_work

KINDS = ("standard", "strategy", "programme", "regulation", "model", "other")
LANGUAGES = ("pl", "en")
LONGEST_LABEL = 200
NAMES_OF_PAGES = frozenset({"new", "import"})
"""Names no document gets in addresses, since pages beside the documents have them."""

MOST_SECTIONS = 5_000


@dataclass(frozen=True, slots=True)
class Imported:
    """A document made of a file: its name in addresses, its first change, and what was not understood."""

    slug: str
    change_no: int
    sections: int
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Revised:
    """A working draft brought to the text of a file; `change_no` is None when nothing differed."""

    change_no: int | None
    kept: int
    changed: int
    moved: int
    added: int
    removed: int
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Published:
    number: int
    checksum: str


def create_document(
    actor: Actor, *, title: str, kind: str, host_id: int | None = None, language: str = "pl", now: datetime
) -> str:
    """Begin a document with nothing but its title; returns its name in addresses."""
    words = checked_title(title)
    with unit_of_work() as work:
        document = _new_document(work, actor, words, kind, host_id, language, now=now)
        source = outline.retitle("# x\n", words)
        put = Put(new_section_id(), source, ranks.between(None, None), is_new=True)
        record_change(work, document, actor, Draft("create", [put]), now=now)
        work.record(DocumentCreated(str(document.id)), at=now, actor_ref=actor.id)
        return document.slug


def read_file(content: bytes, filename: str) -> ImportedText:
    """The Markdown of a file by its ending, its pictures made anew. Not to be called in a transaction. Raises InvalidInput for formats not read here and files refused."""
    readers = current_ports().readers
    ending = PurePath(filename).suffix.lstrip(".").lower()
    reader = readers.get(ending)
    if reader is None:
        raise InvalidInput("file_format", field="file", ending=ending[:20], taken=", ".join(sorted(readers)))
    if not content.strip():
        raise InvalidInput("file_empty", field="file")
    text = reader.read(content, filename=filename)
    if not text.source.strip():
        raise InvalidInput("file_empty", field="file")
    return make_pictures(text)


def import_document(
    actor: Actor,
    *,
    content: bytes,
    filename: str,
    title: str = "",
    kind: str,
    host_id: int | None = None,
    language: str = "pl",
    now: datetime,
) -> Imported:
    """Make a document of a file: headings become the tree, the sources of its sections are the file's text."""
    text = read_file(content, filename)
    return keep_import(
        actor,
        text,
        text.source,
        title=title or text.title or PurePath(filename).stem,
        kind=kind,
        host_id=host_id,
        language=language,
        now=now,
    )


def keep_import(
    actor: Actor,
    text: ImportedText,
    source: str,
    *,
    title: str,
    kind: str,
    host_id: int | None,
    language: str,
    now: datetime,
) -> Imported:
    """Make a document of a file that was read; `source` is its text as a person arranged it."""
    pieces = pieces_of(source)
    with unit_of_work() as work:
        document = _new_document(work, actor, checked_title(title), kind, host_id, language, now=now)
        keep_pictures(work, actor, document.id, text.pictures, now=now)
        places = ranks.spread(None, None, len(pieces))
        ids, lost = ids_for(pieces)
        puts = [
            Put(section_id, piece.source, rank, is_new=True)
            for section_id, piece, rank in zip(ids, pieces, places, strict=True)
        ]
        recorded = record_change(work, document, actor, Draft("import", puts, cause=Cause("import")), now=now)
        work.record(DocumentImported(str(document.id), str(recorded.id)), at=now, actor_ref=actor.id)
        return Imported(document.slug, recorded.number, len(pieces), (*text.remarks, *lost))


def align_with_file(sections: Sequence[SectionRow], source: str) -> tuple[tuple[Piece, ...], Alignment[str]]:
    """The sections of a file's text, and which standing section each continues."""
    pieces = pieces_of(source)
    old = [
        OldSection(section.section_id, section.heading, section.level, section.source) for section in sections
    ]
    return pieces, align(old, pieces)


def revise_document(
    actor: Actor, slug: str, *, content: bytes, filename: str, note: str = "", now: datetime
) -> Revised:
    """Bring the working draft to the text of a file in one change; sections keep their identity."""
    text = read_file(content, filename)
    return keep_revision(actor, slug, text, text.source, note=note, now=now)


def keep_revision(
    actor: Actor, slug: str, text: ImportedText, source: str, *, note: str, now: datetime
) -> Revised:
    """Bring the working draft to a file that was read; `source` is its text as it was chosen."""
    check_note(note)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        queries.lock_document(document.id)
        keep_pictures(work, actor, document.id, text.pictures, now=now)
        sections = queries.list_draft_sections(document.id)
        pieces, alignment = align_with_file(sections, source)
        draft = _revision(sections, pieces, alignment, note)
        change_no = None
        if draft.puts or draft.removals:
            recorded = record_change(work, document, actor, draft, now=now)
            change_no = recorded.number
            work.record(DocumentRevised(str(document.id), str(recorded.id)), at=now, actor_ref=actor.id)
        counts = alignment.count()
        return Revised(
            change_no=change_no,
            kept=counts[State.KEPT],
            changed=counts[State.CHANGED] + counts[State.RENAMED],
            moved=counts[State.MOVED],
            added=counts[State.ADDED],
            removed=counts[State.REMOVED],
            remarks=text.remarks,
        )


def publish_version(actor: Actor, slug: str, *, label: str, now: datetime) -> Published:
    """Freeze the working draft as a version with its labels as printed and a checksum over its manifest."""
    words = " ".join(admit(label, field="label").split())
    if not words:
        raise InvalidInput("label_empty", field="label")
    if len(words) > LONGEST_LABEL:
        raise InvalidInput("label_too_long", field="label", limit=LONGEST_LABEL)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        require(actor, Permission.PUBLISH_VERSION, Target(host_id=document.host_id))
        row = queries.lock_document(document.id)
        sections = queries.list_draft_sections(document.id)
        if not any(section.plain.strip() for section in sections):
            raise RuleBroken("nothing_to_publish")
        manifest = manifest_of(sections)
        number = row.last_version_no + 1
        version = Version(
            document_id=document.id,
            number=number,
            label=words,
            change_no=row.last_change_no,
            change_hash=row.head_hash,
            checksum=version_checksum(manifest),
            definitions=markup.definitions([section.source for section in sections]),
            published_at=now,
            published_by=actor.id,
        )
        work.add(version)
        row.last_version_no = number
        work.flush()
        work.add(
            *(
                VersionSection(
                    version_id=version.id,
                    ordinal=line.ordinal,
                    section_id=line.section_id,
                    text_id=section.text_id,
                    depth=line.depth,
                    label=line.label,
                    hash=line.leaf().hex(),
                )
                for line, section in zip(manifest, sections, strict=True)
            )
        )
        publish_notes(work, document.id, version.id)
        publish_attachments(work, document.id, version.id)
        work.record(VersionPublished(str(document.id), str(version.id)), at=now, actor_ref=actor.id)
        return Published(number, version.checksum)


def manifest_of(sections: Sequence[SectionRow]) -> list[ManifestRow]:
    """The manifest of sections in reading order, with depths and labels as they would be printed now."""
    levels = [section.level for section in sections]
    labels = numbering.labels([section.heading for section in sections], levels)
    return [
        ManifestRow(
            ordinal=ordinal,
            section_id=section.section_id,
            depth=depth + 1 if section.level else 0,
            level=section.level,
            label=label,
            heading=section.heading,
            text_digest=section.digest,
        )
        for ordinal, (section, depth, label) in enumerate(
            zip(sections, outline.depths(levels), labels, strict=True)
        )
    ]


# What the acts share


def pieces_of(source: str) -> tuple[Piece, ...]:
    """The sections of a file's text. Raises InvalidInput for more than a document may have, and for one that is longer
    than an editor takes."""
    pieces = outline.split(source)
    if len(pieces) > MOST_SECTIONS:
        raise InvalidInput("too_many_sections", field="file", limit=MOST_SECTIONS)
    if any(len(piece.source) > LONGEST_SOURCE for piece in pieces):
        raise InvalidInput("text_too_long", field="file", limit=LONGEST_SOURCE)
    return pieces


def _new_document(
    work: Work, actor: Actor, title: str, kind: str, host_id: int | None, language: str, *, now: datetime
) -> DocumentRow:
    host = organisation_queries.get_host(host_id)
    require(actor, Permission.CREATE_DOCUMENT, Target(host_id=host.id))
    if kind not in KINDS:
        raise InvalidInput("document_kind", field="kind", taken=", ".join(KINDS))
    if language not in LANGUAGES:
        raise InvalidInput("language", field="language", taken=", ".join(LANGUAGES))
    document = Document(
        slug=free_slug(title),
        title=title,
        kind=kind,
        language=language,
        host_id=host.id,
        stage="drafting",
        created_at=now,
        changed_at=now,
        last_change_no=0,
        head_hash="",
        last_version_no=0,
    )
    work.add(document)
    work.flush()
    return queries.get_document_by_id(document.id)


def free_slug(title: str) -> str:
    """A name in addresses made of a title: Latin letters, digits and hyphens, taken by no other document."""
    stem = slug_of(title, otherwise="dokument")
    slug, number = stem, 1
    while slug in NAMES_OF_PAGES or queries.is_slug_taken(slug):
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _revision(
    sections: Sequence[SectionRow], pieces: Sequence[Piece], alignment: Alignment[str], note: str
) -> Draft:
    """What brings the standing sections to the pieces of a file: texts that differ and places that moved."""
    standing = {section.section_id: section for section in sections}
    order = {section.section_id: at for at, section in enumerate(sections)}
    continued = [piece.old_id for piece in alignment.pieces]
    staying = _staying([order[old] if old is not None else None for old in continued])
    places = _places(
        [
            standing[old].rank if old is not None and at in staying else None
            for at, old in enumerate(continued)
        ]
    )
    puts: list[Put] = []
    ids: list[str] = []
    for at, (piece, old) in enumerate(zip(pieces, continued, strict=True)):
        section = standing.get(old) if old is not None else None
        ids.append(section.section_id if section else new_section_id())
        source = None if section and section.source == piece.source else piece.source
        rank = None if section and section.rank == places[at] else places[at]
        if section is None or source is not None or rank is not None:
            puts.append(Put(ids[at], source, rank, is_new=section is None))
    return Draft(
        "revise",
        puts,
        removals=alignment.removed,
        lineage=[_went(hint, ids, standing, pieces) for hint in alignment.lineage],
        note=note,
    )


def _staying(old_places: Sequence[int | None]) -> frozenset[int]:
    """Indices of pieces whose sections stay where they are while the others move around them."""
    known = [(at, place) for at, place in enumerate(old_places) if place is not None]
    kept = heaviest_increasing([place for _, place in known], [1] * len(known))
    return frozenset(known[index][0] for index in kept)


def _places(fixed: Sequence[str | None]) -> list[str]:
    """Ranks for pieces in order: the fixed ones as they are, the others spread between them."""
    places: list[str] = []
    at = 0
    while at < len(fixed):
        rank = fixed[at]
        if rank is not None:
            places.append(rank)
            at += 1
            continue
        end = at
        while end < len(fixed) and fixed[end] is None:
            end += 1
        after = fixed[end] if end < len(fixed) else None
        places += ranks.spread(places[-1] if places else None, after, end - at)
        at = end
    return places


def _went(
    hint: LineageHint[str], ids: Sequence[str], standing: dict[str, SectionRow], pieces: Sequence[Piece]
) -> WordsWent:
    old, piece = standing[hint.old_id], pieces[hint.new_index]
    whole = piece.source if hint.kind is LineageKind.SPLIT else old.source
    start = max(old.source.find(whole.strip()), 0)
    return WordsWent(
        kind=str(hint.kind),
        from_section=hint.old_id,
        from_start=start,
        from_end=min(start + len(whole.strip()), len(old.source)),
        to_section=ids[hint.new_index],
        to_start=max(piece.source.find(whole.strip()), 0),
    )
