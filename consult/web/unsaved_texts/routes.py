"""Pages of what people write and have not saved."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.shared.routes import blueprint, route
from consult.web.unsaved_texts.views import (
    discard,
    forms,
    insertions,
    keep,
    keep_form,
    list_all,
    preview,
    writers,
)

pages = blueprint(
    "unsaved_texts",
    [
        route("/unsaved", list_all, Permission.MANAGE_OWN_ACCOUNT),
        route("/unsaved/forms", forms, Permission.MANAGE_OWN_ACCOUNT),
        route("/unsaved/forms", keep_form, Permission.MANAGE_OWN_ACCOUNT, methods=("POST",)),
        route("/unsaved/<int:unsaved_id>/discard", discard, Permission.MANAGE_OWN_ACCOUNT, methods=("POST",)),
        route("/documents/<slug>/unsaved", keep, Permission.SEE_UNPUBLISHED, methods=("POST",)),
        route("/documents/<slug>/preview", preview, Permission.SEE_UNPUBLISHED, methods=("POST",)),
        route("/documents/<slug>/writers", writers, Permission.SEE_UNPUBLISHED),
        route("/documents/<slug>/insertions", insertions, Permission.SEE_UNPUBLISHED),
    ],
)
