"""Pages of references between the parts of a document."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.cross_references.views import show
from consult.web.shared.routes import blueprint, route

pages = blueprint(
    "cross_references",
    [route("/documents/<slug>/references", show, Permission.SEE_UNPUBLISHED)],
)
