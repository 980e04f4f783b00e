"""The real revision pairs and the passages labelled in them, with the labels found false by eye put right."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

from consult.domain.text.spans import Span
from tests.real_data import real_data

SETS = ("ee", "ch", "de_bundestag", "quic")
ADJUDICATIONS = Path(__file__).with_name("adjudications.json")

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Label:
    """A passage of an old text and where it stands in the new one, None when it was deleted."""

    kind: str
    old: Span
    new: Span | None


@dataclass(frozen=True, slots=True)
class Revision:
    """An old and a new text, the passages as labelled, and the same as a reader would label them.

    The two lists run in parallel; an adjudicated label is None where no reader could say.
    """

    name: str
    old: str
    new: str
    raw: list[Label]
    adjudicated: list[Label | None]


@cache
def revisions(name: str) -> list[Revision]:
    """The pairs of one set that have labels."""
    return list(_read(name))


def _read(name: str) -> Iterator[Revision]:
    rulings = _rulings(name)
    by_text: dict[tuple[str, str], list[dict[str, object]]] = defaultdict(list)
    for entry in _lines(real_data("revisions", f"{name}.anchors.jsonl.gz")):
        by_text[str(entry["doc"]), str(entry["commit"])].append(entry)
    for entry in _lines(real_data("revisions", f"{name}.sample.jsonl.gz")):
        doc, commit = str(entry["doc"]), str(entry["commit"])
        if (doc, commit) not in by_text:
            continue
        raw = [_label(passage) for passage in by_text[doc, commit]]
        just = [rulings.get((doc, commit[:8], label.old.start), lambda same: same)(label) for label in raw]
        yield Revision(f"{name}/{doc}@{commit[:8]}", str(entry["old"]), str(entry["new"]), raw, just)


def _lines(path: Path) -> Iterator[dict[str, object]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _label(entry: dict) -> Label:
    new = None if entry["new_start"] is None else Span(entry["new_start"], entry["new_end"])
    return Label(entry["kind"], Span(entry["old_start"], entry["old_end"]), new)


def _rulings(name: str):
    """For each passage ruled upon, what becomes of its label.

    A ruling is a row: set, text, commit, start of the passage, reason, and the passage's true place in the new
    text. Without a place the passage is gone, or (reason "copies") nobody could say where it is.
    """
    rulings = {}
    for group, doc, commit, start, reason, new_start, new_end in json.loads(ADJUDICATIONS.read_text())[
        "labels"
    ]:
        if group != name:
            continue
        if reason == "copies":
            rulings[doc, commit, start] = lambda label: None
        elif reason == "gone":
            rulings[doc, commit, start] = lambda label: Label("deleted", label.old, None)
        else:
            place = Span(new_start, new_end)
            rulings[doc, commit, start] = lambda label, place=place: Label(
                "edited" if label.kind == "deleted" else label.kind, label.old, place
            )
    return rulings


def phrases(revision: Revision, *, seed: int = 7, per_passage: int = 2) -> Revision:
    """The same texts with phrases of 3 to 25 words within the passages, where their true place can be derived.

    Within an unchanged passage a phrase stands at the same distance from its start; within an edited one it is
    taken only when its words stand there once before and once after.
    """
    random = Random(f"{seed} {revision.name}")
    labels: list[Label] = []
    for label, just in zip(revision.raw, revision.adjudicated, strict=True):
        cut = [match.span() for match in _WORD.finditer(label.old.of(revision.old))]
        for _ in range(per_passage):
            count = min(random.randint(3, 25), len(cut))
            if just != label or count < 3:
                continue
            first = random.randrange(len(cut) - count + 1)
            inner = Span(cut[first][0], cut[first + count - 1][1])
            phrase = _phrase(revision, label, inner)
            if phrase:
                labels.append(phrase)
    return replace(revision, raw=labels, adjudicated=list(labels))


def _phrase(revision: Revision, label: Label, inner: Span) -> Label | None:
    old = inner.shifted(label.old.start)
    if label.new is None:
        return Label(label.kind, old, None)
    before, after = label.old.of(revision.old), label.new.of(revision.new)
    if before == after:
        return Label(label.kind, old, inner.shifted(label.new.start))
    quote = inner.of(before)
    if before.count(quote) != 1 or after.count(quote) != 1:
        return None
    start = label.new.start + after.index(quote)
    return Label(label.kind, old, Span(start, start + len(quote)))


@dataclass(frozen=True, slots=True)
class SectionChange:
    """One section before and after a change, and the labelled passages in it."""

    old: str
    new: str
    spans: list[Span]


_HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)


def section_changes(revision: Revision) -> Iterator[SectionChange]:
    """The changed sections that hold labelled passages, paired by a heading that stands once in either text."""
    old, new = _sections(revision.old), _sections(revision.new)
    for heading, span in old.items():
        if heading not in new:
            continue
        before, after = span.of(revision.old), new[heading].of(revision.new)
        inside = [label.old.shifted(-span.start) for label in revision.raw if span.contains(label.old)]
        if inside and before != after:
            yield SectionChange(before, after, inside)


def _sections(text: str) -> dict[str, Span]:
    found = list(_HEADING.finditer(text))
    starts = [match.start() for match in found] + [len(text)]
    sections: dict[str, list[Span]] = defaultdict(list)
    for match, end in zip(found, starts[1:], strict=True):
        sections[match.group()].append(Span(match.start(), end))
    return {heading: spans[0] for heading, spans in sections.items() if len(spans) == 1}
