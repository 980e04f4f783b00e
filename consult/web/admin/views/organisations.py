"""Organisations that wait to be verified, all the others, and the hosts among them."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext, pgettext

from consult.domain.errors import ConsultError
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services import organisations as service
from consult.services.authority import require
from consult.services.sockets import current_ports
from consult.storage.queries import administration as administration_queries
from consult.storage.queries import organisations as queries
from consult.storage.queries.administration import HostLine
from consult.storage.queries.organisations import OrganisationRow, WaitingRow
from consult.web.admin.acts import ORGANISATION_ACTS
from consult.web.admin.forms import OrganisationAct
from consult.web.admin.presenters.frame import PAGE_SIZE, areas, asked_page, pages
from consult.web.admin.presenters.organisations import (
    HostEntry,
    HostsPage,
    OrganisationEntry,
    OrganisationsPage,
    WaitingOrganisation,
)
from consult.web.admin.presenters.people import ActLink, ActPage
from consult.web.shared.addresses import printable
from consult.web.shared.forms import refuse
from consult.web.shared.i18n import day
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor, current_viewer
from consult.web.shared.wording import CAPACITIES

LONGEST_QUERY = 200


def organisations() -> str:
    require(current_actor(), Permission.ADMINISTER, Target())
    query = printable(request.args.get("q", "")).strip()[:LONGEST_QUERY]
    number = asked_page()
    viewer = current_viewer()
    rows = queries.list_organisations(viewer, query=query, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    page = OrganisationsPage(
        areas=areas(),
        query=query,
        waiting=tuple(_waiting(row) for row in queries.list_organisations_waiting()),
        entries=tuple(_entry(row) for row in rows),
        pages=pages(
            "admin.organisations", number, queries.count_organisations(viewer, query=query), {"q": query}
        ),
    )
    return render_template("admin/organisations.html", page=page)


def _waiting(row: WaitingRow) -> WaitingOrganisation:
    numbers = (("KRS", row.krs), ("REGON", row.regon), ("NIP", row.nip))
    return WaitingOrganisation(
        name=row.name,
        href=url_for("organisations.show", slug=row.slug),
        kind=str(CAPACITIES.get(row.kind, row.kind)),
        numbers=tuple(f"{name} {number}" for name, number in numbers if number),
        seat=" · ".join(row.seat.splitlines()),
        website=row.website,
        entered_by=row.entered_by_name,
        entered=day(row.created_at),
        acts=(_act(row.id, "verify"), _act(row.id, "refuse")),
    )


def _entry(row: OrganisationRow) -> OrganisationEntry:
    if row.is_verified:
        state = pgettext("organisation", "verified")
    else:
        state = (
            pgettext("organisation", "waits to be verified")
            if row.is_waiting
            else pgettext("organisation", "refused")
        )
    possible = []
    if not row.is_verified:
        possible.append("verify")
    if row.is_verified and not row.is_host:
        possible.append("host")
    if row.refused_at is None and not row.is_host:
        possible.append("refuse")
    return OrganisationEntry(
        name=row.name,
        href=url_for("organisations.show", slug=row.slug),
        kind=str(CAPACITIES.get(row.kind, row.kind)),
        state=pgettext("organisation", "host") if row.is_host else state,
        people_href=url_for("organisations.people", slug=row.slug),
        acts=tuple(_act(row.id, act) for act in possible),
    )


def _act(organisation_id: int, act: str) -> ActLink:
    words = ORGANISATION_ACTS[act]
    return ActLink(
        str(words.title),
        url_for("admin.act_on_organisation", organisation_id=organisation_id, decision=act),
        words.is_grave,
    )


def act_on_organisation(organisation_id: int, decision: str) -> ResponseReturnValue:
    require(current_actor(), Permission.ADMINISTER, Target())
    words = ORGANISATION_ACTS[decision]
    row = queries.get_organisation_by_id(organisation_id)
    form = OrganisationAct()
    if not form.is_submitted():
        form.seen.data = service.what_is_claimed(row)
    if form.is_sent():
        try:
            _do(decision, row.slug, form.reason.data or "", seen=form.seen.data or "")
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", str(words.done))
            return redirect(url_for("admin.organisations"), code=303)
    page = ActPage(
        areas=areas(),
        title=str(words.title),
        effect=str(words.effect),
        subject=row.name,
        subject_href=url_for("organisations.show", slug=row.slug),
        is_grave=words.is_grave,
        asks_reason=decision == "refuse",
    )
    shown = render_template("admin/act.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _do(act: str, slug: str, reason: str, *, seen: str) -> None:
    now = current_ports().clock.now()
    if act == "verify":
        service.verify_organisation(current_actor(), slug, seen=seen, now=now)
    elif act == "refuse":
        service.refuse_organisation(current_actor(), slug, reason=reason, now=now)
    else:
        service.make_host(current_actor(), slug, now=now)


TEXTS = ("rules", "clause", "accessibility", "privacy")
"""The standing texts a host owes its readers."""


def hosts() -> str:
    require(current_actor(), Permission.ADMINISTER, Target())
    page = HostsPage(
        areas=areas(), entries=tuple(_host(row) for row in administration_queries.list_host_lines())
    )
    return render_template("admin/hosts.html", page=page)


def _host(row: HostLine) -> HostEntry:
    names = {
        "rules": gettext("rules of consultations"),
        "clause": gettext("information clause"),
        "accessibility": gettext("declaration of accessibility"),
        "privacy": gettext("privacy notice"),
    }
    missing = [names[kind] for kind in TEXTS if kind not in row.texts]
    if not row.has_contact:
        missing.insert(0, gettext("contact"))
    if not row.officials:
        missing.insert(0, gettext("somebody who runs its consultations"))
    counts = (
        ngettext("%(num)d official", "%(num)d officials", row.officials),
        ngettext("%(num)d document", "%(num)d documents", row.documents),
        ngettext("%(num)d consultation", "%(num)d consultations", row.consultations),
    )
    return HostEntry(
        name=row.name,
        href=url_for("organisations.host", slug=row.slug),
        detail=" · ".join(counts),
        missing=tuple(missing),
        edit_href=url_for("organisations.edit_host", slug=row.slug),
        people_href=url_for("organisations.people", slug=row.slug),
    )
