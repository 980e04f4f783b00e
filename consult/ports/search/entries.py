"""What is written into an index for one record, the same for every engine."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .analysis import Analyser
from .records import CODED_FIELDS, SearchRecord, stands_now

TITLE_WEIGHT = 3.0
"""A word in a title counts as much as so many in the body."""

TITLE_GAP = 10
"""Empty positions between title and body, so that no phrase runs across."""

NOW = "stands:now"
"""The label of what is part of the text today."""

HIDDEN = "hidden:hidden"
"""The label of what only those at work on its document may see."""


_PACKED: Final = "I"
_PACKED_SIZE = array(_PACKED).itemsize


@dataclass(frozen=True, slots=True)
class Entries:
    """`weights` by term, packed `places` by surface, the `labels`, and the length in positions."""

    weights: Mapping[str, float]
    places: Mapping[str, bytes]
    labels: tuple[str, ...]
    length: int


def unpacked(places: bytes) -> Sequence[int]:
    """The positions packed in an index, ascending. Packed, because of thousands read only a few are looked at."""
    return memoryview(places).cast(_PACKED)


def place_count(places: bytes) -> int:
    return len(places) // _PACKED_SIZE


def label(name: str, value: str) -> str:
    return f"{name}:{value}"


def entries(record: SearchRecord, analyser: Analyser) -> Entries:
    """Analyse a record for writing."""
    title = analyser.tokens(record.title, record.language) if record.title else ()
    body = analyser.tokens(record.body, record.language)
    weights: dict[str, float] = {}
    places: dict[str, array[int]] = {}
    for tokens, weight, first in ((title, TITLE_WEIGHT, 0), (body, 1.0, len(title) + TITLE_GAP)):
        for place, token in enumerate(tokens, first):
            for term in token.terms:
                weights[term] = weights.get(term, 0.0) + weight
            for surface in token.surfaces:
                places.setdefault(surface, array(_PACKED)).append(place)
    packed = {surface: found.tobytes() for surface, found in places.items()}
    return Entries(weights, packed, _labels(record, analyser), len(title) + len(body))


def _labels(record: SearchRecord, analyser: Analyser) -> tuple[str, ...]:
    labels = {label("kind", record.kind)}
    if record.document_id:
        labels.add(label("document", record.document_id))
    if stands_now(record.stands):
        labels.add(NOW)
    if record.is_hidden:
        labels.add(HIDDEN)
    for name, words in record.fields:
        if name in CODED_FIELDS:
            labels.add(label(name, words))
            continue
        labels.update(
            label(name, term) for token in analyser.tokens(words, record.language) for term in token.terms
        )
    return tuple(sorted(labels))
