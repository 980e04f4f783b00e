"""What Consult holds about the person: to read, to take away, to have corrected or erased."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, pgettext

from consult.domain.errors import Conflict, ConsultError, InvalidInput
from consult.services.accounts import requests as service
from consult.services.accounts.taking_away import own_record
from consult.services.sockets import current_ports
from consult.storage.queries.accounts import held
from consult.storage.queries.accounts.requests import DataRequestRow, list_requests_of
from consult.storage.queries.contact_views import ViewRow, list_views_about
from consult.web.accounts.forms import AskForCorrection, AskForErasure
from consult.web.accounts.presenters import (
    HeldComment,
    HeldSubmission,
    HeldWriting,
    MyDataPage,
    RecordPage,
    RecordTable,
    RequestLine,
    SeenLine,
)
from consult.web.accounts.views.own_account import organisation_lines, own_person
from consult.web.accounts.views.private import account_menu, sealed_page
from consult.web.shared.cards import comment_href
from consult.web.shared.errors import wording
from consult.web.shared.forms import Act, Form, refuse
from consult.web.shared.i18n import LANGUAGES, as_written, day, moment
from consult.web.shared.limits import limited
from consult.web.shared.presenters import Link
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor

FILE_NAME = "consult-my-data.json"

VIEWS_SHOWN = 50
"""The file of everything holds them all."""

SHOWN = frozenset(
    {
        "address",
        "asked_at",
        "browser",
        "confirmed_at",
        "decided_at",
        "due_on",
        "ended_at",
        "expires_at",
        "is_accepted",
        "is_strong",
        "joined_at",
        "kind",
        "last_seen_at",
        "linked_at",
        "made_at",
        "means",
        "purpose",
        "reason",
        "role",
        "seen_at",
        "sent_at",
        "shows_name",
        "signed_in_at",
        "state",
        "subject",
        "issuer",
        "system",
        "used_at",
        "words",
    }
)
"""Columns of rows about oneself that say something to a reader; the file holds them all."""


def my_data() -> ResponseReturnValue:
    return _my_data_page(AskForCorrection(formdata=None), AskForErasure(formdata=None))


def _my_data_page(correction: Form, erasure: Form) -> ResponseReturnValue:
    person = own_person()
    requests = list_requests_of(person.id)
    is_open = {request.kind for request in requests if request.state == service.OPEN}
    named = held.count_where_named(person.id)
    page = MyDataPage(
        menu=account_menu("accounts.my_data"),
        read_href=url_for("accounts.my_record"),
        file_href=url_for("accounts.my_file"),
        account_href=url_for("accounts.account"),
        correct_href=url_for("accounts.ask_correction"),
        erase_href=url_for("accounts.ask_erasure"),
        named_submissions=named["submissions"],
        named_changes=named["changes"],
        is_name_public=person.is_name_public,
        requests=tuple(_line(request) for request in requests),
        can_correct=service.CORRECT not in is_open,
        can_erase=service.ERASE not in is_open,
        views=tuple(_seen(row) for row in list_views_about(person.id, limit=VIEWS_SHOWN)),
    )
    shown = render_template(
        "accounts/my_data.html", page=page, correction=correction, erasure=erasure, act=Act(formdata=None)
    )
    return sealed_page(shown, 422 if correction.errors or erasure.errors else 200)


def _seen(row: ViewRow) -> SeenLine:
    return SeenLine(
        at=moment(row.at),
        host=row.host_name,
        place=row.place,
        where=Link(
            as_written(row.title, row.language),
            url_for("consultations.show", consultation_id=row.consultation_id) if row.consultation_id else "",
        ),
        numbers=", ".join(str(number) for number in row.receipts),
    )


def _line(request: DataRequestRow) -> RequestLine:
    is_open = request.state == service.OPEN
    return RequestLine(
        kind=request.kind,
        state=request.state,
        made=moment(request.made_at),
        due=day(request.due_on),
        decided=moment(request.decided_at) if request.decided_at else None,
        words=request.words,
        reason=request.reason,
        withdraw_href=url_for("accounts.withdraw_request", request_id=request.id) if is_open else "",
    )


@limited("organisations")
def ask_correction() -> ResponseReturnValue:
    form = AskForCorrection()
    if form.is_sent() and _asked(service.CORRECT, form):
        say("done", gettext("Your request has been received. A letter confirms it."))
        return redirect(url_for("accounts.my_data"), code=303)
    return _my_data_page(form, AskForErasure(formdata=None))


@limited("organisations")
def ask_erasure() -> ResponseReturnValue:
    form = AskForErasure()
    if form.is_sent() and _asked(service.ERASE, form):
        say("done", gettext("Your request has been received. A letter confirms it."))
        return redirect(url_for("accounts.my_data"), code=303)
    return _my_data_page(AskForCorrection(formdata=None), form)


def _asked(kind: str, form: AskForCorrection | AskForErasure) -> bool:
    try:
        service.ask_data_request(
            current_actor(), kind, words=form.words.data or "", now=current_ports().clock.now()
        )
    except (InvalidInput, Conflict) as error:
        refuse(form, error)
        return False
    return True


def withdraw_request(request_id: int) -> ResponseReturnValue:
    if not Act().is_sent():
        say_stale()
        return redirect(url_for("accounts.my_data"), code=303)
    try:
        service.withdraw_data_request(current_actor(), request_id, now=current_ports().clock.now())
    except ConsultError as error:
        if not error.code.startswith("rule."):
            raise
        say("warning", wording(error))
    else:
        say("done", gettext("Your request has been taken back."))
    return redirect(url_for("accounts.my_data"), code=303)


def my_file() -> Response:
    """Everything, for machines."""
    record = own_record(current_actor(), now=current_ports().clock.now())
    content = json.dumps(record, ensure_ascii=False, indent=2)
    response = sealed_page(content)
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def my_record() -> ResponseReturnValue:
    """Everything, for people."""
    now = current_ports().clock.now()
    record = own_record(current_actor(), now=now)
    tables = tuple(
        _table(name, rows) for name, rows in record["records"].items() if not name.startswith("membership.")
    )
    page = RecordPage(
        menu=account_menu("accounts.my_data"),
        facts=_facts(record["account"]),
        organisations=organisation_lines(own_person()),
        submissions=tuple(_submission(one) for one in record["submissions"]),
        writings=tuple(_writing(one) for one in record["written"]),
        tables=tables,
        has_acts=any(not table.is_about_me for table in tables),
        file_href=url_for("accounts.my_file"),
        made=moment(now),
    )
    return sealed_page(render_template("accounts/my_record.html", page=page))


def _facts(account: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return (
        (pgettext("of a person", "Name"), account["name"]),
        (gettext("Is the name shown beside my comments?"), _words(account["is_name_public"])),
        (gettext("E-mail address"), account["email"]),
        (gettext("Language"), LANGUAGES.get(account["language"], account["language"])),
        (gettext("Is a password set?"), _words(account["has_password"])),
        (gettext("Password last changed"), _words(account["password_changed_at"])),
        (gettext("Account since"), _words(account["created_at"])),
        (gettext("Account number"), str(account["id"])),
    )


def _submission(one: dict[str, Any]) -> HeldSubmission:
    return HeldSubmission(
        title=one["title"],
        received=moment(datetime.fromisoformat(one["received_at"])),
        receipt=one["receipt"],
        capacity=one["capacity"],
        organisation=one["organisation"] or "",
        name=one["name_given"] or "",
        address=one["address_given"] or "",
        comments=tuple(_comment(comment) for comment in one["comments"]),
    )


def _comment(one: dict[str, Any]) -> HeldComment:
    answer = one["answer"] or {}
    text = one["text"] if one["text"] is not None else gettext("[The text was removed.]")
    return HeldComment(
        number=one["number"],
        href=comment_href(one["register"], one["number"]),
        paragraphs=tuple(part.strip() for part in text.split("\n\n") if part.strip()),
        justification=one["justification"] or "",
        proposed=one["proposed_wording"] or "",
        outcome=answer.get("outcome", ""),
        reasons=answer.get("reasons") or "",
    )


def _writing(one: dict[str, Any]) -> HeldWriting:
    words = [
        word for value in one["words"].values() for word in (value if isinstance(value, list) else [value])
    ]
    return HeldWriting(
        kind=one["kind"],
        title=one["title"],
        at=moment(datetime.fromisoformat(one["at"])),
        paragraphs=tuple(part.strip() for word in words for part in word.split("\n\n") if part.strip()),
    )


def _table(name: str, rows: list[dict[str, Any]]) -> RecordTable:
    table = name.partition(".")[0]
    columns = tuple(
        column for column in rows[0] if column in SHOWN and any(row[column] not in (None, "") for row in rows)
    )
    return RecordTable(
        name=table,
        columns=columns,
        rows=tuple(tuple(_words(row[column]) for column in columns) for row in rows),
        is_about_me=name.endswith(".person_id") and table in held.ABOUT_THE_PERSON,
    )


def _words(value: object) -> str:
    """A value of a row as people read it: moments with their hour, yes and no."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    text = str(value)
    if len(text) >= 19 and text[4:5] == "-" and text[10:11] == "T":
        return moment(datetime.fromisoformat(text)).text
    if len(text) == 10 and text[4:5] == "-" and text[7:8] == "-":
        return day(datetime.fromisoformat(text).date()).text
    return text
