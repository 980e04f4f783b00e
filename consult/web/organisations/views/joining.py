"""Asking to join, leaving, and the page an invitation's link opens."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError
from consult.services import organisations as service
from consult.storage.queries import organisations as queries
from consult.web.organisations.forms import AskToJoin
from consult.web.organisations.presenters import JoiningPage
from consult.web.shared.forms import Act, refuse
from consult.web.shared.heads import now
from consult.web.shared.i18n import moment
from consult.web.shared.limits import limited
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor, current_viewer


@limited("organisations")
def join(slug: str) -> ResponseReturnValue:
    row = queries.get_organisation(slug, current_viewer())
    form = AskToJoin()
    where = url_for("organisations.show", slug=slug)
    if request.method == "GET" and (already := _already(row.id)):
        say("note", already)
        return redirect(where, code=303)
    if form.is_sent():
        try:
            service.ask_to_join(current_actor(), slug, words=form.words.data or "", now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            say(
                "done",
                gettext("Those who represent the organisation will decide; we will write to you then."),
            )
            return redirect(where, code=303)
    page = JoiningPage(name=row.name, back_href=where)
    shown = render_template("organisations/join.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def leave(slug: str) -> ResponseReturnValue:
    row = queries.get_organisation(slug, current_viewer())
    form = Act()
    where = url_for("organisations.show", slug=slug)
    if request.method == "GET" and not _belongs(row.id):
        say("note", gettext("You do not belong to this organisation, so there is nothing to leave."))
        return redirect(where, code=303)
    if form.is_sent():
        try:
            service.leave_organisation(current_actor(), slug, now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("You no longer belong to this organisation."))
            if row.refused_at is not None:
                where = url_for("organisations.list_all")
            return redirect(where, code=303)
    page = JoiningPage(name=row.name, back_href=where)
    shown = render_template("organisations/leave.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _belongs(organisation_id: int) -> bool:
    return bool(queries.list_roles(organisation_id, current_actor().id or 0))


def _already(organisation_id: int) -> str:
    """Why there is nothing to ask for any more; empty where there is."""
    if _belongs(organisation_id):
        return gettext("You belong to this organisation already.")
    if queries.find_pending_request(organisation_id, current_actor().id or 0) is not None:
        return gettext("You have asked already. We will write to you when it is decided.")
    return ""


@limited("links")
def invitation(token: str) -> Response:
    """The page a link opens: programs that follow every link in a letter only ever see it."""
    found = service.look_at_invitation(token, now=now())
    here = url_for("organisations.invitation", token=token)
    page = JoiningPage(
        name=found.organisation_name,
        back_href=url_for("organisations.show", slug=found.organisation_slug),
        role=found.role,
        may_speak=found.may_speak,
        until=moment(found.expires_at),
        is_signed_in=current_actor().is_signed_in,
        sign_in_href=url_for("accounts.sign_in", next=here),
        register_href=url_for("accounts.register"),
        accept_href=url_for("organisations.join_by_invitation", token=token),
    )
    response = make_response(render_template("organisations/invitation.html", page=page, form=Act()))
    return _private(response)


@limited("links")
def join_by_invitation(token: str) -> ResponseReturnValue:
    if not Act().is_sent():
        say_stale()
        return redirect(url_for("organisations.invitation", token=token), code=303)
    slug = service.accept_invitation(current_actor(), token, now=now())
    say("done", gettext("Welcome. You now belong to this organisation."))
    return redirect(url_for("organisations.show", slug=slug), code=303)


def _private(response: Response) -> Response:
    """The address is a key: nobody it leads to is told of it, and nothing keeps the page."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
