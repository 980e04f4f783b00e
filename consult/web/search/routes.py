"""The page that finds."""

from __future__ import annotations

from consult.web.search.views import results
from consult.web.shared.routes import PUBLIC, blueprint, route

pages = blueprint("search", [route("/search", results, PUBLIC)])
