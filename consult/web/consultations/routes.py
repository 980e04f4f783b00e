"""Pages of consultations."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.consultations.views.home import home
from consult.web.consultations.views.opening import new
from consult.web.shared.routes import PUBLIC, blueprint, route

pages = blueprint(
    "consultations",
    [
        route("/", home, PUBLIC),
        route("/documents/<slug>/consult", new, Permission.OPEN_CONSULTATION, methods=("GET", "POST")),
    ],
)
