"""Feeding the index, checking what a viewer may see of its answers, and showing them."""

from consult.storage.queries.search.around import AROUND, list_announcement_ids, list_decision_ids
from consult.storage.queries.search.feeds import (
    count_records,
    iterate_records,
    list_comment_ids_of_person,
    list_records,
    list_text_ids_of_change,
    list_text_ids_of_version,
)
from consult.storage.queries.search.hosts import list_host_text_ids
from consult.storage.queries.search.known import ResultRow, stamp_of
from consult.storage.queries.search.plain import list_refs_by_plain_search
from consult.storage.queries.search.proposals import list_reply_ids_of_proposal
from consult.storage.queries.search.refs import ref_of
from consult.storage.queries.search.results import list_facet_names, list_results
from consult.storage.queries.search.visibility import EVER, Standing, list_visible

__all__ = [
    "AROUND",
    "EVER",
    "ResultRow",
    "Standing",
    "count_records",
    "iterate_records",
    "list_announcement_ids",
    "list_comment_ids_of_person",
    "list_decision_ids",
    "list_facet_names",
    "list_host_text_ids",
    "list_records",
    "list_refs_by_plain_search",
    "list_reply_ids_of_proposal",
    "list_results",
    "list_text_ids_of_change",
    "list_text_ids_of_version",
    "list_visible",
    "ref_of",
    "stamp_of",
]
