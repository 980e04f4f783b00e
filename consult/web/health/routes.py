"""The addresses watchers ask."""

from __future__ import annotations

from consult.web.health.views import health, metrics, ready
from consult.web.shared.routes import PUBLIC, blueprint, route

pages = blueprint(
    "health",
    [
        route("/health", health, PUBLIC),
        route("/ready", ready, PUBLIC),
        # the view asks for the token, or for somebody at this machine
        route("/metrics", metrics, PUBLIC),
    ],
)
