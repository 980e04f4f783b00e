"""From the core's errors to answers people understand: one table of statuses, one of wordings.

Wordings are English here and Polish in the catalogue; facts go in by name. An error about a field of a
form is shown beside the field (see `forms.refuse`); everything else becomes an error page.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

import structlog
from flask import Flask, Response, g, make_response, render_template, request
from flask_babel import gettext, lazy_gettext
from werkzeug.exceptions import HTTPException

from consult.domain.errors import ConsultError, NotPermitted
from consult.web.shared.addresses import this_address
from consult.web.shared.i18n import deadline
from consult.web.shared.presenters import Problem

_ = lazy_gettext

STATUSES = {
    "not_found": 404,
    "not_permitted": 403,
    "invalid": 422,
    "rule": 409,
    "stale": 409,
    "conflict": 409,
}
"""HTTP status by family of error."""

WORDINGS = {
    # accounts
    "conflict.email_taken": _("There is an account with this e-mail address already."),
    "conflict.slug_taken": _("This name in addresses is taken already."),
    "invalid.credentials": _("The e-mail address or the password is not right."),
    "invalid.password_length": _("A password needs at least %(shortest)s characters."),
    "invalid.email": _("This is not a complete e-mail address."),
    # what was typed
    "invalid.control_characters": _(
        "The text holds a character that cannot be kept (at position %(position)s). Please remove it."
    ),
    "invalid.text_empty": _("A part needs some text. To take it out of the document, use “Remove”."),
    "invalid.text_too_long": _(
        "The text is longer than %(limit)s characters. Please split it into several parts."
    ),
    "invalid.text_before_heading": _(
        "There is text before the first heading. Move it under the heading, so that it is not lost from this part."
    ),
    "invalid.block_left_open": _(
        "A block of code or a comment in this text is never closed, so it would swallow the parts that follow. Please close it."
    ),
    "invalid.note_too_long": _("The note is longer than %(limit)s characters."),
    "invalid.title_empty": _("Please give a title."),
    "invalid.title_multiline": _("A title is a single line."),
    "invalid.title_too_long": _("The title is longer than %(limit)s characters."),
    "invalid.heading_missing": _("This part has no heading."),
    "invalid.level_out_of_range": _("Headings have levels from 1 to %(deepest)s."),
    "invalid.label_empty": _("Please say what people should call this version."),
    "invalid.label_too_long": _("The label is longer than %(limit)s characters."),
    "invalid.document_kind": _("Please choose a kind of document."),
    "invalid.language": _("Please choose one of the languages: %(taken)s."),
    "invalid.conflicts_undecided": _("Please decide every place where the two texts differ."),
    "invalid.proposal_missing": _("There is no proposed text for this place."),
    # files
    "invalid.file_format": _("Files of this kind are not read here. Please choose one of: %(taken)s."),
    "invalid.file_missing": _("Please choose a file."),
    "invalid.file_not_text": _("This is not a text file."),
    "invalid.date": _("Please give a day."),
    "invalid.hour": _("Please give an hour and minutes."),
    "invalid.wording_place": _(
        "The place of the wording was not understood. Please load the page again; your text is below."
    ),
    "invalid.file_empty": _("There is no text in this file."),
    "invalid.file_encoding": _(
        "The letters of this file cannot be read. Please save it as UTF-8 and try again."
    ),
    "invalid.file_encrypted": _(
        "This file is locked with a password. Please save it without one and try again."
    ),
    "invalid.file_old_word": _(
        "This is a file of an old Word (.doc). Please save it as .docx and try again."
    ),
    "invalid.file_damaged": _(
        "This file is damaged or incomplete. Please open it in Word, save it again and retry."
    ),
    "invalid.file_not_word": _("This is not a Word document (.docx)."),
    "invalid.file_too_large": _("This file unpacks to more than can be read here."),
    "invalid.file_too_complex": _(
        "This file is built in too complicated a way to be read. Please save a simpler copy, without embedded objects."
    ),
    "invalid.file_unsafe": _("This file holds instructions a document does not need, so it was not opened."),
    "invalid.too_many_sections": _("The file has more than %(limit)s headings. Please split it."),
    "invalid.export_format": _("Texts are written as: %(taken)s."),
    # comments
    "invalid.comment_empty": _("Please write what you want to say."),
    "invalid.comment_too_long": _(
        "This is longer than %(limit)s characters. Please send it as several comments."
    ),
    "invalid.too_many_comments": _("At most %(limit)s comments can be sent at once."),
    "invalid.comment_kind": _("Please choose what kind of comment it is."),
    "invalid.too_many_targets": _("One comment may point at %(limit)s passages at most."),
    "invalid.capacity": _("Please say in whose name you comment."),
    "invalid.channel": _("There is no such way of handing in a comment."),
    "invalid.name_too_long": _("The name is longer than %(limit)s characters."),
    "invalid.organisation_missing": _("Please give the name of the organisation, office or firm."),
    "invalid.passage": _("The words you pointed at are not in this text any more. Please choose them again."),
    "invalid.quote_not_found": _("These words do not stand in the text."),
    # answers
    "invalid.outcome": _("Please choose a position."),
    "invalid.justification_missing": _("Please give the reasons: everybody who commented is owed them."),
    "invalid.justification_too_long": _("The reasons are longer than %(limit)s characters."),
    "invalid.wording_not_taken": _("With this position no wording is taken into the text."),
    # consultations
    "invalid.legal_basis": _("Please choose the legal basis."),
    "invalid.closes_before_opening": _("The end must come after the beginning."),
    "invalid.closes_in_the_past": _("The end has already passed."),
    "invalid.opens_too_late": _("A consultation is announced at most %(limit)s days ahead."),
    "invalid.window_too_long": _("A consultation lasts %(limit)s days at most."),
    "rule.consultation_closed": _("The consultation has ended, so comments are no longer taken here."),
    "rule.consultation_overlaps": _("Another consultation of this document takes place then: “%(title)s”."),
    "rule.still_open": _("The consultation is still open; answers are published after it has ended."),
    "rule.unanswered": _(
        "Comments without an answer: %(count)s. Every comment is owed one before the answers are published."
    ),
    "rule.window_empty": _("The consultation would last no time at all."),
    "rule.window_shortened": _("A term may be made longer, never shorter (it ends on %(last_day)s)."),
    "rule.window_too_short": _(
        "This legal basis asks for at least %(least_days)s days; the earliest end is %(earliest)s."
    ),
    "rule.not_the_next_step": _("This step does not follow from the present one."),
    # drafting
    "rule.preamble_stays": _("The opening part without a heading always stands first."),
    "rule.last_section": _("A document keeps at least one part."),
    "rule.move_into_itself": _("A part cannot stand inside itself."),
    "rule.nothing_to_publish": _("There is no text to publish yet."),
    "conflict.form_already_sent": _(
        "This form was sent already, with other words, and has receipt number %(receipt_no)s. To say something more, please begin a new comment; your text is below."
    ),
    "stale.answered_meanwhile": _(
        "Somebody else answered comment %(number)s meanwhile. Your text is below; compare it with theirs before saving."
    ),
    # what there is not
    "not_found.change": _("There is no such change."),
    "not_found.comment": _("There is no such comment."),
    "not_found.consultation": _("There is no such consultation."),
    "not_found.document": _("There is no such document, or it is not published yet."),
    "not_found.host": _("There is no office here that could keep documents yet."),
    "not_found.receipt": _("There is no such receipt, or the address is not complete."),
    "not_found.section": _("This part is no longer in the document."),
    "not_found.text": _("This text is no longer there."),
    "not_found.version": _("There is no such version."),
    # permissions
    "not_permitted.read_document": _("This document is not published yet."),
    "not_permitted.see_unpublished": _("Only the working group sees the draft and its history."),
    "not_permitted.create_document": _("Only editors and officials of an office begin documents."),
    "not_permitted.edit_draft": _(
        "Only editors and officials of the office that keeps the document change its text."
    ),
    "not_permitted.publish_version": _(
        "Only officials of the office that keeps the document publish versions."
    ),
    "not_permitted.open_consultation": _(
        "Only officials of the office that keeps the document open consultations."
    ),
    "not_permitted.comment": _("Comments are taken while a consultation is open."),
    "not_permitted.answer_comments": _(
        "Only officials of the office that keeps the document answer comments."
    ),
    "not_permitted.export_comment_table": _(
        "Only officials of the office that keeps the document take away the table of comments."
    ),
    "not_permitted.see_person_data": _("Only officials of the office see the data of those who commented."),
    "not_permitted.administer": _("Only administrators look after people and offices."),
}

REASONS = {
    "is_published": _("once a version is published"),
    "is_open_for_comments": _("while a consultation is open"),
    "is_member_of_host": _("members of the office that keeps the document"),
    "is_editor_of_host": _("its editors"),
    "is_official_of_host": _("its officials"),
    "is_administrator": _("administrators"),
}

BARE = """\
Consult

Coś się u nas zepsuło. Prosimy spróbować za chwilę. Numer zdarzenia: {reference}

Something broke on our side. Please try again in a moment. Reference: {reference}
"""
"""What is said when no page can be made."""

log = structlog.get_logger()


def wording(error: ConsultError) -> str:
    """An error in the reader's language."""
    facts: dict[str, Any] = {key: "" if value is None else value for key, value in error.facts.items()}
    known = WORDINGS.get(error.code)
    if known is None:
        return gettext("This could not be done.")
    if error.code == "rule.consultation_closed" and facts.get("closed_at"):
        closed = deadline(datetime.fromisoformat(str(facts["closed_at"])))
        return gettext(
            "The consultation ended on %(moment)s, so comments are no longer taken here.", moment=closed.text
        )
    return str(known) % facts if facts else str(known)


def reason(error: ConsultError) -> str:
    """Who may, or when, for a refusal: the answer to "why can't I?"."""
    if not isinstance(error, NotPermitted):
        return ""
    codes = str(error.facts.get("because", "")).split(",")
    who = [str(REASONS[code]) for code in codes if code in REASONS]
    return gettext("This is open to: %(who)s.", who=", ".join(who)) if who else ""


def typed_texts() -> tuple[tuple[str, str], ...]:
    """Texts of the form that was sent, so that a refusal loses none of them."""
    labels = {
        "text": gettext("Your comment"),
        "proposed": gettext("Proposed wording"),
        "title": gettext("Title"),
        "source": gettext("Text of this part"),
        "note": gettext("Note"),
        "label": gettext("Label"),
        "summary": gettext("What it is about"),
        "justification": gettext("Reasons"),
        "wording": gettext("Wording"),
    }
    if request.method != "POST":
        return ()
    return tuple(
        (label, request.form[name]) for name, label in labels.items() if request.form.get(name, "").strip()
    )


def init_errors(app: Flask) -> None:
    @app.before_request
    def name_request() -> None:
        g.request_id = secrets.token_hex(6)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=g.request_id)

    @app.errorhandler(ConsultError)
    def refused(error: ConsultError) -> Response:
        family = error.code.partition(".")[0]
        return problem_page(STATUSES.get(family, 400), message=wording(error), because=reason(error))

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        if error.code is None or error.code < 400:
            return make_response(error.get_response())
        response = problem_page(error.code)
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After"):
                response.headers[name] = value
        return response

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        log.error("request failed", path=request.path, exc_info=error)
        try:
            return problem_page(500)
        except Exception as worse:  # not even the frame of a page can be made, say without a database
            log.error("error page failed", exc_info=worse)
            response = make_response(BARE.format(reference=g.get("request_id", "")), 500)
            response.headers["Content-Type"] = "text/plain; charset=utf-8"
            return response


def problem_page(status: int, *, message: str = "", because: str = "") -> Response:
    """An error page that says what happened and keeps what was typed."""
    kept = () if status == 413 else typed_texts()
    problem = Problem(
        status=status,
        message=message,
        reason=because,
        kept=kept,
        retry_href=this_address(),
        reference=g.get("request_id", ""),
    )
    known = status if f"errors/{status}.html" in _templates() else (500 if status >= 500 else 400)
    return make_response(render_template(f"errors/{known}.html", problem=problem), status)


def _templates() -> frozenset[str]:
    from flask import current_app

    return frozenset(current_app.jinja_env.list_templates())
