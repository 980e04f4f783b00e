"""What a query that finds nothing may have been meant as, in words the viewer may see.

An index knows words of every text, hidden ones too. So a word it proposes is kept only where exactly its letters stand
in something the database shows the viewer, and the whole query only where it then finds something.
"""

from __future__ import annotations

import re
from dataclasses import replace

from consult.ports.search import Analyser, SearchIndex, SearchQuery, Visible, finds_anything, read_query

MOST_WORDS = 3
"""Misspelled words of a query that are mended."""

MOST_TRIED = 24
"""Spellings tried for each."""


def suggest(index: SearchIndex, analyser: Analyser, query: SearchQuery, visible: Visible) -> str:
    """The query with its misspelled words mended, or nothing; raises `SearchUnavailable` as the index does."""
    mended = query.words
    count = 0
    for word in _words(query, analyser):
        if count == MOST_WORDS:
            break
        if finds_anything(index, replace(query, words=word), visible):
            continue
        meant = _meant(index, query, word, visible)
        if meant:
            count += 1
            mended = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", meant, mended, count=1, flags=re.IGNORECASE)
    if mended == query.words or not finds_anything(index, replace(query, words=mended), visible):
        return ""
    return mended


def _words(query: SearchQuery, analyser: Analyser) -> list[str]:
    """The plain words of a query, in small letters; what stands in quotation marks is meant as it stands."""
    return list(
        dict.fromkeys(
            token.surfaces[0]
            for run in read_query(query.words).plain
            for token in analyser.query_tokens(run, query.language)
            if not token.is_stop and token.surfaces[0].isalpha()
        )
    )[: MOST_WORDS * 2]


def _meant(index: SearchIndex, query: SearchQuery, word: str, visible: Visible) -> str:
    """The nearest spelling that stands in something the viewer may see; of several equally near ones the first."""
    for _, form in index.near(word, most=MOST_TRIED):
        if finds_anything(index, replace(query, words=f'"{form}"', is_literal=True), visible):
            return form
    return ""
