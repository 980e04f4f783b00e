"""Pages of administration."""

from __future__ import annotations

from consult.web.shared.routes import blueprint

pages = blueprint("admin", [])
