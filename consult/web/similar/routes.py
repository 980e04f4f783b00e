"""Comments that say much the same as a comment."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.shared.routes import blueprint, route
from consult.web.similar.views import show

pages = blueprint(
    "similar", [route("/comments/<int:register_id>/<int:number>/similar", show, Permission.READ_DOCUMENT)]
)
