"""Pages of what others say to a comment."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.discussion.views import support
from consult.web.shared.routes import blueprint, route

COMMENT = "/comments/<int:register_id>/<int:number>"

pages = blueprint(
    "discussion",
    [
        route(f"{COMMENT}/support", support, Permission.SUPPORT, methods=("GET", "POST")),
    ],
)
