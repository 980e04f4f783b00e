"""People with an account: found, looked at, and what an administrator can do to their accounts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, pgettext

from consult.domain.errors import ConsultError
from consult.domain.organisations.roles import roles_of
from consult.domain.policy.actors import EDITOR, OFFICIAL, Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.sessions import is_over
from consult.services.accounts import administration as service
from consult.services.authority import require
from consult.services.sockets import current_ports
from consult.storage.queries import administration as queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries import sessions as session_queries
from consult.storage.queries.administration import PersonLine, PersonSheet
from consult.storage.queries.sessions import SessionRow
from consult.storage.queries.viewers import EVERYTHING
from consult.web.admin.acts import PERSON_ACTS
from consult.web.admin.forms import NewMembership, Reason
from consult.web.admin.presenters.frame import PAGE_SIZE, areas, asked_page, pages
from consult.web.admin.presenters.people import (
    ActLink,
    ActPage,
    MembershipPage,
    PeoplePage,
    PersonalData,
    PersonEntry,
    PersonPage,
    Place,
)
from consult.web.shared.addresses import printable, whole_number
from consult.web.shared.errors.wordings.permissions import ROLES
from consult.web.shared.forms import Act, refuse
from consult.web.shared.i18n import LANGUAGES, as_written, day, moment, phrase
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor

LONGEST_QUERY = 200
MOST_CHOICES = 2_000
"""Organisations offered when somebody is put into one."""

ACTING: dict[str, Callable[..., None]] = {
    "close": service.disable_person,
    "reopen": service.enable_person,
    "make-administrator": service.make_administrator,
    "unmake-administrator": service.unmake_administrator,
    "sign-out": service.sign_person_out,
    "second-factor": service.take_second_factor,
}
"""The service behind every act, by the word in its address."""


def people() -> str:
    require(current_actor(), Permission.ADMINISTER, Target())
    query = printable(request.args.get("q", "")).strip()[:LONGEST_QUERY]
    number = asked_page()
    total = queries.count_people(query)
    rows = queries.list_people(query, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    page = PeoplePage(
        areas=areas(),
        query=query,
        entries=tuple(_entry(row) for row in rows),
        pages=pages("admin.people", number, total, {"q": query}),
    )
    return render_template("admin/people.html", page=page)


def person(person_id: int) -> str:
    actor, at = current_actor(), _now()
    require(actor, Permission.ADMINISTER, Target())
    sheet = queries.get_person_sheet(person_id)
    sessions = _sessions(sheet, at)
    page = PersonPage(
        areas=areas(),
        name=_called(sheet),
        states=_states(sheet),
        places=tuple(
            Place(
                name=place.name,
                href=url_for("organisations.people", slug=place.slug),
                role=role_name(place.role),
                detail=gettext("since %(day)s", day=day(place.since).text) if place.since else "",
            )
            for place in sheet.places
        ),
        session_count=len(sessions),
        second_factor=day(sheet.second_factor_since) if sheet.second_factor_since else None,
        acts=_acts(sheet, actor, is_signed_in=bool(sessions)),
        membership_href=url_for("admin.membership", person_id=person_id) if _is_usable(sheet) else "",
        look_href=url_for("admin.look", person_id=person_id),
        personal=_personal(sheet, sessions) if service.may_see_person(actor, person_id, now=at) else None,
        shown_for=int(service.LOOK_LASTS.total_seconds() // 60),
        closed=moment(sheet.disabled_at) if sheet.disabled_at else None,
        back_href=url_for("admin.people"),
    )
    return render_template("admin/person.html", page=page, form=Act())


def look(person_id: int) -> ResponseReturnValue:
    """Put the looking on record; the page shows the data afterwards."""
    require(current_actor(), Permission.ADMINISTER, Target())
    if Act().is_sent():
        service.look_at_person(current_actor(), person_id, now=_now())
    else:
        say_stale()
    back = whole_number(request.args.get("back"))
    where = (
        url_for("admin.data_request", request_id=back)
        if back is not None
        else url_for("admin.person", person_id=person_id)
    )
    return redirect(where, code=303)


def membership(person_id: int) -> ResponseReturnValue:
    """Put somebody into an organisation, say the first official of a new host."""
    require(current_actor(), Permission.ADMINISTER, Target())
    sheet = queries.get_person_sheet(person_id)
    back = url_for("admin.person", person_id=person_id)
    form = NewMembership()
    if form.is_sent():
        try:
            service.give_membership(
                current_actor(),
                person_id,
                form.organisation.data or "",
                role=form.role.data or "",
                now=_now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The person belongs to the organisation now."))
            return redirect(back, code=303)
    rows = organisation_queries.list_organisations(EVERYTHING, limit=MOST_CHOICES)
    page = MembershipPage(
        areas=areas(),
        name=_called(sheet),
        back_href=back,
        organisations=tuple((row.slug, row.name) for row in rows if row.refused_at is None),
        roles=tuple((code, role_name(code)) for code in roles_of(is_host=True)),
    )
    shown = render_template("admin/membership.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def act_on_person(person_id: int, act: str) -> ResponseReturnValue:
    require(current_actor(), Permission.ADMINISTER, Target())
    words = PERSON_ACTS[act]
    sheet = queries.get_person_sheet(person_id)
    back = url_for("admin.person", person_id=person_id)
    form = Reason()
    if form.is_sent():
        try:
            ACTING[act](current_actor(), person_id, reason=form.reason.data or "", now=_now())
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", str(words.done))
            return redirect(back, code=303)
    page = ActPage(
        areas=areas(),
        title=str(words.title),
        effect=str(words.effect),
        subject=_called(sheet),
        subject_href=back,
        is_grave=words.is_grave,
    )
    shown = render_template("admin/act.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def role_name(code: str) -> str:
    """A role in the words of the page of roles."""
    return str(ROLES[code][0]) if code in ROLES else code


def masked(address: str) -> str:
    """An address one can recognise and not write to."""
    name, _, host = address.rpartition("@")
    return f"{name[:1]}…@{host}" if name else ""


def _now() -> datetime:
    return current_ports().clock.now()


def _called(person: PersonLine | PersonSheet) -> str:
    if person.erased_at is not None:
        return gettext("Erased account %(number)s", number=person.id)
    return person.name or gettext("Account %(number)s", number=person.id)


def _states(person: PersonLine | PersonSheet) -> tuple[str, ...]:
    states = []
    if person.is_administrator:
        states.append(gettext("administrator"))
    if person.erased_at is not None:
        states.append(pgettext("account", "erased"))
    elif person.disabled_at is not None:
        states.append(pgettext("account", "closed"))
    elif person.confirmed_at is None:
        states.append(gettext("address not confirmed"))
    return tuple(states)


def _entry(row: PersonLine) -> PersonEntry:
    return PersonEntry(
        name=_called(row),
        href=url_for("admin.person", person_id=row.id),
        address=masked(row.email) if row.erased_at is None else "",
        states=_states(row),
        places=tuple(
            phrase("%(name)s: %(role)s", name=as_written(organisation), role=role_name(role))
            for organisation, role in row.places
        ),
    )


def _is_usable(sheet: PersonSheet) -> bool:
    return sheet.disabled_at is None and sheet.erased_at is None


def _sessions(sheet: PersonSheet, at: datetime) -> list[SessionRow]:
    """Where the person is signed in; what ran out is left out."""
    is_kept_short = sheet.is_administrator or any(place.role in (OFFICIAL, EDITOR) for place in sheet.places)
    return [
        row
        for row in session_queries.list_sessions(sheet.id)
        if not row.is_pending and not is_over(row.made_at, row.last_seen_at, staff=is_kept_short, now=at)
    ]


def _personal(sheet: PersonSheet, sessions: Sequence[SessionRow]) -> PersonalData:
    seen = max((row.last_seen_at for row in sessions), default=None)
    return PersonalData(
        address=sheet.email if sheet.erased_at is None else "",
        language=LANGUAGES.get(sheet.language, sheet.language),
        made=moment(sheet.created_at),
        confirmed=moment(sheet.confirmed_at) if sheet.confirmed_at else None,
        last_seen=moment(seen) if seen else None,
        submission_count=sheet.submission_count,
    )


def _acts(sheet: PersonSheet, actor: Actor, *, is_signed_in: bool) -> tuple[ActLink, ...]:
    """What can be done to the account as it stands."""
    if sheet.erased_at is not None:
        return ()
    possible = []
    if sheet.disabled_at is None:
        if is_signed_in:
            possible.append("sign-out")
        if sheet.second_factor_since:
            possible.append("second-factor")
        possible.append("unmake-administrator" if sheet.is_administrator else "make-administrator")
        if sheet.id != actor.id:
            possible.append("close")
    else:
        possible.append("reopen")
    return tuple(
        ActLink(
            str(PERSON_ACTS[act].title),
            url_for("admin.act_on_person", person_id=sheet.id, act=act),
            PERSON_ACTS[act].is_grave,
        )
        for act in possible
    )
