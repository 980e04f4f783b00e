"""Pages of comment forms."""

from __future__ import annotations

from consult.web.comment_forms.views import download, show
from consult.web.shared.routes import PUBLIC, blueprint, route

pages = blueprint(
    "comment_forms",
    [
        route("/consultations/<int:consultation_id>/form", show, PUBLIC),
        route("/consultations/<int:consultation_id>/form.<extension>", download, PUBLIC),
    ],
)
