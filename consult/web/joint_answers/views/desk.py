"""The desk: remarks and points in the order of the text, adopted, merged, reworded, set aside."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, NotFound
from consult.domain.process.comments import MOST_COMMENTS
from consult.domain.process.joint_answers import AnswerState
from consult.services import joint_answers as service
from consult.storage.queries import joint_answers as queries
from consult.storage.queries.joint_answers import AnswerRow
from consult.web.joint_answers.forms import Adopting, Reason, Rewording
from consult.web.joint_answers.presenters import AsidePage, DeskGroup, DeskPage, PointPage, Said
from consult.web.joint_answers.views.shared import (
    consultation_of,
    do_and_return,
    frame_of,
    lead_in_hand,
    said_point,
    said_remark,
    state_of,
    words_of,
)
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor


def desk(answer_id: int) -> str:
    answer, _ = lead_in_hand(answer_id)
    return _page(answer, Adopting(formdata=None))


def _page(answer: AnswerRow, form: Adopting) -> str:
    _, part = lead_in_hand(answer.id)
    points, remarks = queries.list_points(answer.id), queries.list_remarks(answer.id)
    words = words_of(answer, points, remarks)
    can_change = answer.state is AnswerState.COLLECTING
    points_of: dict[str, list[tuple[tuple[int, int], Said]]] = defaultdict(list)
    remarks_of: dict[str, list[tuple[tuple[int, int], Said]]] = defaultdict(list)
    made_of = {one.id: one for one in remarks}
    sources = queries.list_sources([point.id for point in points])
    for point in points:
        first = min(point.places, key=words.rank, default=None)
        said = said_point(
            point,
            words,
            [
                said_remark(made_of[one], words, with_name=True)
                for one in sources.get(point.id, ())
                if one in made_of
            ],
            href=url_for("joint_answers.point", answer_id=answer.id, point_id=point.id) if can_change else "",
        )
        points_of[first.section_id if first else ""].append((words.rank(first), said))
    for remark in remarks:
        if remark.withdrawn_at is not None or remark.point_id is not None:
            continue
        where: dict[str, Any] = {"answer_id": answer.id, "remark_id": remark.id}
        said = said_remark(
            remark,
            words,
            with_name=True,
            aside_href=url_for("joint_answers.set_aside", **where) if state_of(remark) == "waiting" else "",
            up_href=url_for("joint_answers.take_up", **where) if state_of(remark) == "aside" else "",
            erase_href=url_for("joint_answers.erase", **where),
        )
        remarks_of[remark.place.section_id if remark.place else ""].append((words.rank(remark.place), said))
    groups = sorted(points_of.keys() | remarks_of.keys(), key=lambda one: words.order.get(one, -1))
    page = DeskPage(
        frame=frame_of(answer, part, here="desk"),
        groups=tuple(
            DeskGroup(
                words.title(one) if one else gettext("The whole document"),
                tuple(said for _, said in sorted(points_of[one], key=lambda pair: pair[0])),
                tuple(said for _, said in sorted(remarks_of[one], key=lambda pair: pair[0])),
            )
            for one in groups
        ),
        waiting=sum(one.is_waiting for one in remarks),
        adopt_href=url_for("joint_answers.adopt", answer_id=answer.id) if can_change else "",
        own_href=url_for("joint_answers.own_point", answer_id=answer.id) if can_change else "",
        text_href=url_for("joint_answers.text", answer_id=answer.id),
        is_open=consultation_of(answer).is_open(now()),
    )
    return render_template("joint_answers/desk.html", page=page, form=form)


def adopt(answer_id: int) -> ResponseReturnValue:
    """One remark, or all that are ticked, as one point; several lead on to the form in which they are made one."""
    answer, _ = lead_in_hand(answer_id)
    form = Adopting()
    if form.is_sent():
        only = whole_number(request.form.get("only"))
        ticked = [whole_number(one) for one in request.form.getlist("remarks")[:MOST_COMMENTS]]
        chosen = [only] if only is not None else [one for one in ticked if one is not None]
        try:
            made = service.adopt_remarks(current_actor(), answer_id, chosen, now=now())
        except NotFound:
            raise
        except ConsultError as error:
            refuse(form, error)
        else:
            if len(chosen) > 1:
                say("done", gettext("The remarks are one point now. Give it its words."))
                return redirect(url_for("joint_answers.point", answer_id=answer_id, point_id=made), code=303)
            say("done", gettext("The remark is in the joint submission."))
            return redirect(url_for("joint_answers.desk", answer_id=answer_id), code=303)
    return _page(answer, form), 422


def point(answer_id: int, point_id: int) -> ResponseReturnValue:
    answer, part = lead_in_hand(answer_id)
    row = queries.find_point(point_id)
    if row is None or row.answer_id != answer_id:
        raise NotFound("joint_point")
    form = Rewording()
    back = url_for("joint_answers.desk", answer_id=answer_id)
    if not form.is_submitted():
        form.text.data, form.justification.data = row.text, row.justification
        form.proposed.data, form.kind.data, form.no.data = row.proposed or "", row.kind, str(row.no)
    elif form.is_sent():
        try:
            service.change_point(
                current_actor(),
                answer_id,
                point_id,
                text=form.text.data or "",
                kind=form.kind.data or row.kind,
                justification=form.justification.data or "",
                proposed=(form.proposed.data or "").strip() or None,
                expected_no=whole_number(form.no.data) or 0,
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
            form.no.data = str(row.no)
        else:
            say("done", gettext("Saved."))
            return redirect(back, code=303)
    remarks = {one.id: one for one in queries.list_remarks(answer_id)}
    mine = [remarks[one] for one in queries.list_sources([point_id]).get(point_id, ()) if one in remarks]
    words = words_of(answer, [row], mine)
    page = PointPage(
        frame=frame_of(answer, part, here="desk"),
        point=said_point(row, words, [said_remark(one, words, with_name=True) for one in mine]),
        remove_href=url_for("joint_answers.remove_point", answer_id=answer_id, point_id=point_id),
        back_href=back,
    )
    shown = render_template("joint_answers/point.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def remove_point(answer_id: int, point_id: int) -> ResponseReturnValue:
    return do_and_return(
        lambda: service.remove_point(current_actor(), answer_id, point_id, now=now()),
        gettext("The point was taken out; its remarks wait again."),
        "joint_answers.desk",
        answer_id,
    )


def set_aside(answer_id: int, remark_id: int) -> ResponseReturnValue:
    answer, part = lead_in_hand(answer_id)
    row = queries.find_remark(remark_id)
    if row is None or row.answer_id != answer_id or row.withdrawn_at is not None:
        raise NotFound("joint_remark")
    form = Reason()
    back = url_for("joint_answers.desk", answer_id=answer_id)
    if form.is_sent():
        try:
            service.set_remark_aside(current_actor(), answer_id, remark_id, form.reason.data or "", now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The remark was set aside, with your reason."))
            return redirect(back, code=303)
    page = AsidePage(
        frame=frame_of(answer, part, here="desk"),
        remark=said_remark(row, words_of(answer, (), [row]), with_name=True),
        back_href=back,
    )
    shown = render_template("joint_answers/set_aside.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def take_up(answer_id: int, remark_id: int) -> ResponseReturnValue:
    return do_and_return(
        lambda: service.take_remark_up(current_actor(), answer_id, remark_id, now=now()),
        gettext("The remark waits again."),
        "joint_answers.desk",
        answer_id,
    )


def erase(answer_id: int, remark_id: int) -> ResponseReturnValue:
    return do_and_return(
        lambda: service.erase_remark(current_actor(), answer_id, remark_id, now=now()),
        gettext("The words and the name of this remark were erased."),
        "joint_answers.desk",
        answer_id,
    )
