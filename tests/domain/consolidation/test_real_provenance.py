"""Origins through real revisions of statutes and specifications."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import pytest

from consult.domain.consolidation.provenance import Known, Went, trace_change, wholly
from consult.domain.diffing.alignment import OldSection, align
from consult.domain.diffing.alignment.lineage import LineageKind
from consult.domain.diffing.tokens import words
from consult.domain.text.normalise import normalise
from consult.domain.text.outline import split
from consult.domain.text.spans import Span
from tests.domain.consolidation.origins import spread
from tests.real_data import real_data

SETS = ("quic", "ee", "ch", "de_bundestag")


def rows(name: str, kind: str) -> Iterator[dict[str, Any]]:
    with gzip.open(real_data("revisions", f"{name}.{kind}.jsonl.gz"), "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


class Revised:
    """A document that is brought to one text after another, its sections aligned as a new file's are."""

    def __init__(self, text: str) -> None:
        self.number = 1
        self.sections = {
            f"1-{at}": Known(piece.source, wholly(len(piece.source), 1))
            for at, piece in enumerate(split(text))
        }

    def revise(self, text: str) -> None:
        self.number += 1
        pieces, before = split(text), self.sections
        aligned = align([_old(key, known) for key, known in before.items()], pieces)
        ids = [piece.old_id or f"{self.number}-{at}" for at, piece in enumerate(aligned.pieces)]
        after = {
            key: piece.source
            for key, piece in zip(ids, pieces, strict=True)
            if key not in before or before[key].source != piece.source
        }
        went = [
            _went(
                hint.kind,
                hint.old_id,
                before[hint.old_id].source,
                ids[hint.new_index],
                pieces[hint.new_index].source,
            )
            for hint in aligned.lineage
        ]
        traced = trace_change(self.number, before=before, after=after, went=went, removed=aligned.removed)
        self.sections = {key: Known(after[key], traced[key]) if key in after else before[key] for key in ids}

    @property
    def text(self) -> str:
        return "".join(known.source for known in self.sections.values())

    @property
    def origins(self) -> list[int]:
        return [origin for known in self.sections.values() for origin in spread(known)]


def _old(key: str, known: Known) -> OldSection[str]:
    (piece,) = split(known.source)
    return OldSection(key, piece.heading, piece.level, known.source)


def _went(kind: LineageKind, giver: str, old: str, taker: str, new: str) -> Went:
    whole = (new if kind is LineageKind.SPLIT else old).strip()
    start = max(old.find(whole), 0)
    return Went(giver, Span(start, min(start + len(whole), len(old))), taker, max(new.find(whole), 0))


def kept_passages(name: str, count: int | None) -> tuple[int, list[str]]:
    """How many passages stand in the new text as they stood in the old, and those that are said to be new."""
    passages: Mapping[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows(name, "anchors"):
        if row["kind"] == "same_moved":
            passages[row["doc"], row["commit"]].append(row)
    seen, wrong = 0, []
    for pair in islice(rows(name, "sample"), count):
        document = Revised(normalise(pair["old"]))
        document.revise(normalise(pair["new"]))
        text, origins = document.text, document.origins
        assert text == normalise(pair["new"])
        for row in passages[pair["doc"], pair["commit"]]:
            start, end = row["new_start"], row["new_end"]
            if text[start:end] != row["exact"]:
                continue  # labelled in another copy of the text
            seen += 1
            if any(
                origin != 1 and not letter.isspace()
                for letter, origin in zip(text[start:end], origins[start:end], strict=True)
            ):
                wrong.append(row["exact"])
    return seen, wrong


@pytest.mark.parametrize("name", SETS)
def test_words_a_revision_kept_or_moved_keep_their_origin(name: str) -> None:
    seen, wrong = kept_passages(name, 4)

    assert seen
    assert wrong == []


@pytest.mark.deep
@pytest.mark.parametrize("name", SETS)
def test_words_that_any_revision_kept_or_moved_keep_their_origin(name: str) -> None:
    seen, wrong = kept_passages(name, None)

    assert len(wrong) * 500 < seen, wrong


def _histories(name: str, least: int) -> dict[str, list[str]]:
    """The texts of each document that was revised so often, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in sorted(rows(name, "sample"), key=lambda row: row["date"]):
        found[row["doc"]] += [normalise(row["old"]), normalise(row["new"])]
    return {document: texts for document, texts in found.items() if len(texts) >= 2 * least}


@pytest.mark.deep
@pytest.mark.parametrize("name", SETS)
def test_words_come_from_changes_whose_text_held_them(name: str) -> None:
    """But for a few in a thousand, put together of letters that stood: a plural that lost its ending."""
    count, strange = 0, []
    for texts in _histories(name, 2).values():
        document = Revised(texts[0])
        held = [set(words(texts[0]).keys)]
        for text in texts[1:]:
            document.revise(text)
            held.append(set(words(text).keys))
            origins, found = document.origins, words(text)
            assert document.text == text
            for word, start, end in zip(found.keys, found.starts, found.ends, strict=True):
                brought = set(origins[start:end])
                if len(brought) == 1:  # a word of which letters were changed came with several
                    count += 1
                    if word not in held[brought.pop() - 1]:
                        strange.append(word)
    assert len(strange) * 500 < count, strange[:20]
