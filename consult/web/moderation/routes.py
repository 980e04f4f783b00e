"""Pages of moderation."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.moderation.views import appeal, case, desk, own_appeal
from consult.web.shared.routes import PUBLIC, blueprint, route

COMMENT = "/comments/<int:register_id>/<int:number>"
RECEIPT = "/receipts/<int:register_id>/<int:receipt_no>/<secret>"

pages = blueprint(
    "moderation",
    [
        route(
            "/consultations/<int:consultation_id>/moderation",
            desk,
            Permission.MODERATE,
            methods=("GET", "POST"),
        ),
        route(f"{COMMENT}/moderation", case, Permission.MODERATE, methods=("GET", "POST")),
        # authors: by their account, or by the secret of the receipt
        route(f"{COMMENT}/appeal", own_appeal, Permission.MANAGE_OWN_ACCOUNT, methods=("GET", "POST")),
        route(f"{RECEIPT}/comments/<int:number>/appeal", appeal, PUBLIC, methods=("GET", "POST")),
    ],
)
