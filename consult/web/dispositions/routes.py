"""Pages where officials answer."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.dispositions.views.acts import case, publish, queue
from consult.web.shared.routes import blueprint, route

pages = blueprint(
    "dispositions",
    [
        route("/consultations/<int:consultation_id>/answers", queue, Permission.ANSWER_COMMENTS),
        route(
            "/consultations/<int:consultation_id>/answers/<int:number>",
            case,
            Permission.ANSWER_COMMENTS,
            methods=("GET", "POST"),
        ),
        route(
            "/consultations/<int:consultation_id>/publish",
            publish,
            Permission.ANSWER_COMMENTS,
            methods=("POST",),
        ),
    ],
)
