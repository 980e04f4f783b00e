"""Pages of accounts."""

from __future__ import annotations

from consult.web.accounts.views.sign_in import sign_in, sign_out
from consult.web.shared.routes import PUBLIC, blueprint, route

pages = blueprint(
    "accounts",
    [
        route("/sign-in", sign_in, PUBLIC, methods=("GET", "POST")),
        route("/sign-out", sign_out, PUBLIC, methods=("POST",)),
    ],
)
