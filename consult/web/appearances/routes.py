"""Pages about when words stood in a document."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.appearances.views import words
from consult.web.shared.routes import blueprint, route

pages = blueprint("appearances", [route("/documents/<slug>/words", words, Permission.READ_DOCUMENT)])
