"""Pages of the register of requirements."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.requirements.views import download, show
from consult.web.shared.routes import blueprint, route

pages = blueprint(
    "requirements",
    [
        route("/documents/<slug>/requirements", show, Permission.READ_DOCUMENT),
        route("/documents/<slug>/requirements.<extension>", download, Permission.READ_DOCUMENT),
    ],
)
