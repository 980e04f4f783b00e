"""Walking the queue, answering, publishing."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from consult.domain.errors import ConsultError, InvalidInput, NotFound, Stale
from consult.services import dispositions as service
from consult.services.drafting import Conflicted
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.web.dispositions.forms import AnswerForm
from consult.web.dispositions.views.answer import (
    fill,
    redline_after,
    save_answer,
    show_conflict,
    show_theirs,
    wording_of,
)
from consult.web.dispositions.views.desk import (
    Desk,
    asked_to_show,
    case_href,
    neighbours,
    open_desk,
)
from consult.web.dispositions.views.page import compose
from consult.web.shared.errors import wording as in_words
from consult.web.shared.forms import Act, refuse
from consult.web.shared.heads import now
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor


def queue(consultation_id: int) -> ResponseReturnValue:
    """The first comment that still waits."""
    desk = open_desk(consultation_id)
    show = asked_to_show()
    waiting = desk.shown(show)
    if waiting:
        return redirect(case_href(desk, waiting[0].number, show), code=303)
    return render_template("dispositions/workbench.html", page=compose(desk, None, (), show), form=None)


def case(consultation_id: int, number: int) -> ResponseReturnValue:
    desk = open_desk(consultation_id)
    show = asked_to_show()
    comment = comment_queries.find_comment(desk.consultation.register_id, number, with_drafts=True)
    if comment is None:
        raise NotFound("comment")
    placed = next(iter(comment_queries.list_placements_of([comment.id])), None)
    form = AnswerForm()
    wording = wording_of(comment, placed)
    status = 422
    if not form.is_submitted():
        fill(form, comment, wording)
    elif form.is_sent():
        try:
            done = save_answer(form, comment)
        except InvalidInput as error:
            refuse(form, error)
        except Stale as error:
            refuse(form, error)
            status = 409
            show_theirs(form, comment_queries.get_comment(comment.id, with_drafts=True))
        else:
            if not isinstance(done, Conflicted):
                return _go_on(desk, number, show, done.change_no)
            status = 409
            show_conflict(form, wording)
    page = compose(
        desk,
        comment,
        redline_after(wording, form),
        show,
        placed=placed,
        wording=wording,
        typed=form.wording.data or "",
    )
    shown = render_template("dispositions/workbench.html", page=page, form=form)
    return (shown, status) if form.errors else shown


def publish(consultation_id: int) -> ResponseReturnValue:
    """Publish every answer of a consultation that has ended."""
    consultation = consultation_queries.get_consultation(consultation_id)
    if Act().is_sent():
        try:
            count = service.publish_dispositions(current_actor(), consultation_id, now=now())
        except ConsultError as error:
            if error.code.startswith("rule."):
                say("warning", in_words(error))
            else:
                raise
        else:
            say("done", ngettext("%(num)d answer was published.", "%(num)d answers were published.", count))
    else:
        say_stale()
    return redirect(url_for("dispositions.queue", consultation_id=consultation.id, show="all"), code=303)


def _go_on(desk: Desk, number: int, show: str, change_no: int | None) -> ResponseReturnValue:
    words = gettext("The answer to comment %(number)s is kept.", number=number)
    if change_no is not None:
        words += " " + gettext("The wording was put in as change %(number)s.", number=change_no)
    say("done", words)
    if request.form.get("then") == "next":
        following = neighbours(desk, number, show)[1]
        if following is not None:
            return redirect(case_href(desk, following, show), code=303)
    return redirect(case_href(desk, number, show), code=303)
