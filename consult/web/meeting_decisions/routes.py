"""Pages of decisions of meetings."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.meeting_decisions.views import decisions
from consult.web.shared.routes import blueprint, route

pages = blueprint(
    "meeting_decisions",
    [
        route(
            "/meetings/<int:meeting_id>/decisions",
            decisions,
            Permission.MANAGE_MEETINGS,
            methods=("GET", "POST"),
        ),
    ],
)
