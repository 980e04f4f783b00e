"""The link that saves a search, for the pages of results.

The query travels in the address of the page that asks for a name, signed, so that what is kept is what a page of results
answered.
"""

from __future__ import annotations

from flask import url_for

from consult.ports.search import SearchQuery
from consult.services.saved_searches import kept_query, read_query
from consult.web.shared.signatures import read_signed, signed

_SAVED_SEARCH = "saved search"


def save_href(query: SearchQuery, address: str) -> str:
    """Where a search is saved; `address` is the path and query of its first page of results."""
    return url_for("saved_searches.new", asked=signed([kept_query(query), address], _SAVED_SEARCH))


def read_asked(asked: str) -> tuple[SearchQuery, str] | None:
    """(query, address) of such a link; None where it is none of ours."""
    found = read_signed(asked, _SAVED_SEARCH)
    if found is None:
        return None
    kept, address = found
    query = read_query(kept)
    return (query, str(address)) if query is not None else None
