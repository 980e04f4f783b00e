"""Pages of notes beside the parts of a document."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.section_notes.views import write
from consult.web.shared.routes import blueprint, route

pages = blueprint(
    "section_notes",
    [
        route(
            "/documents/<slug>/sections/<section_id>/beside",
            write,
            Permission.EDIT_DRAFT,
            methods=("GET", "POST"),
        ),
    ],
)
