"""Pages that say where words come from."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.provenance.views import origins
from consult.web.shared.routes import blueprint, route

pages = blueprint("provenance", [route("/documents/<slug>/origins", origins, Permission.READ_DOCUMENT)])
