"""The link that saves a search, for the pages of results.

The query travels in the address of the page that asks for a name, signed, so that what is kept is what a page of results
answered.
"""

from __future__ import annotations

from flask import current_app, url_for
from itsdangerous import BadSignature, URLSafeSerializer

from consult.ports.search import SearchQuery
from consult.services.saved_searches import kept_query, read_query


def save_href(query: SearchQuery, address: str) -> str:
    """Where a search is saved; `address` is the path and query of its first page of results."""
    asked = _signer().dumps([kept_query(query), address])
    return url_for("saved_searches.new", asked=asked)


def read_asked(asked: str) -> tuple[SearchQuery, str] | None:
    """(query, address) of such a link; None where it is none of ours."""
    try:
        kept, address = _signer().loads(asked)
    except (BadSignature, ValueError, TypeError):
        return None
    query = read_query(kept)
    return (query, str(address)) if query is not None else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="saved search")
