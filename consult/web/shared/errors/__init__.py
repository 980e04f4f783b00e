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
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from consult.domain.errors import ConsultError, NotPermitted
from consult.web.shared.addresses import this_address
from consult.web.shared.errors.wordings import REASONS, WORDINGS
from consult.web.shared.i18n import deadline
from consult.web.shared.presenters import Problem

STATUSES = {
    "not_found": 404,
    "not_permitted": 403,
    "invalid": 422,
    "rule": 409,
    "stale": 409,
    "conflict": 409,
}
"""HTTP status by family of error."""

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
