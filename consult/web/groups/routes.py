"""Pages of working groups."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.groups.views.pages import course, edit, list_all, new, own_seat, show
from consult.web.groups.views.people import (
    change_invitation,
    decline_seat,
    invitation,
    people,
    seat,
    take_seat,
)
from consult.web.shared.routes import PUBLIC, blueprint, route

BOTH = ("GET", "POST")

pages = blueprint(
    "groups",
    [
        route("/groups", list_all, PUBLIC),
        route("/groups/new", new, Permission.MANAGE_GROUPS, methods=BOTH),
        route("/groups/invitations/<token>", invitation, PUBLIC),
        route(
            "/groups/invitations/<token>/accept", take_seat, Permission.MANAGE_OWN_ACCOUNT, methods=("POST",)
        ),
        route("/groups/invitations/<token>/decline", decline_seat, PUBLIC, methods=("POST",)),
        route("/groups/<slug>", show, PUBLIC),
        route("/groups/<slug>/seat", own_seat, Permission.MANAGE_OWN_ACCOUNT, methods=("POST",)),
        route("/groups/<slug>/edit", edit, Permission.MANAGE_GROUPS, methods=BOTH),
        route("/groups/<slug>/course", course, Permission.MANAGE_GROUPS, methods=("POST",)),
        route("/groups/<slug>/people", people, Permission.MANAGE_GROUPS, methods=BOTH),
        route("/groups/<slug>/seats", seat, Permission.MANAGE_GROUPS, methods=("POST",)),
        route(
            "/groups/<slug>/invitations/<int:invitation_id>",
            change_invitation,
            Permission.MANAGE_GROUPS,
            methods=("POST",),
        ),
    ],
)
