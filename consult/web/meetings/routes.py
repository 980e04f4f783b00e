"""Pages of meetings, opinions and explanations."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.meetings.views.aftermath import attendance, note
from consult.web.meetings.views.announcing import cancel, edit, new
from consult.web.meetings.views.explanations import explain, explain_comment, explanations, withdraw
from consult.web.meetings.views.opinions import edit_opinion, new_opinion, opinions
from consult.web.meetings.views.reading import list_all, show
from consult.web.shared.routes import PUBLIC, blueprint, route

BOTH = ("GET", "POST")

pages = blueprint(
    "meetings",
    [
        route("/meetings", list_all, PUBLIC),
        route(
            "/consultations/<int:consultation_id>/meetings/new",
            new,
            Permission.MANAGE_MEETINGS,
            methods=BOTH,
        ),
        route("/meetings/<int:meeting_id>", show, PUBLIC),
        route("/meetings/<int:meeting_id>/edit", edit, Permission.MANAGE_MEETINGS, methods=BOTH),
        route("/meetings/<int:meeting_id>/cancel", cancel, Permission.MANAGE_MEETINGS, methods=BOTH),
        route("/meetings/<int:meeting_id>/note", note, Permission.MANAGE_MEETINGS, methods=BOTH),
        route("/meetings/<int:meeting_id>/attendance", attendance, Permission.MANAGE_MEETINGS, methods=BOTH),
        route("/consultations/<int:consultation_id>/opinions", opinions, PUBLIC),
        route(
            "/consultations/<int:consultation_id>/opinions/new",
            new_opinion,
            Permission.MANAGE_MEETINGS,
            methods=BOTH,
        ),
        route("/opinions/<int:opinion_id>/edit", edit_opinion, Permission.MANAGE_MEETINGS, methods=BOTH),
        route("/consultations/<int:consultation_id>/explanations", explanations, PUBLIC),
        route(
            "/consultations/<int:consultation_id>/explain",
            explain,
            Permission.RUN_CONSULTATION,
            methods=BOTH,
        ),
        route(
            "/comments/<int:register_id>/<int:number>/explain",
            explain_comment,
            Permission.RUN_CONSULTATION,
            methods=BOTH,
        ),
        route(
            "/explanations/<int:explanation_id>/withdraw",
            withdraw,
            Permission.RUN_CONSULTATION,
            methods=BOTH,
        ),
    ],
)
