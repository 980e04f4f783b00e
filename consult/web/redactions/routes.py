"""Pages of words cut out of comments."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.redactions.views import case, original, undo
from consult.web.shared.routes import blueprint, route

CASE = "/comments/<int:register_id>/<int:number>/redact"

pages = blueprint(
    "redactions",
    [
        route(CASE, case, Permission.MODERATE, methods=("GET", "POST")),
        route(f"{CASE}/original", original, Permission.MODERATE),
        route(f"{CASE}/<int:redaction_id>/undo", undo, Permission.MODERATE, methods=("GET", "POST")),
    ],
)
