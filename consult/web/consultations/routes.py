"""Pages of consultations."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.consultations.views.announcing import announcement, protocol
from consult.web.consultations.views.changing import cancel, correct, effects, extend
from consult.web.consultations.views.home import home
from consult.web.consultations.views.lists import list_all
from consult.web.consultations.views.opening import new
from consult.web.consultations.views.showing import announced, announcement_file, show
from consult.web.shared.routes import PUBLIC, blueprint, route

BOTH = ("GET", "POST")

pages = blueprint(
    "consultations",
    [
        route("/", home, PUBLIC),
        route("/consultations", list_all, PUBLIC),
        route("/documents/<slug>/consult", new, Permission.OPEN_CONSULTATION, methods=BOTH),
        route("/consultations/<int:consultation_id>", show, PUBLIC),
        route("/consultations/<int:consultation_id>/announcements/<int:number>", announced, PUBLIC),
        route(
            "/consultations/<int:consultation_id>/announcements/<int:number>.docx",
            announcement_file,
            PUBLIC,
        ),
        route(
            "/consultations/<int:consultation_id>/announcement",
            announcement,
            Permission.RUN_CONSULTATION,
            methods=BOTH,
        ),
        route(
            "/consultations/<int:consultation_id>/extend", extend, Permission.RUN_CONSULTATION, methods=BOTH
        ),
        route(
            "/consultations/<int:consultation_id>/correct", correct, Permission.RUN_CONSULTATION, methods=BOTH
        ),
        route(
            "/consultations/<int:consultation_id>/cancel", cancel, Permission.RUN_CONSULTATION, methods=BOTH
        ),
        route(
            "/consultations/<int:consultation_id>/protocol",
            protocol,
            Permission.RUN_CONSULTATION,
            methods=BOTH,
        ),
        route(
            "/consultations/<int:consultation_id>/effects", effects, Permission.RUN_CONSULTATION, methods=BOTH
        ),
    ],
)
