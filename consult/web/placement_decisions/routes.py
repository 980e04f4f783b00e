"""Pages where editors say which words comments speak of."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.placement_decisions.views import case, list_all
from consult.web.shared.routes import blueprint, route

pages = blueprint(
    "placement_decisions",
    [
        route("/documents/<slug>/placements", list_all, Permission.EDIT_DRAFT),
        route(
            "/documents/<slug>/placements/<int:target_id>",
            case,
            Permission.EDIT_DRAFT,
            methods=("GET", "POST"),
        ),
    ],
)
