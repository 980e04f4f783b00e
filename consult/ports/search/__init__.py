"""The socket for finding texts by their words, with the pure code every engine behind it shares.

A service writes `SearchRecord`s, asks with a `SearchQuery` through `find_visible` (which shows each candidate to the
database before anything is counted), and has the texts of the page it shows marked by `SearchIndex.highlight`. An
engine that cannot answer raises `SearchUnavailable`; the service then looks in the database itself.
"""

from .analysis import Analyser, Token
from .engine import Found, Hit, Mode, SearchIndex, SearchUnavailable
from .entries import Entries, entries, label
from .marks import Highlighted, Passage, Piece, highlighted
from .query import Asked, Note, Phrase, Prefix, Word, read_query, understand
from .ranking import Postings, Ranked, rank
from .records import SearchQuery, SearchRecord, Stand, stands_now, stood_at
from .selection import select, stretch
from .visible import Page, find_visible

__all__ = [
    "Analyser",
    "Asked",
    "Entries",
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
    "SearchIndex",
    "SearchQuery",
    "SearchRecord",
    "SearchUnavailable",
    "Stand",
    "Token",
    "Word",
    "entries",
    "find_visible",
    "highlighted",
    "label",
    "rank",
    "read_query",
    "select",
    "stands_now",
    "stood_at",
    "stretch",
    "understand",
]
