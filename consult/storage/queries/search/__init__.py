"""Feeding the index, checking what a viewer may see of its answers, and showing them."""

from consult.storage.queries.search.feeds import (
    count_records,
    iterate_records,
    list_records,
    list_text_ids_of_change,
)
from consult.storage.queries.search.plain import list_refs_by_plain_search
from consult.storage.queries.search.refs import ref_of
from consult.storage.queries.search.results import ResultRow, list_results
from consult.storage.queries.search.visibility import visible_refs

__all__ = [
    "ResultRow",
    "count_records",
    "iterate_records",
    "list_records",
    "list_refs_by_plain_search",
    "list_results",
    "list_text_ids_of_change",
    "ref_of",
    "visible_refs",
]
