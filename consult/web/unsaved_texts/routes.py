"""Pages of what people write and have not saved."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.shared.routes import blueprint, route
from consult.web.unsaved_texts.views import discard, insertions, keep, list_all, preview, writers

pages = blueprint(
    "unsaved_texts",
    [
        route("/unsaved", list_all, Permission.MANAGE_OWN_ACCOUNT),
        route("/unsaved/<int:unsaved_id>/discard", discard, Permission.MANAGE_OWN_ACCOUNT, methods=("POST",)),
        route("/documents/<slug>/unsaved", keep, Permission.SEE_UNPUBLISHED, methods=("POST",)),
        route("/documents/<slug>/preview", preview, Permission.SEE_UNPUBLISHED, methods=("POST",)),
        route("/documents/<slug>/writers", writers, Permission.SEE_UNPUBLISHED),
        route("/documents/<slug>/insertions", insertions, Permission.SEE_UNPUBLISHED),
    ],
)
