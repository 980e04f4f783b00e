"""A short answer for watchers: the database, and how far the index lags."""

from __future__ import annotations

from flask import Response, jsonify, make_response

from consult.services.search import lag
from consult.storage.unit_of_work import is_database_ready


def health() -> Response:
    is_ready = is_database_ready()
    facts = {"database": is_ready, "index_lag": lag() if is_ready else None}
    response = make_response(jsonify(facts), 200 if is_ready else 503)
    response.headers["Cache-Control"] = "no-store"
    return response
