"""The pages that find."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.search.views.pages import results, results_file, within
from consult.web.shared.routes import PUBLIC, blueprint, route

pages = blueprint(
    "search",
    [
        route("/search", results, PUBLIC),
        route("/search.json", results_file, PUBLIC),
        route("/documents/<slug>/search", within, Permission.READ_DOCUMENT),
    ],
)
