"""Comments on real texts that were revised: do they find their words again, how surely, and how fast?

The labels come from an alignment of paragraphs; those that a reader would call false are put right in
``adjudications.json``, with the reason, and both figures are reported. The yardstick for finding is plain word
alignment: the longest common subsequence of all words of both texts, a passage standing where its first and last
surviving words stand. The yardstick for time is diff-match-patch alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from random import Random

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import LCSseq

from consult.domain.anchoring.reanchor import (
    DocumentAnchor,
    Placement,
    State,
    reanchor,
    reanchor_document,
)
from consult.domain.text.spans import Span
from tests.bench.figures import Figure, cpu_seconds, percentile
from tests.bench.revisions import (
    SETS,
    Label,
    Revision,
    SectionChange,
    phrases,
    revisions,
    section_changes,
)

Follow = Callable[[str, str, Sequence[Span]], Sequence[Placement]]

DOUBTED = (State.UNCERTAIN, State.ORPHANED)
TARGETS = {
    "moved": ("found at overlap ≥ 0.5", 100.0),
    "repeated": ("found at overlap ≥ 0.5", 97.0),
    "edited": ("found at overlap ≥ 0.5", 97.0),
    "edited_closely": ("found at overlap ≥ 0.8", 92.0),
    "deleted": ("orphaned or uncertain", 99.5),
    "wrong": ("certain and wrong", 0.2),
    "uncertain": ("left to a person", 3.0),
    "uncertain_repeated": ("left to a person", 10.0),
}
AT_MOST = ("wrong", "uncertain", "uncertain_repeated")
SECTIONS_FOR_DIFF_MATCH_PATCH = 200
COMMENTS = 10_000

_WORD = re.compile(r"\w+")


def figures() -> Iterable[Figure]:
    for name in SETS:
        whole = revisions(name)
        yield from found_in(name, "passages", whole)
        yield from found_in(f"{name}.phrases", "phrases", [phrases(revision) for revision in whole])
    yield from _time()
    yield _many_comments()


def word_alignment(old: str, new: str, spans: Sequence[Span]) -> Sequence[Placement]:
    """The yardstick: each passage stands where its first and last surviving words stand."""
    before, after = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    ids = {word: number for number, word in enumerate({match.group() for match in (*before, *after)})}
    pairs = [
        (before[block.a + k], after[block.b + k])
        for block in LCSseq.editops(
            [ids[match.group()] for match in before], [ids[match.group()] for match in after]
        ).as_matching_blocks()
        for k in range(block.size)
    ]
    starts = [one.start() for one, _ in pairs]
    placements = []
    for span in spans:
        inside = pairs[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        if inside:
            place = Span(inside[0][1].start(), inside[-1][1].end())
            placements.append(Placement(State.PLACED, place, 1.0))
        else:
            placements.append(Placement(State.ORPHANED, None, 0.0))
    return placements


def found_in(name: str, what: str, texts: Sequence[Revision]) -> Iterator[Figure]:
    """The figures of one set of labelled texts, one for each of `TARGETS`."""
    ours, theirs = list(_followed(texts, reanchor)), list(_followed(texts, word_alignment))
    raw = _shares((raw, place) for raw, _, place in ours)
    just = _shares((label, place) for _, label, place in ours)
    yardstick = _shares((label, place) for _, label, place in theirs)
    for key, (meaning, target) in TARGETS.items():
        share, of = just[key]
        at_most = key in AT_MOST
        yield Figure(
            name=f"anchors.{name}.{key}",
            what=f"% {meaning}, of {of} {what} (raw labels: {raw[key][0]:.2f})",
            ours=round(share, 2),
            yardstick=round(yardstick[key][0], 2),
            ratio=None,
            target=f"{'≤' if at_most else '≥'} {target:g} %",
            met=share <= target if at_most else share >= target,
        )


def _followed(texts: Sequence[Revision], follow: Follow) -> Iterator[tuple[Label, Label | None, Placement]]:
    for text in texts:
        places = follow(text.old, text.new, [label.old for label in text.raw])
        yield from zip(text.raw, text.adjudicated, places, strict=True)


def _shares(answers: Iterable[tuple[Label | None, Placement]]) -> dict[str, tuple[float, int]]:
    """For each target its share in per cent, and of how many passages."""
    counts: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for label, place in answers:
        if label is None:
            continue
        kind = {"same_moved": "moved"}.get(label.kind, label.kind)
        overlap = _overlap(label.new, place.span)
        is_right = place.state in DOUBTED if label.new is None else overlap >= 0.5
        for key in (kind, "wrong", "uncertain"):
            sizes[key] += 1
        counts[kind] += is_right
        counts["wrong"] += not is_right and place.state not in DOUBTED
        counts["uncertain"] += place.state is State.UNCERTAIN
        if kind == "edited":
            sizes["edited_closely"] += 1
            counts["edited_closely"] += overlap >= 0.8
        if kind == "repeated":
            sizes["uncertain_repeated"] += 1
            counts["uncertain_repeated"] += place.state is State.UNCERTAIN
    return {key: (100 * counts[key] / max(1, sizes[key]), sizes[key]) for key in TARGETS}


def _overlap(one: Span | None, other: Span | None) -> float:
    """Code points in both, as a share of code points in either."""
    common = one.intersection(other) if one and other else None
    return len(common) / (len(one) + len(other) - len(common)) if common and one and other else 0.0


def _time() -> Iterator[Figure]:
    changes = [change for name in SETS for text in revisions(name) for change in section_changes(text)]
    Random(1).shuffle(changes)
    ours = [cpu_seconds(lambda one=one: reanchor(one.old, one.new, one.spans), rounds=3) for one in changes]
    theirs = [cpu_seconds(lambda one=one: _alone(one)) for one in changes[:SECTIONS_FOR_DIFF_MATCH_PATCH]]
    mine, yours = 1000 * percentile(ours, 95), 1000 * percentile(theirs, 95)
    yield Figure(
        name="anchors.section_p95",
        what=f"ms for all passages of a section change, 95th of {len(changes)} sections; diff-match-patch alone",
        ours=round(mine, 3),
        yardstick=round(yours, 1),
        ratio=round(yours / mine, 1),
        target="≤ 3 ms",
        met=mine <= 3,
    )
    texts = [text for name in SETS for text in revisions(name)]
    whole = [
        cpu_seconds(lambda one=one: reanchor(one.old, one.new, [label.old for label in one.raw]))
        for one in texts
    ]
    yield Figure(
        name="anchors.text_p95",
        what=f"ms for all passages of a whole text of {_median_size(texts)} KB in the middle, 95th of {len(texts)}",
        ours=round(1000 * percentile(whole, 95), 2),
        yardstick=None,
        ratio=None,
        target="printed",
        met=None,
    )


def _alone(change: SectionChange) -> None:
    """The same by diff-match-patch: one diff, and each passage's ends by its own index."""
    engine = diff_match_patch()
    diffs = engine.diff_main(change.old, change.new)
    for span in change.spans:
        engine.diff_xIndex(diffs, span.start)
        engine.diff_xIndex(diffs, span.end)


def _median_size(texts: Sequence[Revision]) -> int:
    return sorted(len(text.old) for text in texts)[len(texts) // 2] // 1000


def _many_comments() -> Figure:
    """10,000 comments on a document of 100 sections, all of them changed."""
    changes = list(islice((c for text in revisions("ee") for c in section_changes(text)), 100))
    old = {number: change.old for number, change in enumerate(changes)}
    new = {number: change.new for number, change in enumerate(changes)}
    random = Random(3)
    anchors = []
    for _ in range(COMMENTS):
        number = random.randrange(len(old))
        start = random.randrange(max(1, len(old[number]) - 20))
        end = min(len(old[number]), start + random.randint(10, 200))
        anchors.append(DocumentAnchor(number, Span(start, end)))
    ours = cpu_seconds(lambda: reanchor_document(old, new, anchors))
    theirs = cpu_seconds(lambda: [_alone(SectionChange(old[i], new[i], [])) for i in old])
    return Figure(
        name="anchors.document",
        what=f"s for {COMMENTS} comments on {len(old)} changed sections, {sum(map(len, old.values())) // 1000} KB;"
        " diff-match-patch for the sections alone",
        ours=round(ours, 2),
        yardstick=round(theirs, 2),
        ratio=round(theirs / ours, 1),
        target="≤ 2 s",
        met=ours <= 2,
    )
