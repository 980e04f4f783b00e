"""Recomputing every hash of a document: texts, changes, standing, versions, receipts, sealed values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from consult.domain.history.canonical import tagged
from consult.domain.history.chain import (
    Link,
    ManifestRow,
    is_sealed_by,
    receipt_hash,
    text_digest,
    verify_chain,
    version_checksum,
)
from consult.domain.policy.actors import Actor
from consult.services.comments import COMMENT_FORMAT
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that does not hold: what it is (change, text, occupancy, version, receipt, seal), which, and why."""

    document: str
    record: str
    ref: str
    fault: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was recomputed for a document, and the first record that does not hold, if any."""

    document: str
    changes: int
    texts: int
    versions: int
    receipts: int
    head: str
    fault: Fault | None


def verify_documents(actor: Actor, slug: str | None = None) -> list[Verified]:
    """Verify one document or all the actor may know of."""
    viewer = Viewer.of(actor)
    documents = (
        [document_queries.get_document(slug, viewer)] if slug else document_queries.list_documents(viewer)
    )
    return [_verify(document) for document in documents]


def _verify(document: DocumentRow) -> Verified:
    changes = queries.list_change_bodies(document.id)
    texts = queries.list_all_texts(document.id)
    versions = document_queries.list_versions(document.id)
    submissions = comment_queries.list_submissions(document.id)
    faults = _faults(document)
    first = next(faults, None)
    return Verified(
        document=document.slug,
        changes=len(changes),
        texts=len(texts),
        versions=len(versions),
        receipts=len(submissions),
        head=document.head_hash,
        fault=Fault(document.slug, *first) if first else None,
    )


def _faults(document: DocumentRow) -> Iterator[tuple[str, str, str]]:
    yield from _changes(document)
    yield from _texts(document)
    yield from _standing(document)
    yield from _versions(document)
    yield from _receipts(document)


def _changes(document: DocumentRow) -> Iterator[tuple[str, str, str]]:
    rows = queries.list_change_bodies(document.id)
    links = [Link(json.loads(row[2]), row[4]) for row in rows]
    bad = verify_chain(links)
    if bad:
        yield "change", str(rows[bad.at][1]), bad.fault
    for row, link in zip(rows, links, strict=True):
        if link.body["number"] != row[1] or (link.body["prev"] or "") != row[3]:
            yield "change", str(row[1]), "altered"
    if rows and rows[-1][4] != document.head_hash:
        yield "change", str(rows[-1][1]), "head"
    if len(rows) != document.last_change_no:
        yield "change", str(document.last_change_no), "missing"
    yield from _seals({row[5]: (row[1], links[at].body["actor"]) for at, row in enumerate(rows)})
    yield from _seals({row[6]: (row[1], links[at].body["note"]) for at, row in enumerate(rows)})


def _seals(named: Mapping[int, tuple[int, object]]) -> Iterator[tuple[str, str, str]]:
    """Sealed values say what the record's digest says they say, unless they were erased."""
    for seal_id, digest, salt, value in queries.list_seals(list(named)):
        number, recorded = named[seal_id]
        if digest != recorded or (
            salt is not None and value is not None and not is_sealed_by(digest, value, salt)
        ):
            yield "seal", str(number), "altered"


def _texts(document: DocumentRow) -> Iterator[tuple[str, str, str]]:
    """Every text has the digest its change recorded."""
    recorded: dict[int, set[tuple[str, str]]] = {}
    for row in queries.list_change_bodies(document.id):
        recorded[row[0]] = {
            (operation["section"], operation["text"])
            for operation in json.loads(row[2])["operations"]
            if operation["op"] == "text"
        }
    for text_id, section_id, change_id, source, digest, _level in queries.list_all_texts(document.id):
        if text_digest(source) != digest:
            yield "text", str(text_id), "altered"
        if (section_id, digest) not in recorded.get(change_id, set()):
            yield "text", str(text_id), "unrecorded"


def _standing(document: DocumentRow) -> Iterator[tuple[str, str, str]]:
    """What stood during which changes is what the changes, replayed, say stood then."""
    digests = {row[0]: row[4] for row in queries.list_all_texts(document.id)}
    stands: dict[str, tuple[str, str]] = {}
    replayed: dict[str, list[tuple[int, tuple[str, str] | None]]] = {}
    for row in queries.list_change_bodies(document.id):
        touched = {}
        for operation in json.loads(row[2])["operations"]:
            touched[operation["section"]] = stands.get(operation["section"])
            _replay(stands, operation)
        for section_id in touched:
            replayed.setdefault(section_id, []).append((row[1], stands.get(section_id)))
    kept: dict[str, list[tuple[int, int | None, tuple[str, str]]]] = {}
    for occupancy in queries.list_occupancies(document.id):
        state = (digests.get(occupancy.text_id, ""), occupancy.rank)
        kept.setdefault(occupancy.section_id, []).append((occupancy.from_no, occupancy.until_no, state))
    for section_id in sorted(set(replayed) | set(kept)):
        if not _agree(replayed.get(section_id, []), kept.get(section_id, [])):
            yield "occupancy", section_id, "altered"


def _agree(
    replayed: Sequence[tuple[int, tuple[str, str] | None]],
    kept: Sequence[tuple[int, int | None, tuple[str, str]]],
) -> bool:
    """Whether the kept spans say the same as the replayed states, at every change that touched the section.

    A span may also begin where only the section above it changed, so spans are asked rather than compared.
    """
    for before, after in pairwise(kept):
        if before[1] is None or before[1] > after[0]:
            return False
    for number, state in replayed:
        standing = [span[2] for span in kept if span[0] <= number and (span[1] is None or number < span[1])]
        if standing != ([] if state is None else [state]):
            return False
    return True


def _replay(stands: dict[str, tuple[str, str]], operation: Mapping[str, Any]) -> None:
    section_id = operation["section"]
    digest, rank = stands.get(section_id, ("", ""))
    match operation["op"]:
        case "text":
            stands[section_id] = (operation["text"], rank)
        case "place":
            stands[section_id] = (digest, operation["rank"])
        case "remove":
            stands.pop(section_id, None)


def _versions(document: DocumentRow) -> Iterator[tuple[str, str, str]]:
    heads = {row[1]: row[4] for row in queries.list_change_bodies(document.id)}
    for version in document_queries.list_versions(document.id):
        manifest = [
            ManifestRow(
                ordinal=ordinal,
                section_id=section.section_id,
                depth=section.depth,
                level=section.level,
                label=section.label,
                heading=section.heading,
                text_digest=text_digest(section.source),
            )
            for ordinal, section in enumerate(document_queries.list_version_sections(version.id))
        ]
        if version_checksum(manifest) != version.checksum:
            yield "version", str(version.number), "altered"
        if heads.get(version.change_no) != version.change_hash:
            yield "version", str(version.number), "broken_link"


def _receipts(document: DocumentRow) -> Iterator[tuple[str, str, str]]:
    prev: dict[int, str] = {}
    expected: dict[int, int] = {}
    for submission in comment_queries.list_submissions(document.id):
        records = json.loads(submission.body)
        recomputed = receipt_hash(
            register=f"{document.slug}/{submission.register_id}",
            receipt_no=str(submission.receipt_no),
            received_at=submission.received_at,
            comments=[hashlib.sha256(tagged(COMMENT_FORMAT, record)).hexdigest() for record in records],
            prev=prev.get(submission.register_id) or None,
        )
        ref = f"{submission.register_id}/{submission.receipt_no}"
        expected[submission.register_id] = expected.get(submission.register_id, 0) + 1
        if submission.receipt_no != expected[submission.register_id]:
            yield "receipt", ref, "out_of_order"
        if recomputed != submission.receipt_hash:
            yield "receipt", ref, "altered"
        prev[submission.register_id] = submission.receipt_hash
    yield from _comment_seals(document)


def _comment_seals(document: DocumentRow) -> Iterator[tuple[str, str, str]]:
    """The words of every comment are the words its receipt was given for, unless they were erased."""
    recorded: dict[tuple[int, int], Mapping[str, Any]] = {}
    for submission in comment_queries.list_submissions(document.id):
        for record in json.loads(submission.body):
            recorded[(submission.register_id, record["number"])] = record
    seen: set[tuple[int, int]] = set()
    for register_id, number, digest, value, salt in comment_queries.list_comment_seals(document.id):
        seen.add((register_id, number))
        record = recorded.get((register_id, number))
        ref = f"{register_id}/{number}"
        if (
            record is None
            or record["text"] != digest
            or (value is not None and salt is not None and not is_sealed_by(digest, value, salt))
        ):
            yield "comment", ref, "altered"
    for register_id, number in recorded.keys() - seen:
        yield "comment", f"{register_id}/{number}", "missing"
