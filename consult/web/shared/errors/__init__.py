"""From the core's errors to answers people understand: one table of statuses, one of wordings.

Wordings are English here and Polish in the catalogue; facts go in by name. An error about a field of a
form is shown beside the field (see `forms.refuse`); everything else becomes an error page.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, g, make_response, render_template, request
from flask_babel import gettext, lazy_gettext
from werkzeug.exceptions import HTTPException

from consult.domain.errors import ConsultError
from consult.web.shared.addresses import this_address
from consult.web.shared.errors.why import sign_in_href, why_refused
from consult.web.shared.errors.wordings import NEXT_STEPS, WORDINGS
from consult.web.shared.i18n import day, deadline
from consult.web.shared.presenters import Problem, Why
from consult.web.shared.viewers import current_person
from consult.web.shared.watch import REQUEST_ID

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

DATED = {
    "rule.consultation_closed": (
        "closed_at",
        lazy_gettext("The consultation ended on %(moment)s, so comments are no longer taken here."),
    ),
    "rule.consultation_not_open_yet": (
        "opens_at",
        lazy_gettext("The consultation has been announced; comments will be taken from %(moment)s."),
    ),
}
"""Sentences that name a moment: by code, the fact that holds it and the words."""

log = structlog.get_logger()


DAYS = frozenset({"day", "earliest", "last_day"})
"""Facts that are days, written as people write them."""


def wording(error: ConsultError) -> str:
    """An error in the reader's language."""
    facts: dict[str, Any] = {key: "" if value is None else value for key, value in error.facts.items()}
    facts |= {key: day(date.fromisoformat(str(facts[key]))).text for key in DAYS & facts.keys() if facts[key]}
    known = WORDINGS.get(error.code)
    if known is None:
        return gettext("This could not be done.")
    if error.code in DATED and facts.get(DATED[error.code][0]):
        name, dated = DATED[error.code]
        return str(dated) % {"moment": deadline(datetime.fromisoformat(str(facts[name]))).text}
    return str(known) % facts if facts else str(known)


def next_steps(error: ConsultError) -> tuple[str, ...]:
    """What can be done instead of what a rule forbids now, or when it will be possible; empty for other errors."""
    known = NEXT_STEPS.get(error.code)
    if known is None:
        return ()
    closes = error.facts.get("closes_at")
    facts = {"moment": deadline(datetime.fromisoformat(str(closes))).text} if closes else {}
    return (str(known) % facts if facts else str(known),)


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
    known = [
        (label, request.form[name]) for name, label in labels.items() if request.form.get(name, "").strip()
    ]
    # of forms no label is known for, everything that was typed and not chosen
    others = [
        (gettext("Text"), value)
        for name, value in request.form.items(multi=True)
        if name not in labels and not name.startswith(("kept_", "csrf")) and " " in value.strip()
    ]
    return (*known, *others)


def init_errors(app: Flask) -> None:
    @app.before_request
    def name_request() -> None:
        g.request_id = request.environ.get(REQUEST_ID) or secrets.token_hex(6)

    @app.errorhandler(ConsultError)
    def refused(error: ConsultError) -> Response:
        family = error.code.partition(".")[0]
        return problem_page(
            STATUSES.get(family, 400),
            message=wording(error),
            why=why_refused(error, when=next_steps(error)),
        )

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
        log.error("request failed", endpoint=request.endpoint, exc_info=error)
        try:
            return problem_page(500)
        except Exception as worse:  # not even the frame of a page can be made, say without a database
            log.error("error page failed", exc_info=worse)
            response = make_response(BARE.format(reference=g.get("request_id", "")), 500)
            response.headers["Content-Type"] = "text/plain; charset=utf-8"
            return response


def problem_page(status: int, *, message: str = "", why: Why | None = None) -> Response:
    """An error page that says what happened and keeps what was typed."""
    kept = () if status == 413 else typed_texts()
    problem = Problem(
        status=status,
        message=message,
        why=why,
        kept=kept,
        retry_href=_back_href(status),
        sign_in_href="" if status != 404 or current_person() else sign_in_href(),
        reference=g.get("request_id", ""),
    )
    kind = 500 if status >= 500 else 400
    return make_response(
        render_template([f"errors/{status}.html", f"errors/{kind}.html"], problem=problem), status
    )


def _back_href(status: int) -> str:
    """Where one was: never an address that would only refuse again; empty where that is not known."""
    here = this_address()
    answers_reading = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    if (request.method == "POST" and answers_reading) or status == 429 or status >= 500:
        return here
    before = urlsplit(request.referrer or "")
    if before.netloc != request.host or not before.path.startswith("/"):
        return ""
    back = before.path + (f"?{before.query}" if before.query else "")
    return back if back != here else ""
