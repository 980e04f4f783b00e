"""Officials look over comments; authors appeal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Response, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, InvalidInput, NotFound, RuleBroken
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.moderation import Act, Standing
from consult.services import moderation as service
from consult.services.authority import of_document, require
from consult.services.comments import get_receipt
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import moderation as queries
from consult.storage.queries.comments import CommentRow
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.moderation import ActRow, StandingRow
from consult.web.moderation.forms import AppealForm, CaseForm, RuleForm
from consult.web.moderation.presenters import AppealPage, CasePage, DeskPage, Kept, WaitingLine
from consult.web.shared.cards import card_of, clipped, comment_href
from consult.web.shared.forms import refuse
from consult.web.shared.heads import document_head, now
from consult.web.shared.hosts import show_host
from consult.web.shared.i18n import moment
from consult.web.shared.limits import limited
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor, current_person

EXCERPT = 200


def desk(consultation_id: int) -> ResponseReturnValue:
    """What waits for an official: appeals, comments not published yet, and what is hidden; and the rule."""
    consultation = consultation_queries.get_consultation(consultation_id)
    require(current_actor(), Permission.MODERATE, Target(host_id=consultation.host_id))
    show_host(consultation.host_id)
    form = RuleForm()
    if form.is_sent():
        before = form.rule.data == "before"
        service.set_moderation_rule(current_actor(), consultation_id, before=before, now=now())
        say(
            "done",
            gettext("From now on comments wait until somebody here publishes them.")
            if before
            else gettext("From now on everybody sees comments at once."),
        )
        return redirect(url_for("moderation.desk", consultation_id=consultation_id), code=303)
    looks_before = queries.looks_before(consultation_id)
    if not form.is_submitted():
        form.rule.data = "before" if looks_before else "after"
    rows = queries.list_standings(consultation.register_id)
    lines = _lines(rows)
    page = DeskPage(
        title=consultation.title,
        consultation_href=url_for("consultations.show", consultation_id=consultation_id),
        looks_before=looks_before,
        appealed=tuple(lines[row.comment_id] for row in rows if row.is_appealed),
        waiting=tuple(lines[row.comment_id] for row in rows if row.state == Standing.WAITING),
        hidden=tuple(
            lines[row.comment_id] for row in rows if row.state == Standing.HIDDEN and not row.is_appealed
        ),
    )
    shown = render_template("moderation/desk.html", page=page, form=form)
    return (shown, 422) if form.is_submitted() else shown


def case(register_id: int, number: int) -> ResponseReturnValue:
    """One comment: what was done to it, and what can be done now."""
    comment, document = _moderated(register_id, number)
    form = CaseForm()
    here = url_for("moderation.case", register_id=register_id, number=number)
    if form.is_sent():
        try:
            said = _act(form, comment)
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", said)
            return redirect(here, code=303)
    acts = queries.list_acts_on(comment.id)
    is_appealed = bool(acts) and acts[-1].act == Act.APPEALED
    person = current_person()
    page = CasePage(
        head=document_head(document, tab="comments"),
        comment=card_of(comment),
        desk_href=url_for("moderation.desk", consultation_id=comment.consultation_id),
        back_href=comment_href(register_id, number),
        standing=comment.standing,
        is_appealed=is_appealed,
        is_others=is_appealed and person is not None and _hidden_by(acts) == person.id,
        acts=tuple(Kept(row.act, row.reason, row.words or "", moment(row.at), _who(row)) for row in acts),
    )
    shown = render_template("moderation/case.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


@limited("comments")
def appeal(register_id: int, receipt_no: int, secret: str, number: int) -> ResponseReturnValue:
    """An appeal by whoever holds the receipt."""
    row = get_receipt(register_id, receipt_no, secret)
    if number not in row.numbers:
        raise NotFound("comment")
    comment = _found(register_id, number)
    back = url_for("comments.receipt", register_id=register_id, receipt_no=receipt_no, secret=secret)

    def send(words: str) -> None:
        service.appeal_by_receipt(
            current_actor(), register_id, receipt_no, secret, number, words=words, now=now()
        )

    response = make_response(_appeal(comment, back, send))
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


@limited("comments")
def own_appeal(register_id: int, number: int) -> ResponseReturnValue:
    """An appeal by the account that sent the comment."""
    comment = _found(register_id, number)
    person = current_person()
    if person is None or not queries.is_own_comment(comment.id, person.id):
        raise NotFound("comment")

    def send(words: str) -> None:
        service.appeal_by_account(current_actor(), comment.id, words=words, now=now())

    response: Response = make_response(_appeal(comment, url_for("accounts.comments"), send))
    response.headers["Cache-Control"] = "no-store"
    return response


def _appeal(comment: CommentRow, back: str, send: Callable[[str], None]) -> ResponseReturnValue:
    form = AppealForm()
    if form.is_sent():
        try:
            send(form.words.data or "")
        except InvalidInput as error:
            refuse(form, error)
        else:
            say(
                "done",
                gettext("Your appeal was received. Somebody else than the one who hid it will decide."),
            )
            return redirect(back, code=303)
    elif not service.is_appealable(comment):
        raise RuleBroken(
            "moderation_not_hidden" if comment.standing != Standing.HIDDEN else "appealed_already"
        )
    document = document_queries.get_document_by_id(comment.document_id)
    page = AppealPage(head=document_head(document), comment=card_of(comment), back_href=back)
    shown = render_template("moderation/appeal.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _found(register_id: int, number: int) -> CommentRow:
    """The comment with its words, for whoever was found to be its author or an official. Raises NotFound."""
    comment = comment_queries.find_comment(register_id, number, with_drafts=False, with_hidden=True)
    if comment is None or comment.consultation_id is None:
        raise NotFound("comment")
    return comment


def _moderated(register_id: int, number: int) -> tuple[CommentRow, DocumentRow]:
    comment = _found(register_id, number)
    document = document_queries.get_document_by_id(comment.document_id)
    require(current_actor(), Permission.MODERATE, of_document(document))
    return comment, document


def _act(form: CaseForm, comment: CommentRow) -> str:
    """Do what the button says; what is said of it. Raises what the services raise."""
    actor, at, words = current_actor(), now(), form.words.data or ""
    if form.act.data == "publish":
        service.publish_comment(actor, comment.id, now=at)
        return gettext("Everybody sees comment %(number)s now.", number=comment.number)
    if form.act.data == "restore":
        service.restore_comment(actor, comment.id, words=words, now=at)
        return gettext("Everybody sees comment %(number)s now.", number=comment.number)
    if form.act.data == "uphold":
        service.uphold_hiding(actor, comment.id, words=words, now=at)
        return gettext(
            "Comment %(number)s stays hidden; the reason stands in the record.", number=comment.number
        )
    service.hide_comment(actor, comment.id, reason=form.reason.data or "", words=words, now=at)
    return gettext("The words of comment %(number)s are hidden; its number stays.", number=comment.number)


def _hidden_by(acts: Sequence[ActRow]) -> int | None:
    return next((row.person_id for row in reversed(acts) if row.act == Act.HIDDEN), None)


def _who(row: ActRow) -> str:
    """Who acted; an author who appeals is called so, whatever the account is called."""
    return gettext("the author") if row.act == Act.APPEALED else row.person


def _lines(rows: Sequence[StandingRow]) -> dict[int, WaitingLine]:
    comments = comment_queries.list_comments_by_id(
        [row.comment_id for row in rows], with_drafts=False, with_hidden=True
    )
    return {
        one.id: WaitingLine(
            number=one.number,
            href=url_for("moderation.case", register_id=one.register_id, number=one.number),
            excerpt=clipped(one.text or "", EXCERPT),
            sent=moment(one.received_at),
        )
        for one in comments
    }
