"""Comments that say much the same as a comment: found by its most telling words, measured by all of them.

The index proposes, the database says what the reader may see, and the share of the same words is counted on the words as
they are now. Nothing is learned or guessed: whoever looks can count it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from consult.domain.errors import NotFound
from consult.domain.policy.actors import Actor
from consult.domain.text.likeness import Likeness, Sketch, Terms, likeness_of, share_of_words, sketch
from consult.ports.search import Analyser, Hit, SearchIndex, SearchQuery, SearchUnavailable
from consult.services.search.asking import reach_of
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import search as queries
from consult.storage.queries.comments import CommentRow
from consult.storage.queries.search import ResultRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import current_ports

MOST_TELLING = 12
"""Words of a comment by which others are looked for, the longest."""

MOST_CANDIDATES = 100
"""Comments whose words are counted, those with most of the telling words first."""

LEAST_ALIKE = 0.4
LEAST_WORDS = 3
"""Of a shorter comment ("Popieram.") nothing is said to be alike but the same words."""

LONGEST_COMPARED = 5_000
"""Code points of a comment whose words are counted."""


@dataclass(frozen=True, slots=True)
class SimilarComment:
    """A comment alike: its line as search shows it, and how alike it is."""

    row: ResultRow
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class SimilarComments:
    """Comments alike, the most alike first. `is_ready` is false while the index cannot answer."""

    comment: CommentRow
    found: tuple[SimilarComment, ...]
    is_ready: bool = True


def list_similar_comments(actor: Actor, register_id: int, number: int, *, limit: int = 10) -> SimilarComments:
    """Comments on the same document that say much the same, as far as the actor may see them.

    Raises NotFound where there is no such comment the actor may know of.
    """
    viewer = Viewer.of(actor)
    comment = comment_queries.find_comment(register_id, number, with_drafts=False)
    if comment is None:
        raise NotFound("comment")
    document = document_queries.get_document_by_id(comment.document_id)
    if comment.consultation_id is None and not viewer.works_for(document.host_id):
        raise NotFound("comment")
    analyser = current_ports().analyser
    said = _said(comment)
    words, telling = _words(analyser, said, document.language)
    if not words:
        return SimilarComments(comment, ())
    asked = SearchQuery(
        " ".join(telling), kinds=("comment",), document_id=str(document.id), reach=reach_of(viewer)
    )
    try:
        hits = (
            current_ports()
            .search.find(asked, mode="any" if len(telling) > 1 else "all", count=MOST_CANDIDATES + 1)
            .hits
        )
    except SearchUnavailable:
        return SimilarComments(comment, (), is_ready=False)
    own = queries.ref_of("comment", comment.id)
    seen = queries.list_visible({hit.ref: hit.stamp for hit in hits if hit.ref != own}, viewer)
    alike = _counted(sketch(words), [hit for hit in hits if hit.ref in seen], viewer)
    rows = queries.list_results([ref for ref, _ in alike[:limit]], viewer)
    found = tuple(SimilarComment(rows[ref], likeness) for ref, likeness in alike[:limit] if ref in rows)
    return SimilarComments(comment, found)


def _counted(own: Sketch, hits: Sequence[Hit], viewer: Viewer) -> list[tuple[str, Likeness]]:
    """Those of the hits that are alike, by ref, the most alike first; the viewer may see all of them as the index
    knows them."""
    sketches = _sketches_of(hits, viewer)
    found = []
    for hit in hits:
        other = sketches.get(hit.ref)
        if other is None:
            continue
        least = LEAST_ALIKE if min(len(own.words), len(other.words)) >= LEAST_WORDS else 1
        if share_of_words(own, other) >= least:
            found.append((hit.ref, likeness_of(own, other)))
    found.sort(key=lambda one: (-one[1].words, -one[1].pairs, int(one[0].partition(":")[2])))
    return found


KEPT_SKETCHES = 20_000
"""Comments whose sketches are remembered, of each about a kilobyte."""

_kept: WeakKeyDictionary[SearchIndex, dict[tuple[str, str], Sketch]] = WeakKeyDictionary()
"""By the index they were proposed by, then by ref and stamp: a comment corrected or erased has another stamp."""


def _sketches_of(hits: Sequence[Hit], viewer: Viewer) -> dict[str, Sketch]:
    ports = current_ports()
    kept = _kept.setdefault(ports.search, {})
    known = {hit.ref: kept.get((hit.ref, hit.stamp)) for hit in hits}
    rows = queries.list_results([ref for ref, one in known.items() if one is None], viewer)
    stamps = {hit.ref: hit.stamp for hit in hits}
    for ref, row in rows.items():
        made = sketch(_words(ports.analyser, row.body, row.language)[0])
        known[ref] = kept[ref, stamps[ref]] = made
    while len(kept) > KEPT_SKETCHES:
        with suppress(StopIteration, KeyError):  # another thread may have been there
            del kept[next(iter(kept))]
    return {ref: one for ref, one in known.items() if one is not None}


def _said(comment: CommentRow) -> str:
    """All a comment says, as the index knows it."""
    return "\n".join(words for words in (comment.text, comment.justification, comment.proposed) if words)


def _words(analyser: Analyser, text: str, language: str) -> tuple[list[Terms], Sequence[str]]:
    """The terms of the telling words of a text in order, and the longest of them as they are written."""
    tokens = [token for token in analyser.tokens(text[:LONGEST_COMPARED], language) if not token.is_stop]
    written: dict[str, None] = {}
    for token in tokens:
        surface = token.surfaces[0] if token.surfaces else ""
        if surface.isalnum():
            written.setdefault(surface)
    longest = sorted(written, key=lambda word: (-len(word), word))[:MOST_TELLING]
    return [token.terms for token in tokens], longest
