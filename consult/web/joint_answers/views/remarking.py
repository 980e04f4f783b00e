"""A remark written by a member, or a point of the lead's own: the form of public comments, but for who one is."""

from __future__ import annotations

import secrets

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, NotFound, RuleBroken
from consult.domain.process.joint_answers import AnswerState
from consult.domain.text.spans import Span
from consult.services import joint_answers as service
from consult.services.comments import Pointing, Remark
from consult.services.joint_answers import NewRemark, Part
from consult.services.joint_answers.standing import open_consultation, require_state
from consult.storage.queries import documents as document_queries
from consult.storage.queries.documents import TextRow
from consult.storage.queries.joint_answers import AnswerRow
from consult.web.joint_answers.forms import Remarking
from consult.web.joint_answers.presenters import RemarkPage
from consult.web.joint_answers.views.codes import KEY_BYTES, gone
from consult.web.joint_answers.views.shared import (
    KEYS,
    NAME,
    code_in_hand,
    consultation_of,
    frame_of,
    key_in_hand,
    lead_in_hand,
    private,
)
from consult.web.shared.addresses import printable, whole_number
from consult.web.shared.cards import clipped
from consult.web.shared.forms import Act, is_our_token, new_token, refuse
from consult.web.shared.heads import now
from consult.web.shared.limits import limited
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor

LONGEST_IN_ADDRESS = 64
WORDS_SHOWN = 1_200


@limited("comments")
def remark(answer_id: int) -> ResponseReturnValue:
    try:
        answer = service.admitted(current_actor(), answer_id, code_in_hand(answer_id))
    except RuleBroken:
        return gone()
    part = service.part_of_reader(current_actor(), answer)
    form = Remarking()
    if form.is_submitted() and current_actor().id is None and not key_in_hand(answer_id):
        session[KEYS] = {**(session.get(KEYS) or {}), str(answer_id): secrets.token_urlsafe(KEY_BYTES)}
    pointing, text = _about(form, answer)
    if form.is_sent() and not form.website.data:
        try:
            as_point = part is not None and part.leads and request.form.get("act") == "point"
            if as_point:
                service.add_point(current_actor(), answer_id, _remark(form, pointing), now=now())
            else:
                _write(answer, form, pointing)
        except ConsultError as error:
            refuse(form, error)
        else:
            say(
                "done",
                gettext("The point is in the joint submission.")
                if as_point
                else gettext("Your remark has reached those who put the joint submission together."),
            )
            where = url_for("joint_answers.text", answer_id=answer_id, _anchor=_anchor(pointing))
            return redirect(where, code=303)
    elif form.is_submitted() and form.website.data:
        form.form_errors.append(gettext("The field that is to stay empty was filled in."))
    elif not form.is_submitted():
        _require_open(answer)
        form.name.data = str(session.get(NAME, ""))
    return _page(answer, part, form, pointing, text, own=False)


@limited("comments")
def own_point(answer_id: int) -> ResponseReturnValue:
    """A point the lead adds without anybody's remark."""
    answer, part = lead_in_hand(answer_id)
    form = Remarking()
    pointing, text = _about(form, answer)
    if form.is_sent():
        try:
            service.add_point(current_actor(), answer_id, _remark(form, pointing), now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The point is in the joint submission."))
            return redirect(url_for("joint_answers.desk", answer_id=answer_id), code=303)
    elif not form.is_submitted():
        _require_open(answer)
    return _page(answer, part, form, pointing, text, own=True)


def withdraw_remark(answer_id: int, remark_id: int) -> ResponseReturnValue:
    if Act().is_sent():
        service.withdraw_own_remark(
            current_actor(),
            answer_id,
            remark_id,
            code=code_in_hand(answer_id),
            key=key_in_hand(answer_id),
            now=now(),
        )
        say("done", gettext("Your remark was taken back and its words erased."))
    else:
        say_stale()
    return redirect(url_for("joint_answers.text", answer_id=answer_id), code=303)


def _write(answer: AnswerRow, form: Remarking, pointing: Pointing | None) -> None:
    name = (form.name.data or "").strip()
    token = form.token.data or ""
    service.write_remark(
        current_actor(),
        answer.id,
        NewRemark(_remark(form, pointing), name=name, key=key_in_hand(answer.id)),
        code=code_in_hand(answer.id),
        form_token=token if is_our_token(token) else "",
        now=now(),
    )
    if current_actor().id is None:
        session[NAME] = name[:200]


def _remark(form: Remarking, pointing: Pointing | None) -> Remark:
    proposed = (form.proposed.data or "").strip()
    return Remark(
        text=form.text.data or "",
        kind=form.kind.data or "substantive",
        proposed=proposed if proposed and pointing else None,
        pointings=(pointing,) if pointing else (),
    )


def _about(form: Remarking, answer: AnswerRow) -> tuple[Pointing | None, TextRow | None]:
    """What the form points at, read from the address the first time; None for the whole document."""
    if not form.is_submitted():
        for name in ("section", "text_id", "start", "end"):
            form[name].data = printable(request.args.get(name, ""))[:LONGEST_IN_ADDRESS]
        form.token.data = new_token()
        form.kind.data = "substantive" if form.section.data else "general"
    section_id, text_id = form.section.data or "", whole_number(form.text_id.data)
    if not section_id:
        return None, None
    if text_id is None:
        raise NotFound("text")
    found = document_queries.get_text(text_id)
    standing = document_queries.list_text_ids_of_version(consultation_of(answer).version_id, [text_id])
    if found.section_id != section_id or text_id not in standing:
        raise NotFound("text")
    start, end = whole_number(form.start.data), whole_number(form.end.data)
    if start is not None and end is not None and start < end <= len(found.plain):
        return Pointing(section_id, text_id, Span(start, end)), found
    return Pointing(section_id, text_id), found


def _require_open(answer: AnswerRow) -> None:
    """The form is offered only while it can be sent."""
    require_state(answer, AnswerState.COLLECTING)
    open_consultation(answer, now())


def _page(
    answer: AnswerRow,
    part: Part | None,
    form: Remarking,
    pointing: Pointing | None,
    text: TextRow | None,
    *,
    own: bool,
) -> ResponseReturnValue:
    passage = ""
    if text is not None and pointing is not None:
        words = pointing.span.of(text.plain) if pointing.span else text.plain
        passage = words if len(words) <= WORDS_SHOWN else clipped(words, WORDS_SHOWN)
    page = RemarkPage(
        frame=frame_of(answer, part, here="desk" if own else "text"),
        about="whole" if pointing is None else ("words" if pointing.span else "part"),
        place=text.heading if text else "",
        passage=passage,
        back_href=url_for("joint_answers.desk", answer_id=answer.id)
        if own
        else url_for("joint_answers.text", answer_id=answer.id, _anchor=_anchor(pointing)),
        keep_key=f"wspolne/{answer.id}/{form.section.data or ''}/{form.start.data or ''}/{form.end.data or ''}",
        own=own,
        asks_name=current_actor().id is None,
        can_add=bool(part and part.leads) and not own,
    )
    shown = render_template("joint_answers/remark.html", page=page, form=form)
    return private(shown, 422 if form.errors else 200)


def _anchor(pointing: Pointing | None) -> str | None:
    return f"s-{pointing.section_id[:12]}" if pointing else None
