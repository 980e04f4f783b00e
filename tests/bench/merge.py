"""Merging on real texts: conflicts where there should be none, words lost, time; a line-based diff3 beside it."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random
from time import process_time

from consult.domain.diffing.lcs import common_runs
from consult.domain.merging.threeway import merge
from consult.domain.text.normalise import normalise
from tests.bench.figures import Figure
from tests.domain.merging.writers import PUTS_BEFORE, edited, put_in, words_of
from tests.real_data import real_data

SETS = ("ch", "de_bundestag", "ee", "quic")
TEXTS_PER_SET = 40
ROUNDS = 5
EDITS_EACH = 4

_BREAK = re.compile(r"(?<=[.!?])[ ]+(?=[A-ZÄÖÜÕŠŽŁŚŻĆ„«(])|\n+")


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge gave, in a form both contenders can fill: the text, and both sides of every conflict."""

    text: str
    sides: tuple[str, ...]


Merger = Callable[[str, str, str], Merged]


def ours_merger(base: str, ours: str, theirs: str) -> Merged:
    result = merge(base, ours, theirs)
    return Merged(
        result.text, tuple(side for conflict in result.conflicts for side in (conflict.ours, conflict.theirs))
    )


def diff3(base: str, ours: str, theirs: str) -> Merged:
    """The classic: lines, both sides against the base, what lies between lines all three share is one chunk."""
    old, mine, yours = (one.splitlines(keepends=True) for one in (base, ours, theirs))
    to_mine, to_yours = _line_pairs(old, mine), _line_pairs(old, yours)
    parts: list[str] = []
    sides: list[str] = []
    at = (0, 0, 0)
    synced = [line for line in range(len(old)) if line in to_mine and line in to_yours]
    for line in [*synced, len(old)]:
        here = (line, to_mine.get(line, len(mine)), to_yours.get(line, len(yours)))
        was, one, other = (
            "".join(lines[start:end]) for lines, start, end in zip((old, mine, yours), at, here, strict=True)
        )
        if one != was and other not in (was, one):
            sides += [one, other]
        parts.append(other if one == was else one)
        if line < len(old):
            parts.append(old[line])
        at = (here[0] + 1, here[1] + 1, here[2] + 1)
    return Merged("".join(parts), tuple(sides))


def _line_pairs(old: list[str], new: list[str]) -> dict[int, int]:
    return {i + k: j + k for i, j, count in common_runs(old, new) for k in range(count)}


def real_texts(count: int) -> Iterator[tuple[str, str]]:
    """Old and new text of real revisions, the first `count` of every set."""
    for name in SETS:
        with gzip.open(real_data("revisions", f"{name}.sample.jsonl.gz"), "rt", encoding="utf-8") as rows:
            for row in islice(rows, count):
                pair = json.loads(row)
                yield normalise(pair["old"]), normalise(pair["new"])


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of at least four words stand, headings and tables apart."""
    spans, at = [], 0
    for stop in [*_BREAK.finditer(text), None]:
        end = stop.start() if stop else len(text)
        sentence = text[at:end]
        if len(sentence.split()) >= 4 and sentence[0] not in "#|":
            spans.append((at, end))
        at = stop.end() if stop else end
    return spans


def written(text: str, edits: dict[tuple[int, int], str | None]) -> str:
    parts, at = [], 0
    for (start, end), sentence in sorted(edits.items()):
        parts += [text[at:start], sentence or ""]
        at = end
    return "".join([*parts, text[at:]])


def cases(rounds: int, texts: int) -> Iterator[tuple[str, str, str]]:
    """(base, ours, theirs): each side edits sentences of its own, neighbours among them."""
    random = Random(20261120)
    for base, _ in real_texts(texts):
        spans = sentence_spans(base)
        if len(spans) < 2:
            continue
        for _ in range(rounds):
            start = random.randrange(len(spans))
            near = spans[start : start + 2 * EDITS_EACH] if random.random() < 0.5 else spans
            chosen = random.sample(near, min(len(near), 2 * EDITS_EACH))
            sides: tuple[dict[tuple[int, int], str | None], ...] = ({}, {})
            for number, (low, high) in enumerate(chosen):
                mark = f"{'AB'[number % 2]}{number}"
                sides[number % 2][low, high] = edited(base[low:high], random, mark, PUTS_BEFORE)
            yield base, written(base, sides[0]), written(base, sides[1])


@dataclass(slots=True)
class Tally:
    merges: int = 0
    with_conflict: int = 0
    words: int = 0
    words_lost: int = 0
    seconds: float = 0.0

    def add(self, merger: Merger, base: str, ours: str, theirs: str) -> None:
        started = process_time()
        result = merger(base, ours, theirs)
        self.seconds += process_time() - started
        wanted = put_in(base, ours) | put_in(base, theirs)
        self.merges += 1
        self.with_conflict += bool(result.sides)
        self.words += len(wanted)
        self.words_lost += len(wanted - words_of(result.text, *result.sides))


def figures() -> list[Figure]:
    ours, theirs = Tally(), Tally()
    for case in cases(ROUNDS, TEXTS_PER_SET):
        ours.add(ours_merger, *case)
        theirs.add(diff3, *case)
    big_ours, big_theirs = Tally(), Tally()
    base = "".join(text for text, _ in real_texts(3))[:400_000]
    spans = sentence_spans(base)
    edits = Random(1)
    side = [
        written(base, {span: edited(base[slice(*span)], edits, mark, PUTS_BEFORE) for span in spans[at::4]})
        for at, mark in ((0, "A"), (2, "B"))
    ]
    big_ours.add(ours_merger, base, *side)
    big_theirs.add(diff3, base, *side)
    return [
        Figure(
            name="merge.conflicts",
            what=f"merges with a conflict, of {ours.merges} with edits to different sentences of real texts",
            ours=ours.with_conflict,
            yardstick=theirs.with_conflict,
            ratio=None,
            target="0",
            met=ours.with_conflict == 0,
        ),
        Figure(
            name="merge.lost",
            what=f"words put in and lost, of {ours.words}",
            ours=ours.words_lost,
            yardstick=theirs.words_lost,
            ratio=None,
            target="0",
            met=ours.words_lost == 0,
        ),
        Figure(
            name="merge.time",
            what="mean processor time of those merges, ms",
            ours=round(1000 * ours.seconds / ours.merges, 2),
            yardstick=round(1000 * theirs.seconds / theirs.merges, 2),
            ratio=round(theirs.seconds / ours.seconds, 2),
            target="≤ 50 ms",
            met=ours.seconds / ours.merges <= 0.05,
        ),
        Figure(
            name="merge.large",
            what=f"{len(base) // 1000} KB with every second sentence edited by one side or the other, processor time in ms",
            ours=round(1000 * big_ours.seconds, 1),
            yardstick=round(1000 * big_theirs.seconds, 1),
            ratio=round(big_theirs.seconds / big_ours.seconds, 2),
            target="≤ 2000 ms",
            met=big_ours.seconds <= 2 and not big_ours.with_conflict and not big_ours.words_lost,
        ),
    ]
