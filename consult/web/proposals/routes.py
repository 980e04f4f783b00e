"""Pages of proposals."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.proposals.views.deciding import decide
from consult.web.proposals.views.discussing import renew, reply, withdraw
from consult.web.proposals.views.reading import list_all, show, together
from consult.web.proposals.views.writing import new
from consult.web.shared.routes import blueprint, route

BOTH = ("GET", "POST")
POST = ("POST",)
PROPOSAL = "/documents/<slug>/proposals/<int:number>"

pages = blueprint(
    "proposals",
    [
        route("/documents/<slug>/proposals", list_all, Permission.SEE_UNPUBLISHED),
        route("/documents/<slug>/proposals/new", new, Permission.PROPOSE_CHANGE, methods=BOTH),
        route("/documents/<slug>/proposals/together", together, Permission.SEE_UNPUBLISHED),
        route(PROPOSAL, show, Permission.SEE_UNPUBLISHED),
        route(f"{PROPOSAL}/decision", decide, Permission.EDIT_DRAFT, methods=POST),
        route(f"{PROPOSAL}/replies", reply, Permission.PROPOSE_CHANGE, methods=POST),
        route(f"{PROPOSAL}/withdrawal", withdraw, Permission.PROPOSE_CHANGE, methods=POST),
        route(f"{PROPOSAL}/renewal", renew, Permission.PROPOSE_CHANGE, methods=BOTH),
    ],
)
