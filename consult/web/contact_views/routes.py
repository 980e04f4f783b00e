"""Pages of views of contact data."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.contact_views.views import erase_sender, list_all
from consult.web.shared.routes import blueprint, route

pages = blueprint(
    "contact_views",
    [
        route("/hosts/<slug>/contact-views", list_all, Permission.MANAGE_HOST, methods=("GET", "POST")),
        route(
            "/consultations/<int:consultation_id>/submissions/<int:receipt_no>/erase-sender",
            erase_sender,
            Permission.SEE_PERSON_DATA,
            methods=("GET", "POST"),
        ),
    ],
)
