"""Pages that compare."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.comparison.views.page import show
from consult.web.shared.routes import blueprint, route

pages = blueprint("comparison", [route("/documents/<slug>/compare", show, Permission.READ_DOCUMENT)])
