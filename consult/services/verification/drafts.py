"""The working draft: the texts its changes left, which stood where, and where their words come from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from consult.domain.history.chain import text_digest
from consult.domain.text import markup, outline
from consult.domain.text.plain import plain_of
from consult.services.changes import html_digest
from consult.services.provenance.keeping import list_altered_origins
from consult.services.verification.records import Record, Wrong
from consult.storage.queries.verification import TextRecord

State = tuple[str, str]
"""Where a section stands: the digest of its text, and its rank."""

Spans = Sequence[tuple[int, int | None, State]]


def source_faults(record: Record) -> Iterator[Wrong]:
    """The words of a text are those its digest was made of."""
    for text in record.texts:
        if text_digest(text.source) != text.digest:
            yield "text", str(text.id), "altered"


def recording_faults(record: Record) -> Iterator[Wrong]:
    """A text is one that its change recorded."""
    recorded = _recorded(record)
    for text in record.texts:
        if recorded.get((text.change_id, text.section_id), ("", ""))[0] != text.digest:
            yield "text", str(text.id), "unrecorded"


def rendering_faults(record: Record) -> Iterator[Wrong]:
    """A text is shown as its change recorded, and what is read off it is what it says."""
    recorded = _recorded(record)
    for text in record.texts:
        said = recorded.get((text.change_id, text.section_id))
        if said is not None and (html_digest(text.html) != said[1] or not _is_read_off(text)):
            yield "text", str(text.id), "rendering"


def lost_text_faults(record: Record) -> Iterator[Wrong]:
    """Every text a change recorded is kept, once."""
    kept = Counter((text.change_id, text.section_id) for text in record.texts)
    numbers = {change.id: change.number for change in record.changes}
    for place in _recorded(record):
        if kept[place] != 1:
            yield "text", f"{place[1]} of change {numbers[place[0]]}", "missing"


def _recorded(record: Record) -> dict[tuple[int, str], tuple[str, str]]:
    """(digest of the source, digest of how it is shown) by change and section."""
    return {
        (change.id, operation["section"]): (operation["text"], operation.get("html", ""))
        for change, body in record.read_changes()
        for operation in body["operations"]
        if operation["op"] == "text"
    }


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


def parent_faults(record: Record) -> Iterator[Wrong]:
    """The outline as it stands now follows from order and heading levels."""
    texts = {text.id: text for text in record.texts}
    standing = sorted(
        (row for row in record.occupancies if row.until_no is None and row.text_id in texts),
        key=lambda row: row.rank,
    )
    parents = outline.nest([texts[row.text_id].level for row in standing])
    for row, parent in zip(standing, parents, strict=True):
        if row.parent_id != (standing[parent].section_id if parent is not None else None):
            yield "occupancy", row.section_id, "parent"


# Origins


def origin_faults(record: Record) -> Iterator[Wrong]:
    """What is kept of where words come from is what follows from the texts; `documents rebuild-provenance` puts it right."""
    for text_id in list_altered_origins(record.document.id, until=record.document.last_change_no):
        yield "provenance", str(text_id), "altered"
