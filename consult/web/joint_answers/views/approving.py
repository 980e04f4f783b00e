"""How a joint submission is approved, by whom, and that it is sent."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, NotFound
from consult.domain.organisations.roles import KEEPERS
from consult.domain.process.joint_answers import AnswerState
from consult.services import joint_answers as service
from consult.services.joint_answers import Part, Settlement
from consult.services.joint_answers.sending import in_order_of_text
from consult.storage.queries import joint_answers as queries
from consult.storage.queries import organisations as organisation_queries
from consult.web.joint_answers.forms import Refusing, Settling
from consult.web.joint_answers.presenters import PersonChoice, ReviewPage, SendPage, SettlePage
from consult.web.joint_answers.views.shared import (
    approvers_of,
    consultation_of,
    do_and_return,
    frame_of,
    lead_in_hand,
    letter_of,
    lines_of,
    part_in_hand,
    resolution_of,
    said_point,
    words_of,
)
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import Act
from consult.web.shared.forms import refuse as show_error
from consult.web.shared.heads import now
from consult.web.shared.i18n import language
from consult.web.shared.limits import limited
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor


@limited("organisations")
def settle(answer_id: int) -> ResponseReturnValue:
    answer, part = lead_in_hand(answer_id)
    form = Settling()
    chosen = {
        person for one in request.form.getlist("approvers") if (person := whole_number(one)) is not None
    }
    typed = {person: request.form.get(f"role-{person}", "")[:200] for person in chosen}
    back = url_for("joint_answers.show", answer_id=answer_id)
    if not form.is_submitted():
        before = {one.person_id: one.role_name for one in queries.list_approvers(answer_id)}
        chosen, typed = set(before), before
        form.rule.data = answer.approval_rule or "named"
        form.signed_by.data, form.authority.data = answer.signed_by, answer.authority
        form.resolution_no.data, form.resolution_on.data = answer.resolution_no, answer.resolution_on
    elif form.is_sent():
        settlement = Settlement(
            rule=form.rule.data or "",
            signed_by=form.signed_by.data or "",
            authority=form.authority.data or "",
            approvers=[(person, typed[person]) for person in sorted(chosen)],
            resolution_no=form.resolution_no.data or "",
            resolution_on=form.resolution_on.data,
        )
        try:
            service.ask_approval(current_actor(), answer_id, settlement, now=now())
        except ConsultError as error:
            show_error(form, error)
        else:
            say("done", gettext("The words stand still now, and those concerned were asked."))
            return redirect(back, code=303)
    members: dict[int, PersonChoice] = {}
    for one in organisation_queries.list_people(answer.organisation_id):
        members.setdefault(
            one.person_id,
            PersonChoice(
                id=one.person_id,
                name=one.name,
                role=one.role,
                typed_role=typed.get(one.person_id, ""),
                is_chosen=one.person_id in chosen,
            ),
        )
    page = SettlePage(
        frame=frame_of(answer, part, here="show"),
        people=tuple(members.values()),
        parties=len(queries.list_parties(answer_id)),
        back_href=back,
        people_href=url_for("organisations.people", slug=answer.organisation_slug)
        if current_actor().is_in(answer.organisation_id, *KEEPERS)
        else "",
    )
    shown = render_template("joint_answers/settle.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def reopen(answer_id: int) -> ResponseReturnValue:
    return do_and_return(
        lambda: service.reopen_answer(current_actor(), answer_id, now=now()),
        gettext("The joint submission is being put together again; approvals given so far do not count."),
        "joint_answers.show",
        answer_id,
    )


def review(answer_id: int) -> str:
    return _review(_reader(answer_id), Refusing(formdata=None))


def _reader(answer_id: int) -> Part:
    """Whoever may read what is to be sent; ordinary members read it once it was sent. Raises NotFound."""
    part = part_in_hand(answer_id)
    if not part.sees_points:
        raise NotFound("joint_answer")
    return part


def _review(part: Part, form: Refusing) -> str:
    answer = part.answer
    points = in_order_of_text(queries.list_points(answer.id), consultation_of(answer).version_id)
    words = words_of(answer, points)
    asks = answer.state is AnswerState.APPROVING
    own = next(
        (one for one in queries.list_approvers(answer.id) if one.person_id == current_actor().id), None
    )
    said = ""
    if own is not None and part.approves:
        said = "approved" if own.has_approved(answer.revision) else "refused" if own.refused_at else "waiting"
    page = ReviewPage(
        frame=frame_of(answer, part, here="review"),
        points=tuple(said_point(one, words) for one in points),
        asked=part.approves,
        said=said,
        revision=answer.revision,
        parties=tuple(
            (
                one.organisation_id,
                one.name,
                "approved" if one.has_approved(answer.revision) else "waiting",
            )
            for one in queries.list_parties(answer.id)
            if one.organisation_id in part.speaks_for
        )
        if answer.is_live
        else (),
        letter=letter_of(answer),
        signed_by=lines_of(answer.signed_by),
        authority=answer.authority,
        resolution=resolution_of(answer),
        approve_href=url_for("joint_answers.approve", answer_id=answer.id)
        if asks and part.approves and said != "approved"
        else "",
        refuse_href=url_for("joint_answers.refuse", answer_id=answer.id)
        if asks and part.approves and said != "refused"
        else "",
    )
    return render_template("joint_answers/review.html", page=page, form=form)


def approve(answer_id: int) -> ResponseReturnValue:
    revision = whole_number(request.form.get("revision"))
    return do_and_return(
        lambda: service.approve_answer(
            current_actor(), answer_id, revision=-1 if revision is None else revision, now=now()
        ),
        gettext("You have approved the joint submission."),
        "joint_answers.review",
        answer_id,
    )


def refuse(answer_id: int) -> ResponseReturnValue:
    form = Refusing()
    if form.is_sent():
        try:
            service.refuse_answer(current_actor(), answer_id, form.reason.data or "", now=now())
        except NotFound:
            raise
        except ConsultError as error:
            show_error(form, error)
        else:
            say("done", gettext("Those who put the joint submission together were told why."))
            return redirect(url_for("joint_answers.review", answer_id=answer_id), code=303)
    return _review(_reader(answer_id), form), 422


def decide_for_party(answer_id: int, organisation_id: int) -> ResponseReturnValue:
    """Whoever speaks for an organisation that was asked approves, or withdraws."""
    if not Act().is_sent():
        say_stale()
        return redirect(url_for("joint_answers.review", answer_id=answer_id), code=303)
    if request.form.get("act") == "withdraw":
        service.withdraw_party(
            current_actor(), answer_id, organisation_id, request.form.get("words", "")[:2000], now=now()
        )
        say(
            "done", gettext("Your organisation does not stand behind this joint submission and is not named.")
        )
        return redirect(url_for("joint_answers.list_all"), code=303)
    revision = whole_number(request.form.get("revision"))
    service.approve_for_party(
        current_actor(),
        answer_id,
        organisation_id,
        revision=-1 if revision is None else revision,
        now=now(),
    )
    say("done", gettext("Your organisation stands behind this joint submission."))
    return redirect(url_for("joint_answers.review", answer_id=answer_id), code=303)


@limited("comments")
def send(answer_id: int) -> ResponseReturnValue:
    answer, part = lead_in_hand(answer_id)
    form = Act()
    if form.is_sent():
        revision = whole_number(request.form.get("revision"))
        receipt = service.send_answer(
            current_actor(),
            answer_id,
            revision=-1 if revision is None else revision,
            language=language(),
            now=now(),
        )
        return redirect(
            url_for(
                "comments.receipt",
                register_id=receipt.register_id,
                receipt_no=receipt.receipt_no,
                secret=receipt.secret,
            ),
            code=303,
        )
    if answer.submission_id is not None:
        return redirect(url_for("joint_answers.show", answer_id=answer_id), code=303)
    page = SendPage(
        frame=frame_of(answer, part, here="show"),
        points=len(queries.list_points(answer_id)),
        revision=answer.revision,
        missing=service.standing_to_send(answer, now()),
        signed_by=lines_of(answer.signed_by),
        authority=answer.authority,
        resolution=resolution_of(answer),
        approvers=approvers_of(answer),
        letter=letter_of(answer),
        back_href=url_for("joint_answers.show", answer_id=answer_id),
        review_href=url_for("joint_answers.review", answer_id=answer_id),
    )
    shown = render_template("joint_answers/send.html", page=page, form=form)
    return (shown, 422) if form.errors else shown
