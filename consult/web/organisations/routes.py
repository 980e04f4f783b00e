"""Pages of organisations and of hosts."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.organisations.views.host import (
    accessibility,
    clause,
    crest,
    host,
    look,
    privacy,
    rules,
)
from consult.web.organisations.views.host_editing import (
    drop_crest,
    edit_accessibility,
    edit_contact,
    edit_host,
    edit_look,
    edit_text,
    send_crest,
)
from consult.web.organisations.views.joining import invitation, join, join_by_invitation, leave
from consult.web.organisations.views.people import (
    accept,
    change,
    decline,
    invite,
    people,
    remove,
    withdraw,
)
from consult.web.organisations.views.profiles import edit, list_all, register, show
from consult.web.organisations.views.statements import statements
from consult.web.shared.routes import PUBLIC, blueprint, route

BOTH = ("GET", "POST")
POST = ("POST",)
MANAGE = Permission.MANAGE_ORGANISATION
LOOK_AFTER = Permission.MANAGE_HOST
OWN = Permission.MANAGE_OWN_ACCOUNT

pages = blueprint(
    "organisations",
    [
        route("/organisations", list_all, PUBLIC),
        route("/statements", statements, PUBLIC),
        route("/organisations/new", register, Permission.REGISTER_ORGANISATION, methods=BOTH),
        route("/organisations/<slug>", show, PUBLIC),
        route("/organisations/<slug>/edit", edit, MANAGE, methods=BOTH),
        route("/organisations/<slug>/join", join, OWN, methods=BOTH),
        route("/organisations/<slug>/leave", leave, OWN, methods=BOTH),
        route("/organisations/<slug>/people", people, MANAGE),
        route("/organisations/<slug>/people/invite", invite, MANAGE, methods=POST),
        route("/organisations/<slug>/people/<int:person_id>/change", change, MANAGE, methods=POST),
        route("/organisations/<slug>/people/<int:person_id>/remove", remove, MANAGE, methods=POST),
        route("/organisations/<slug>/requests/<int:request_id>/accept", accept, MANAGE, methods=POST),
        route("/organisations/<slug>/requests/<int:request_id>/decline", decline, MANAGE, methods=POST),
        route(
            "/organisations/<slug>/invitations/<int:invitation_id>/withdraw", withdraw, MANAGE, methods=POST
        ),
        route("/invitations/<token>", invitation, PUBLIC),
        route("/invitations/<token>/accept", join_by_invitation, OWN, methods=POST),
        route("/hosts/<slug>", host, PUBLIC),
        route("/hosts/<slug>/rules", rules, PUBLIC),
        route("/hosts/<slug>/clause", clause, PUBLIC),
        route("/hosts/<slug>/accessibility", accessibility, PUBLIC),
        route("/hosts/<slug>/privacy", privacy, PUBLIC),
        route("/hosts/<slug>/crest", crest, PUBLIC),
        route("/hosts/<slug>/look.css", look, PUBLIC),
        route("/hosts/<slug>/edit", edit_host, LOOK_AFTER),
        route("/hosts/<slug>/edit/contact", edit_contact, LOOK_AFTER, methods=BOTH),
        route("/hosts/<slug>/edit/look", edit_look, LOOK_AFTER, methods=BOTH),
        route("/hosts/<slug>/edit/crest", send_crest, LOOK_AFTER, methods=POST),
        route("/hosts/<slug>/edit/crest/drop", drop_crest, LOOK_AFTER, methods=POST),
        route("/hosts/<slug>/edit/accessibility", edit_accessibility, LOOK_AFTER, methods=BOTH),
        route("/hosts/<slug>/edit/texts/<kind>", edit_text, LOOK_AFTER, methods=BOTH),
    ],
)
