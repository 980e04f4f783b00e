"""Pages of the glossary of a text."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.definitions.views import show
from consult.web.shared.routes import blueprint, route

pages = blueprint(
    "definitions",
    [route("/documents/<slug>/terms", show, Permission.READ_DOCUMENT)],
)
