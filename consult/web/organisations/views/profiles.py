"""The list of organisations, the page of one, and the form it is entered and changed with."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError
from consult.domain.organisations.roles import KINDS
from consult.domain.policy.actors import OFFICIAL, REPRESENTATIVE
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services import organisations as service
from consult.services.authority import require
from consult.services.organisations import Profile
from consult.storage.queries import organisations as queries
from consult.storage.queries.organisations import OrganisationRow
from consult.web.organisations.forms import EditOrganisation
from consult.web.organisations.presenters import (
    EditingPage,
    ListedOrganisation,
    OrganisationList,
    OrganisationPage,
    TakingPart,
)
from consult.web.organisations.views.shared import document_rows, lines_of, may, standing
from consult.web.shared.addresses import address_with, printable, whole_number
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.hosts import host_frame
from consult.web.shared.i18n import day
from consult.web.shared.limits import limited
from consult.web.shared.presenters import Link
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor, current_viewer

PAGE = 30
LONGEST_QUERY = 200
STANDINGS = {"verified": True, "waiting": False}
FIELDS = (
    "name",
    "short_name",
    "kind",
    "krs",
    "regon",
    "nip",
    "seat",
    "website",
    "email",
    "summary",
    "easy_to_read",
    "sign_language",
)


def list_all() -> str:
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    chosen = request.args.get("standing", "")
    is_verified = STANDINGS.get(chosen)
    query = " ".join(printable(request.args.get("q", "")).split())[:LONGEST_QUERY]
    number = max(1, whole_number(request.args.get("page")) or 1)
    viewer = current_viewer()
    found = queries.count_organisations(viewer, kind=kind, is_verified=is_verified, query=query)
    rows = queries.list_organisations(
        viewer,
        kind=kind,
        is_verified=is_verified,
        query=query,
        limit=PAGE,
        offset=min(found, (number - 1) * PAGE),
    )
    narrowed = {"kind": kind, "standing": chosen if chosen in STANDINGS else "", "q": query}
    page = OrganisationList(
        rows=tuple(_listed(row) for row in rows),
        found=found,
        href=url_for("organisations.list_all"),
        kind=kind,
        standing=narrowed["standing"],
        query=query,
        register_href=url_for("organisations.register"),
        more_href=address_with("organisations.list_all", {}, {**narrowed, "page": number + 1})
        if number * PAGE < found
        else "",
        all_href=url_for("organisations.list_all"),
    )
    return render_template("organisations/list_all.html", page=page)


def _listed(row: OrganisationRow) -> ListedOrganisation:
    return ListedOrganisation(
        name=row.name,
        href=url_for("organisations.show", slug=row.slug),
        kind=row.kind,
        standing=standing(row),
        is_host=row.is_host,
        summary=row.summary,
        office=row.unit_of_name,
    )


def show(slug: str) -> str:
    row = queries.get_organisation(slug, current_viewer())
    actor = current_actor()
    frame = host_frame(row.id) if row.is_host else None
    roles = [role for organisation_id, role in actor.memberships if organisation_id == row.id]
    is_asked = bool(actor.id and not roles and queries.find_pending_request(row.id, actor.id))
    page = OrganisationPage(
        name=row.name,
        short_name=row.short_name,
        kind=row.kind,
        standing=standing(row),
        summary=row.summary,
        seat=lines_of(row.seat),
        website=row.website,
        email=row.email,
        krs=row.krs,
        regon=row.regon,
        nip=row.nip,
        easy_href=row.easy_to_read,
        sign_href=row.sign_language,
        office=Link(row.unit_of_name, url_for("organisations.show", slug=row.unit_of_slug))
        if row.unit_of_slug
        else None,
        units=tuple(
            Link(name, url_for("organisations.show", slug=unit)) for unit, name in queries.list_units(row.id)
        )
        if row.kind == "office"
        else (),
        verified=day(row.verified_at) if row.verified_at else None,
        refusal_reason=row.refusal_reason if may(Permission.MANAGE_ORGANISATION, row.id) else "",
        taking_part=tuple(
            TakingPart(
                title=part.title,
                href=url_for("consultations.show", consultation_id=part.consultation_id),
                closes=day(part.closes_at),
                comment_count=part.comment_count,
                answered_count=part.answered_count,
            )
            for part in queries.list_taking_part(row.id)
        ),
        documents=document_rows(queries.list_hosted(row.id), row.short_name or row.name)
        if row.is_host
        else (),
        host_href=frame.href if frame else "",
        crest_href=frame.crest_href if frame else "",
        look_href=frame.look_href if frame else "",
        mine=min(roles, key=_weight) if roles else "",
        is_asked=is_asked,
        join_href=url_for("organisations.join", slug=slug) if not roles and not is_asked else "",
        leave_href=url_for("organisations.leave", slug=slug) if roles else "",
        people_href=url_for("organisations.people", slug=slug)
        if may(Permission.MANAGE_ORGANISATION, row.id)
        else "",
        edit_href=url_for("organisations.edit", slug=slug)
        if may(Permission.MANAGE_ORGANISATION, row.id)
        else "",
        edit_host_href=url_for("organisations.edit_host", slug=slug)
        if row.is_host and may(Permission.MANAGE_HOST, row.id)
        else "",
    )
    return render_template("organisations/show.html", page=page)


def _weight(role: str) -> int:
    order = (OFFICIAL, REPRESENTATIVE)
    return order.index(role) if role in order else len(order)


@limited("organisations")
def register() -> ResponseReturnValue:
    form = EditOrganisation()
    asks_another = bool(form.is_another.data)
    if form.is_sent():
        try:
            slug = service.register_organisation(
                current_actor(), _profile(form), is_another=bool(form.is_another.data), now=now()
            )
        except ConsultError as error:
            asks_another = asks_another or error.code == "conflict.organisation_alike"
            refuse(form, error)
        else:
            say(
                "done",
                gettext(
                    "The organisation is entered. An administrator will look at it; we will write to you then."
                ),
            )
            return redirect(url_for("organisations.show", slug=slug), code=303)
    page = EditingPage(
        back=Link(gettext("Organisations"), url_for("organisations.list_all")),
        offices=_offices(),
        asks_another=asks_another,
    )
    shown = render_template("organisations/register.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


@limited("organisations")
def edit(slug: str) -> ResponseReturnValue:
    row = queries.get_organisation(slug, current_viewer())
    require(current_actor(), Permission.MANAGE_ORGANISATION, Target(host_id=row.id))
    form = EditOrganisation()
    if not form.is_submitted():
        for name in FIELDS:
            form[name].data = getattr(row, name)
        form.unit_of.data = str(row.unit_of_id or "")
    elif form.is_sent():
        try:
            service.edit_organisation(current_actor(), slug, _profile(form), now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("Saved."))
            return redirect(url_for("organisations.show", slug=slug), code=303)
    page = EditingPage(
        back=Link(row.short_name or row.name, url_for("organisations.show", slug=slug)),
        offices=tuple(office for office in _offices() if office[0] != str(row.id)),
        is_identity_open=not row.is_host or current_actor().is_administrator,
        is_verified=row.is_verified and not current_actor().is_administrator,
        name=row.name,
    )
    shown = render_template("organisations/edit.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _profile(form: EditOrganisation) -> Profile:
    return Profile(
        **{name: form[name].data or "" for name in FIELDS}, unit_of_id=whole_number(form.unit_of.data)
    )


def _offices() -> tuple[tuple[str, str], ...]:
    return (
        ("", gettext("It is not a unit of any office")),
        *tuple((str(number), name) for number, name in queries.list_offices()),
    )
