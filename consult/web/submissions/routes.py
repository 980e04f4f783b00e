"""Pages of the register of submissions."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.shared.routes import blueprint, route
from consult.web.submissions.views.entering import new
from consult.web.submissions.views.listing import list_all
from consult.web.submissions.views.returned import returned
from consult.web.submissions.views.showing import file, receipt, receipt_pdf, show

BOTH = ("GET", "POST")

pages = blueprint(
    "submissions",
    [
        route("/consultations/<int:consultation_id>/submissions", list_all, Permission.ANSWER_COMMENTS),
        route(
            "/consultations/<int:consultation_id>/submissions/new",
            new,
            Permission.ANSWER_COMMENTS,
            methods=BOTH,
        ),
        route(
            "/consultations/<int:consultation_id>/submissions/<int:receipt_no>",
            show,
            Permission.ANSWER_COMMENTS,
            methods=BOTH,
        ),
        route(
            "/consultations/<int:consultation_id>/submissions/<int:receipt_no>/receipt",
            receipt,
            Permission.ANSWER_COMMENTS,
        ),
        route(
            "/consultations/<int:consultation_id>/submissions/<int:receipt_no>/receipt.pdf",
            receipt_pdf,
            Permission.ANSWER_COMMENTS,
        ),
        route(
            "/consultations/<int:consultation_id>/submissions/<int:receipt_no>/files/<int:file_no>",
            file,
            Permission.SEE_PERSON_DATA,
        ),
        route(
            "/consultations/<int:consultation_id>/submissions/returned",
            returned,
            Permission.ANSWER_COMMENTS,
            methods=BOTH,
        ),
    ],
)
