"""Comments that say much the same as a comment: found by its most telling words, measured by all of them.

The index proposes, the database says what the reader may see, and the share of the same words is counted on the words as
they are now. Nothing is learned or guessed: whoever looks can count it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consult.domain.errors import NotFound
from consult.domain.policy.actors import Actor
from consult.domain.text.likeness import Likeness, Terms, likeness
from consult.ports.search import Analyser, SearchQuery, SearchUnavailable
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
    stamps = {hit.ref: hit.stamp for hit in hits if hit.ref != own}
    seen = queries.list_visible(stamps, viewer)
    rows = queries.list_results(list(seen), viewer)
    found = []
    for row in rows.values():
        other, _ = _words(analyser, row.body, row.language)
        alike = likeness(words, other)
        if alike.words >= (LEAST_ALIKE if min(len(words), len(other)) >= LEAST_WORDS else 1):
            found.append(SimilarComment(row, alike))
    found.sort(key=lambda one: (-one.likeness.words, -one.likeness.pairs, one.row.row_id, one.row.ref))
    return SimilarComments(comment, tuple(found[:limit]))


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
