"""The address watchers ask."""

from __future__ import annotations

from consult.web.health.views import health
from consult.web.shared.routes import PUBLIC, blueprint, route

pages = blueprint("health", [route("/health", health, PUBLIC)])
