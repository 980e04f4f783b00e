"""Pages of notifications."""

from __future__ import annotations

from consult.web.shared.routes import blueprint

pages = blueprint("notifications", [])
