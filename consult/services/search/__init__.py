"""Finding: the index proposes, the database says what the viewer may see; and keeping the index true."""

from consult.services.search.asking import PAGE_SIZE, Answer, Facet, Result, list_visible_hits, search
from consult.services.search.keeping import CONSUMER, deliver_pending, lag, reindex

__all__ = [
    "CONSUMER",
    "PAGE_SIZE",
    "Answer",
    "Facet",
    "Result",
    "deliver_pending",
    "lag",
    "list_visible_hits",
    "reindex",
    "search",
]
