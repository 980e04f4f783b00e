"""Pages of pictures."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.pictures.views import list_all, new, picture
from consult.web.shared.routes import blueprint, route

pages = blueprint(
    "pictures",
    [
        route("/documents/<slug>/pictures", list_all, Permission.SEE_UNPUBLISHED),
        route("/documents/<slug>/pictures/new", new, Permission.PROPOSE_CHANGE, methods=("GET", "POST")),
        route("/documents/<slug>/pictures/<name>", picture, Permission.READ_DOCUMENT),
    ],
)
