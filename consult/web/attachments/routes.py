"""Pages of attached files."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.attachments.views import bring_back, edit, file, history, list_all, move, new, remove
from consult.web.shared.routes import blueprint, route

BOTH = ("GET", "POST")
POST = ("POST",)

pages = blueprint(
    "attachments",
    [
        route("/documents/<slug>/attachments", list_all, Permission.READ_DOCUMENT),
        route("/documents/<slug>/attachments/new", new, Permission.EDIT_DRAFT, methods=BOTH),
        route(
            "/documents/<slug>/attachments/<int:attachment_id>/edit",
            edit,
            Permission.EDIT_DRAFT,
            methods=BOTH,
        ),
        route(
            "/documents/<slug>/attachments/<int:attachment_id>/move",
            move,
            Permission.EDIT_DRAFT,
            methods=POST,
        ),
        route(
            "/documents/<slug>/attachments/<int:attachment_id>/remove",
            remove,
            Permission.EDIT_DRAFT,
            methods=BOTH,
        ),
        route(
            "/documents/<slug>/attachments/<int:attachment_id>/history", history, Permission.SEE_UNPUBLISHED
        ),
        route(
            "/documents/<slug>/attachments/files/<int:state_id>/back",
            bring_back,
            Permission.EDIT_DRAFT,
            methods=POST,
        ),
        route("/documents/<slug>/attachments/files/<int:state_id>", file, Permission.READ_DOCUMENT),
    ],
)
