"""Searches one keeps: saved from the page of results, renamed, followed by mail, stopped from a letter."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, InvalidInput, NotFound
from consult.services import saved_searches as service
from consult.storage.queries import saved_searches as queries
from consult.storage.queries.saved_searches import SavedSearchRow
from consult.web.saved_searches.forms import SavedSearchForm
from consult.web.saved_searches.presenters import SavedActPage, SavedFormPage, SavedLine, SavedListPage
from consult.web.shared.forms import Act, refuse
from consult.web.shared.heads import now
from consult.web.shared.i18n import day
from consult.web.shared.limits import limited
from consult.web.shared.saved_searches import read_asked
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor

LONGEST_TOKEN = 100
GONE = 410
UNREAD = 422

HEADER, ONE_CLICK = "List-Unsubscribe", "One-Click"
"""What a mail program sends to the address of its header."""


def list_all() -> str:
    """All one keeps, the newest first."""
    page = SavedListPage(
        lines=tuple(_line(row) for row in queries.list_saved_searches(_person())),
        search_href=url_for("search.results"),
    )
    return render_template("saved_searches/list.html", page=page)


def new() -> ResponseReturnValue:
    """Give the search a name, and say how often letters of it are to come."""
    form = SavedSearchForm()
    if request.method == "GET" and "asked" not in request.args:
        return redirect(url_for("search.results"), code=303)
    asked = read_asked(form.asked.data or request.args.get("asked", ""))
    if asked is None:
        raise NotFound("saved_search")
    query, address = asked
    if form.is_sent():
        try:
            service.save_search(
                current_actor(),
                form.name.data or "",
                query,
                address,
                pace=form.pace.data or "none",
                now=now(),
            )
        except InvalidInput as error:
            refuse(form, error)
        else:
            say("done", gettext("The search is saved."))
            return redirect(url_for("saved_searches.list_all"), code=303)
    elif not form.is_submitted():
        form.asked.data = request.args.get("asked", "")
        form.name.data = query.words[: service.LONGEST_NAME]
    page = SavedFormPage(words=query.words, is_new=True, back_href=address)
    return render_template("saved_searches/form.html", page=page, form=form), 422 if form.errors else 200


def change(search_id: int) -> ResponseReturnValue:
    """Another name, or letters more or less often."""
    saved = _get(search_id)
    form = SavedSearchForm()
    if form.is_sent():
        try:
            service.change_search(
                current_actor(), saved.id, name=form.name.data or "", pace=form.pace.data or "", now=now()
            )
        except InvalidInput as error:
            refuse(form, error)
        else:
            say("done", gettext("The search is saved."))
            return redirect(url_for("saved_searches.list_all"), code=303)
    elif not form.is_submitted():
        form.name.data, form.pace.data = saved.name, saved.pace
    page = SavedFormPage(words=_words(saved), is_new=False, back_href=url_for("saved_searches.list_all"))
    return render_template("saved_searches/form.html", page=page, form=form), 422 if form.errors else 200


def delete(search_id: int) -> ResponseReturnValue:
    """Keep it no longer."""
    saved = _get(search_id)
    form = Act()
    if request.method == "POST":
        if form.is_sent():
            service.delete_search(current_actor(), saved.id)
            say("done", gettext("The search is deleted."))
        else:
            say_stale()
        return redirect(url_for("saved_searches.list_all"), code=303)
    page = SavedActPage(name=saved.name, back_href=url_for("saved_searches.list_all"))
    return render_template("saved_searches/delete.html", page=page, form=form)


@limited("links")
def stop(token: str) -> Response:
    """From the link of a letter: one press, without signing in, and no more letters of this search come.

    The secret in the address is all it takes, so that a mail program may press for its reader (RFC 8058).
    """
    form = Act()
    saved = service.find_by_link(token) if len(token) <= LONGEST_TOKEN else None
    page = SavedActPage(name=saved.name if saved else "", back_href=url_for("saved_searches.list_all"))
    if saved is None:
        return _sealed(render_template("saved_searches/stop.html", page=page, form=form), GONE)
    if request.method == "POST":
        if request.form.get(HEADER) == ONE_CLICK or form.is_sent():
            try:
                service.stop_by_link(token)
            except ConsultError:
                return _sealed(
                    render_template(
                        "saved_searches/stop.html", page=SavedActPage("", page.back_href), form=form
                    ),
                    GONE,
                )
            page = SavedActPage(saved.name, page.back_href, is_done=True)
        else:
            say_stale()
            return _sealed(render_template("saved_searches/stop.html", page=page, form=form), UNREAD)
    return _sealed(render_template("saved_searches/stop.html", page=page, form=form))


def _sealed(page: str, status: int = 200) -> Response:
    """A page whose address is a secret: kept nowhere, told to nobody."""
    response = Response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _person() -> int:
    person_id = current_actor().id
    if person_id is None:
        raise NotFound("person")
    return person_id


def _get(search_id: int) -> SavedSearchRow:
    saved = queries.find_saved_search(search_id, _person())
    if saved is None:
        raise NotFound("saved_search")
    return saved


def _words(saved: SavedSearchRow) -> str:
    query = service.read_query(saved.query)
    return query.words if query else ""


def _line(saved: SavedSearchRow) -> SavedLine:
    words = _words(saved)
    return SavedLine(
        name=saved.name,
        words=words if words != saved.name else "",
        href=saved.address,
        pace=saved.pace,
        made=day(saved.made_at),
        change_href=url_for("saved_searches.change", search_id=saved.id),
        delete_href=url_for("saved_searches.delete", search_id=saved.id),
    )
