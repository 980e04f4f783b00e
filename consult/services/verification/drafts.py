"""The working draft: its changes, the texts they left, and which stood where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from consult.domain.history.chain import Link, moment, text_digest, verify_chain
from consult.domain.text import markup, outline
from consult.domain.text.plain import plain_of
from consult.services.changes import html_digest
from consult.services.verification.records import Record, Wrong, is_true
from consult.storage.queries import verification as queries
from consult.storage.queries.verification import ChangeRecord, TextRecord

State = tuple[str, str]
"""Where a section stands: the digest of its text, and its rank."""

Spans = Sequence[tuple[int, int | None, State]]


def change_faults(record: Record) -> Iterator[Wrong]:
    """Every change is what its hash was made of, follows the one before, and its row repeats it."""
    links = []
    for change, body in zip(record.changes, record.bodies, strict=True):
        if body is None:
            yield "change", str(change.number), "unreadable"
            return
        links.append(Link(body, change.hash))
    bad = verify_chain(links)
    if bad:
        yield "change", str(record.changes[bad.at].number), bad.fault
        return
    for change, link in zip(record.changes, links, strict=True):
        if not _repeats(change, link.body, record.document.slug):
            yield "change", str(change.number), "altered"
    last = record.changes[-1].number if record.changes else 0
    if last != record.document.last_change_no:
        yield "change", str(max(last, record.document.last_change_no)), "missing"
    if record.changes and record.changes[-1].hash != record.document.head_hash:
        yield "change", str(last), "head"
    yield from _seal_faults(record)


def _repeats(change: ChangeRecord, body: Mapping[str, Any], slug: str) -> bool:
    cause = body["cause"] or {"kind": "", "ref": None}
    return (
        body["document"] == slug
        and body["number"] == change.number
        and (body["prev"] or "") == change.prev_hash
        and body["at"] == moment(change.at)
        and (cause["kind"], cause["ref"]) == (change.cause_kind, change.cause_ref)
    )


def _seal_faults(record: Record) -> Iterator[Wrong]:
    seals = queries.list_seals(
        [seal_id for change in record.changes for seal_id in (change.actor_seal_id, change.note_seal_id)]
    )
    for change, body in zip(record.changes, record.bodies, strict=True):
        assert body is not None  # noqa: S101 - checked with the chain
        for seal_id, digest in ((change.actor_seal_id, body["actor"]), (change.note_seal_id, body["note"])):
            if not is_true(seals.get(seal_id), digest):
                yield "seal", str(change.number), "altered"


# Texts


def text_faults(record: Record) -> Iterator[Wrong]:
    """Every text is the one its change recorded, and what is read off it is what it says."""
    recorded: dict[int, dict[str, tuple[str, str]]] = {
        change.id: {
            operation["section"]: (operation["text"], operation.get("html", ""))
            for operation in body["operations"]
            if operation["op"] == "text"
        }
        for change, body in zip(record.changes, record.bodies, strict=True)
        if body is not None
    }
    for text in record.texts:
        said = recorded.get(text.change_id, {}).pop(text.section_id, None)
        if text_digest(text.source) != text.digest:
            yield "text", str(text.id), "altered"
        elif said is None or said[0] != text.digest:
            yield "text", str(text.id), "unrecorded"
        elif html_digest(text.html) != said[1] or not _is_read_off(text):
            yield "text", str(text.id), "rendering"
    numbers = {change.id: change.number for change in record.changes}
    for change_id, missing in recorded.items():
        for section_id in missing:
            yield "text", f"{section_id} of change {numbers[change_id]}", "missing"


def _is_read_off(text: TextRecord) -> bool:
    return (text.level, text.heading, text.plain, text.definitions) == (
        outline.level_of(text.source),
        outline.heading_of(text.source),
        plain_of(text.html),
        markup.definitions([text.source]),
    )


# Standing


def standing_faults(record: Record) -> Iterator[Wrong]:
    """What is kept of which text stood where is what the changes, replayed, say."""
    texts = {text.id: text for text in record.texts}
    replayed = _replay(record)
    kept: dict[str, list[tuple[int, int | None, State]]] = defaultdict(list)
    for row in record.occupancies:
        text = texts.get(row.text_id)
        digest = text.digest if text and text.section_id == row.section_id else ""
        kept[row.section_id].append((row.from_no, row.until_no, (digest, row.rank)))
    for section_id in sorted({*replayed, *kept}):
        if _merged(replayed.get(section_id, [])) != _merged(kept.get(section_id, [])):
            yield "occupancy", section_id, "altered"
    yield from _parent_faults(record, texts)


def _replay(record: Record) -> dict[str, list[tuple[int, int | None, State]]]:
    """When each section stood how, as spans of changes."""
    stands: dict[str, tuple[int, State]] = {}
    spans: dict[str, list[tuple[int, int | None, State]]] = defaultdict(list)
    for number, operations in record.operations():
        after: dict[str, State | None] = {}
        for operation in operations:
            if "section" not in operation:
                continue  # names an earlier change, and moves nothing
            section_id = operation["section"]
            standing = stands.get(section_id)
            before = after.get(section_id, standing[1] if standing else None) or ("", "")
            match operation["op"]:
                case "text":
                    after[section_id] = (operation["text"], before[1])
                case "place":
                    after[section_id] = (before[0], operation["rank"])
                case "remove":
                    after[section_id] = None
        for section_id, state in after.items():
            if section_id in stands:
                began, was = stands.pop(section_id)
                spans[section_id].append((began, number, was))
            if state is not None:
                stands[section_id] = (number, state)
    for section_id, (began, state) in stands.items():
        spans[section_id].append((began, None, state))
    return spans


def _merged(spans: Spans) -> list[tuple[int, int | None, State]]:
    """Spans in order, with neighbours of one state as one: a span may begin where only the section above changed."""
    merged: list[tuple[int, int | None, State]] = []
    for began, ended, state in sorted(spans, key=lambda span: span[0]):
        if merged and merged[-1][1] == began and merged[-1][2] == state:
            merged[-1] = (merged[-1][0], ended, state)
        else:
            merged.append((began, ended, state))
    return merged


def _parent_faults(record: Record, texts: Mapping[int, TextRecord]) -> Iterator[Wrong]:
    """The outline as it stands now follows from order and heading levels."""
    standing = sorted(
        (row for row in record.occupancies if row.until_no is None and row.text_id in texts),
        key=lambda row: row.rank,
    )
    parents = outline.nest([texts[row.text_id].level for row in standing])
    for row, parent in zip(standing, parents, strict=True):
        if row.parent_id != (standing[parent].section_id if parent is not None else None):
            yield "occupancy", row.section_id, "altered"
