"""Pages of searches people keep."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.saved_searches.views import change, delete, list_all, new, stop
from consult.web.shared.routes import PUBLIC, blueprint, route

BOTH = ("GET", "POST")

pages = blueprint(
    "saved_searches",
    [
        route("/account/searches", list_all, Permission.FOLLOW),
        route("/account/searches/new", new, Permission.FOLLOW, methods=BOTH),
        route("/account/searches/<int:search_id>", change, Permission.FOLLOW, methods=BOTH),
        route("/account/searches/<int:search_id>/delete", delete, Permission.FOLLOW, methods=BOTH),
        route("/searches/stop/<token>", stop, PUBLIC, methods=BOTH),
    ],
)
