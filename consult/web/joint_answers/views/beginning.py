"""Joint submissions begun, where each of them stands, with whom and with which letter."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.domain.process.contact_views import Place
from consult.domain.process.joint_answers import AnswerState
from consult.services import joint_answers as service
from consult.services.joint_answers import Part
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import joint_answers as queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.joint_answers import AnswerRow
from consult.web.joint_answers.forms import Attaching, Begin, Inviting
from consult.web.joint_answers.presenters import (
    AnswerLine,
    AnswerPage,
    BeginPage,
    Choice,
    ListPage,
    SentComment,
)
from consult.web.joint_answers.views.shared import (
    approvers_of,
    do_and_return,
    frame_of,
    lead_in_hand,
    letter_of,
    lines_of,
    note_view_of_sender,
    part_in_hand,
    parties_of,
    resolution_of,
)
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.i18n import deadline, moment
from consult.web.shared.limits import limited
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor, current_viewer

MOST_OFFERED = 500
"""Organisations offered to be asked."""

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}


def list_all() -> str:
    """Joint submissions of one's own organisations, and those one was asked to approve or stand behind."""
    actor = current_actor()
    organisations = {organisation for organisation, _ in actor.memberships}
    waiting = set(queries.list_answers_approved_by(actor.id or 0))
    lines = []
    for answer in queries.list_answers_of_organisations(organisations):
        consultation = consultation_queries.get_consultation(answer.consultation_id)
        lines.append(
            AnswerLine(
                href=url_for("joint_answers.show", answer_id=answer.id),
                title=consultation.title,
                organisation=answer.organisation_name,
                state=str(answer.state),
                closes=deadline(consultation.closes_at),
                is_over=not consultation.is_open(now()),
                asks=answer.id in waiting and answer.state is AnswerState.APPROVING,
            )
        )
    page = ListPage(tuple(lines), url_for("consultations.list_all"))
    return render_template("joint_answers/list_all.html", page=page)


@limited("organisations")
def begin(consultation_id: int) -> ResponseReturnValue:
    consultation = consultation_queries.get_consultation(consultation_id)
    document = document_queries.get_document(consultation.slug, current_viewer())
    form = Begin()
    choices = _choices(consultation_id)
    if form.is_sent():
        try:
            made = service.begin_answer(
                current_actor(), consultation_id, whole_number(form.organisation.data), now=now()
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            return redirect(url_for("joint_answers.show", answer_id=made), code=303)
    elif not form.is_submitted() and len(choices) == 1:
        form.organisation.data = str(choices[0].id)
    page = BeginPage(
        title=consultation.title,
        document=document.title,
        document_href=url_for("documents.show", slug=document.slug),
        language=document.language,
        closes=deadline(consultation.closes_at),
        choices=choices,
        register_href=url_for("organisations.register"),
    )
    shown = render_template("joint_answers/begin.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _choices(consultation_id: int) -> tuple[Choice, ...]:
    """The organisations the reader may speak for."""
    actor, found = current_actor(), []
    for one in organisation_queries.list_speakers(actor.id or 0):
        if not is_allowed(actor, Permission.LEAD_JOINT_ANSWER, Target(host_id=one.organisation_id)):
            continue
        begun = queries.find_standing_answer(consultation_id, one.organisation_id)
        found.append(
            Choice(
                id=one.organisation_id,
                name=one.organisation_name,
                is_confirmed=one.is_confirmed,
                href=url_for("joint_answers.show", answer_id=begun.id) if begun else "",
            )
        )
    return tuple(found)


def show(answer_id: int) -> str:
    part = part_in_hand(answer_id)
    return _page(part, Inviting(formdata=None), Attaching(formdata=None))


def _page(part: Part, inviting: Inviting, attaching: Attaching) -> str:
    answer = part.answer
    remarks = queries.list_remarks(answer.id)
    is_live = answer.is_live
    consultation = consultation_queries.get_consultation(answer.consultation_id)
    is_open = consultation.is_open(now())
    works = part.leads and is_live
    lead = account_queries.find_person(answer.lead_id)
    code = queries.find_good_code(answer.id) if works else None
    receipt = comment_queries.find_receipt_of(answer.submission_id) if answer.submission_id else None

    def at(name: str, allowed: bool) -> str:
        return url_for(f"joint_answers.{name}", answer_id=answer.id) if allowed else ""

    collecting = works and answer.state is AnswerState.COLLECTING
    missing = service.standing_to_send(answer, now()) if is_live else ()
    organisations = _organisations_to_ask(answer) if works and is_open else ()
    inviting.organisation.choices = list(organisations)
    page = AnswerPage(
        frame=frame_of(answer, part, here="show"),
        leads=part.leads,
        lead=lead.name if lead else "",
        is_lead=answer.lead_id == current_actor().id,
        waiting=sum(one.is_waiting for one in remarks),
        aside=sum(one.set_aside_at is not None and one.withdrawn_at is None for one in remarks),
        points=len(queries.list_points(answer.id)),
        missing=missing,
        approvers=approvers_of(answer)
        if part.sees_points and answer.state is not AnswerState.COLLECTING
        else (),
        parties=parties_of(answer, can_remove=works, with_withdrawn=part.leads),
        letter=letter_of(answer, can_drop=works) if part.sees_points else None,
        signed_by=lines_of(answer.signed_by) if part.sees_points else (),
        authority=answer.authority if part.sees_points else "",
        resolution=resolution_of(answer),
        receipt_no=receipt.name if receipt else "",
        sent=moment(answer.sent_at) if answer.sent_at else None,
        comments=tuple(
            SentComment(
                number,
                url_for("comments.show", register_id=receipt.register_id, number=number),
                url_for("joint_answers.origin", register_id=receipt.register_id, number=number)
                if part.sees_remarks
                else "",
            )
            for number in receipt.numbers
        )
        if receipt
        else (),
        desk_href=at("desk", collecting),
        text_href=at("text", answer.state is AnswerState.COLLECTING),
        settle_href=at("settle", collecting and is_open),
        review_href=at("review", part.sees_points and answer.state is AnswerState.APPROVING),
        send_href=at("send", works and not missing),
        reopen_href=at("reopen", works and answer.state is AnswerState.APPROVING),
        lead_href=at("lead", works and answer.lead_id != current_actor().id),
        drop_href=at("drop", works),
        invite_href=at("invite_party", bool(organisations)),
        organisations=organisations,
        attach_href=at("attach", works),
        code_made=moment(code.made_at) if code else None,
        code_href=at("make_code", collecting and is_open),
        code_withdraw_href=at("withdraw_code", code is not None),
    )
    return render_template("joint_answers/show.html", page=page, inviting=inviting, attaching=attaching)


def _organisations_to_ask(answer: AnswerRow) -> tuple[tuple[str, str], ...]:
    """Organisations that are not in it yet and have somebody who may speak for them."""
    taken = {one.organisation_id for one in queries.list_parties(answer.id)} | {answer.organisation_id}
    rows = organisation_queries.list_organisations(current_viewer(), limit=MOST_OFFERED)
    return tuple((row.slug, row.name) for row in rows if row.id not in taken and not row.is_host)


def lead(answer_id: int) -> ResponseReturnValue:
    return do_and_return(
        lambda: service.take_the_lead(current_actor(), answer_id, now=now()),
        gettext("You lead this joint submission now: its letters go to you."),
        "joint_answers.show",
        answer_id,
    )


def drop(answer_id: int) -> ResponseReturnValue:
    do_and_return(
        lambda: service.drop_answer(current_actor(), answer_id, now=now()),
        gettext("The joint submission was given up. Nothing of it was sent."),
        "joint_answers.show",
        answer_id,
    )
    return redirect(url_for("joint_answers.list_all"), code=303)


@limited("organisations")
def invite_party(answer_id: int) -> ResponseReturnValue:
    _, part = lead_in_hand(answer_id)
    form = Inviting()
    if form.is_sent():
        try:
            service.invite_party(current_actor(), answer_id, form.organisation.data or "", now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The organisation was asked; those who speak in its name got a letter."))
            return redirect(url_for("joint_answers.show", answer_id=answer_id), code=303)
    return _page(part, form, Attaching(formdata=None)), 422


def remove_party(answer_id: int, organisation_id: int) -> ResponseReturnValue:
    return do_and_return(
        lambda: service.remove_party(current_actor(), answer_id, organisation_id, now=now()),
        gettext("The organisation will not be named."),
        "joint_answers.show",
        answer_id,
    )


@limited("organisations")
def attach(answer_id: int) -> ResponseReturnValue:
    _, part = lead_in_hand(answer_id)
    form = Attaching()
    if form.is_sent():
        upload = request.files.get("letter")
        content, name = (upload.read(), upload.filename or "") if upload else (b"", "")
        try:
            service.attach_letter(current_actor(), answer_id, content, name, now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The letter is attached."))
            return redirect(url_for("joint_answers.show", answer_id=answer_id), code=303)
    return _page(part, Inviting(formdata=None), form), 422


def drop_letter(answer_id: int) -> ResponseReturnValue:
    return do_and_return(
        lambda: service.drop_letter(current_actor(), answer_id, now=now()),
        gettext("The letter was taken away."),
        "joint_answers.show",
        answer_id,
    )


def letter(answer_id: int) -> Response:
    """The letter as a file to keep: never shown by the browser as a page of this site."""
    row, content = service.read_letter(current_actor(), answer_id)
    note_view_of_sender(queries.get_answer(answer_id), Place.JOINT_LETTER)
    response = make_response(content)
    response.headers["Content-Type"] = MEDIA[row.kind]
    response.headers.set("Content-Disposition", "attachment", filename=row.name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response
