"""Pages of joint submissions."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.joint_answers.views.approving import (
    approve,
    decide_for_party,
    refuse,
    reopen,
    review,
    send,
    settle,
)
from consult.web.joint_answers.views.beginning import (
    attach,
    begin,
    drop,
    drop_letter,
    invite_party,
    lead,
    letter,
    list_all,
    remove_party,
    show,
)
from consult.web.joint_answers.views.codes import code, enter, make_code, withdraw_code
from consult.web.joint_answers.views.desk import adopt, desk, erase, point, remove_point, set_aside, take_up
from consult.web.joint_answers.views.remarking import own_point, remark, withdraw_remark
from consult.web.joint_answers.views.text import text
from consult.web.joint_answers.views.trail import origin, signatures, trail
from consult.web.shared.routes import PUBLIC, blueprint, route

BOTH = ("GET", "POST")
POST = ("POST",)
LEAD = Permission.LEAD_JOINT_ANSWER
SEE = Permission.SEE_JOINT_ANSWER
OWN = Permission.MANAGE_OWN_ACCOUNT
ONE = "/joint-answers/<int:answer_id>"

pages = blueprint(
    "joint_answers",
    [
        route("/joint-answers", list_all, OWN),
        route("/consultations/<int:consultation_id>/joint-answers/new", begin, OWN, methods=BOTH),
        route(ONE, show, SEE),
        route(f"{ONE}/lead", lead, LEAD, methods=POST),
        route(f"{ONE}/drop", drop, LEAD, methods=POST),
        # members, with an account or with a code
        route("/with-code/<token>", enter, PUBLIC, methods=BOTH),
        route(f"{ONE}/text", text, PUBLIC),
        route(f"{ONE}/remarks/new", remark, PUBLIC, methods=BOTH),
        route(f"{ONE}/remarks/<int:remark_id>/withdraw", withdraw_remark, PUBLIC, methods=POST),
        route(f"{ONE}/code", code, LEAD),
        route(f"{ONE}/code/make", make_code, LEAD, methods=POST),
        route(f"{ONE}/code/withdraw", withdraw_code, LEAD, methods=POST),
        # put together
        route(f"{ONE}/desk", desk, LEAD),
        route(f"{ONE}/desk/adopt", adopt, LEAD, methods=POST),
        route(f"{ONE}/remarks/<int:remark_id>/aside", set_aside, LEAD, methods=BOTH),
        route(f"{ONE}/remarks/<int:remark_id>/up", take_up, LEAD, methods=POST),
        route(f"{ONE}/remarks/<int:remark_id>/erase", erase, LEAD, methods=POST),
        route(f"{ONE}/points/new", own_point, LEAD, methods=BOTH),
        route(f"{ONE}/points/<int:point_id>", point, LEAD, methods=BOTH),
        route(f"{ONE}/points/<int:point_id>/remove", remove_point, LEAD, methods=POST),
        # with others, and with a letter
        route(f"{ONE}/parties/invite", invite_party, LEAD, methods=POST),
        route(f"{ONE}/parties/<int:organisation_id>/remove", remove_party, LEAD, methods=POST),
        route(f"{ONE}/parties/<int:organisation_id>/decide", decide_for_party, SEE, methods=POST),
        route(f"{ONE}/letter", letter, OWN),
        route(f"{ONE}/letter/attach", attach, LEAD, methods=POST),
        route(f"{ONE}/letter/drop", drop_letter, LEAD, methods=POST),
        # approved and sent
        route(f"{ONE}/settle", settle, LEAD, methods=BOTH),
        route(f"{ONE}/reopen", reopen, LEAD, methods=POST),
        route(f"{ONE}/review", review, SEE),
        route(f"{ONE}/review/approve", approve, SEE, methods=POST),
        route(f"{ONE}/review/refuse", refuse, SEE, methods=POST),
        route(f"{ONE}/send", send, LEAD, methods=BOTH),
        route(f"{ONE}/trail", trail, SEE),
        route("/comments/<int:register_id>/<int:number>/origin", origin, SEE),
        route(f"{ONE}/signatures", signatures, Permission.SEE_PERSON_DATA),
    ],
)
