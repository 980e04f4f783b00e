"""The socket for finding texts by their words, with the pure code every engine behind it shares.

A service writes `SearchRecord`s, asks with a `SearchQuery` through `find_visible` (which shows each candidate to the
database before anything is counted), and has the texts of the page it shows marked by `SearchIndex.highlight`. An
engine that cannot answer raises `SearchUnavailable`; the service then looks in the database itself.
"""

from .analysis import Analyser, Token
from .engine import Found, Hit, Mode, SearchIndex, SearchUnavailable
from .entries import Entries, entries, label
from .form import Asking, taken_apart, written
from .marks import Highlighted, Passage, Piece, highlighted
from .nearness import near
from .query import Asked, Note, Phrase, Prefix, Word, read_query, understand
from .ranking import Postings, Ranked, rank
from .records import Facets, Reach, SearchQuery, SearchRecord, Stand, stands_now, stood_at
from .selection import select, stretch
from .visible import Page, Visible, find_visible, finds_anything
from .vocabulary import FIELD_NAMES, KIND_NAMES, OUTCOME_NAMES

__all__ = [
    "FIELD_NAMES",
    "KIND_NAMES",
    "OUTCOME_NAMES",
    "Analyser",
    "Asked",
    "Asking",
    "Entries",
    "Facets",
    "Found",
    "Highlighted",
    "Hit",
    "Mode",
    "Note",
    "Page",
    "Passage",
    "Phrase",
    "Piece",
    "Postings",
    "Prefix",
    "Ranked",
    "Reach",
    "SearchIndex",
    "SearchQuery",
    "SearchRecord",
    "SearchUnavailable",
    "Stand",
    "Token",
    "Visible",
    "Word",
    "entries",
    "find_visible",
    "finds_anything",
    "highlighted",
    "label",
    "near",
    "rank",
    "read_query",
    "select",
    "stands_now",
    "stood_at",
    "stretch",
    "taken_apart",
    "understand",
    "written",
]
