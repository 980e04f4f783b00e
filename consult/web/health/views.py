"""A short answer for watchers: the database, and how far the index lags."""

from __future__ import annotations

from flask import Response, jsonify, make_response

from consult.services.health import check_health


def health() -> Response:
    found = check_health()
    facts = {"database": found.database, "index_lag": found.index_lag}
    response = make_response(jsonify(facts), 200 if found.database else 503)
    response.headers["Cache-Control"] = "no-store"
    return response
