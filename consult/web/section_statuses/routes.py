"""Pages about the parts of a draft and the stage of a document."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.section_statuses.views import (
    advance,
    dissent,
    overview,
    own_dissent,
    part,
    set_status,
    stage,
)
from consult.web.shared.routes import blueprint, route

POST = ("POST",)
PART = "/documents/<slug>/sections/<section_id>"

pages = blueprint(
    "section_statuses",
    [
        route("/documents/<slug>/statuses", overview, Permission.SEE_UNPUBLISHED),
        route(f"{PART}/status", part, Permission.SEE_UNPUBLISHED),
        route(f"{PART}/status/set", set_status, Permission.SET_STATUS, methods=POST),
        route(f"{PART}/dissents", dissent, Permission.DISSENT, methods=POST),
        route(
            "/documents/<slug>/dissents/<int:dissent_id>",
            own_dissent,
            Permission.SEE_UNPUBLISHED,
            methods=POST,
        ),
        route("/documents/<slug>/stage", stage, Permission.SEE_UNPUBLISHED),
        route("/documents/<slug>/stage/next", advance, Permission.ADVANCE_STAGE, methods=POST),
    ],
)
