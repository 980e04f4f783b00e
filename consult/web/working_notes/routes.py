"""Pages of working notes."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.shared.routes import blueprint, route
from consult.web.working_notes.views import list_all, thread, write

POST = ("POST",)

pages = blueprint(
    "working_notes",
    [
        route("/documents/<slug>/notes", list_all, Permission.READ_NOTES),
        route("/documents/<slug>/notes/new", write, Permission.WRITE_NOTES, methods=POST),
        route("/documents/<slug>/notes/<int:note_id>", thread, Permission.WRITE_NOTES, methods=POST),
    ],
)
