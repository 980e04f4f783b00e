"""Who is in an organisation, who asks to be, and the links that let people in."""

from __future__ import annotations

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, InvalidInput
from consult.domain.organisations.roles import KEEPERS, may_speak, roles_to_give
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services import organisations as service
from consult.services.authority import require
from consult.storage.queries import organisations as queries
from consult.storage.queries.organisations import BelongingRow, OrganisationRow
from consult.web.organisations.forms import ChangeMember, Invite
from consult.web.organisations.presenters import OpenInvitation, PeoplePage, Person, Wish
from consult.web.shared.addresses import public, whole_number
from consult.web.shared.forms import Act, refuse
from consult.web.shared.heads import now
from consult.web.shared.i18n import day
from consult.web.shared.limits import limited
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor, current_viewer

NEW_LINK = "new_invitation"


def people(slug: str) -> str:
    return _page(_managed(slug), Invite())


@limited("organisations")
def invite(slug: str) -> ResponseReturnValue:
    row = _managed(slug)
    form = Invite()
    if form.is_sent():
        try:
            made = service.invite(
                current_actor(),
                slug,
                role=form.role.data or "",
                is_speaker=bool(form.is_speaker.data),
                most_uses=_uses(form),
                email=form.email.data or "",
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            if made.secret:
                session[NEW_LINK] = [
                    row.id,
                    public(url_for("organisations.invitation", token=made.secret)),
                ]
            else:
                say("done", gettext("The invitation is on its way."))
            return redirect(url_for("organisations.people", slug=slug), code=303)
    return _page(row, form), 422


def change(slug: str, person_id: int) -> ResponseReturnValue:
    form = ChangeMember()
    if form.is_sent():
        service.change_member(
            current_actor(),
            slug,
            person_id,
            role=form.role.data or "",
            is_speaker=bool(form.is_speaker.data),
            now=now(),
        )
        say("done", gettext("Saved."))
    else:
        say_stale()
    return _back(slug)


def remove(slug: str, person_id: int) -> ResponseReturnValue:
    if Act().is_sent():
        service.remove_member(current_actor(), slug, person_id, now=now())
        say("done", gettext("This person no longer belongs to the organisation."))
    else:
        say_stale()
    return _back(slug)


def accept(slug: str, request_id: int) -> ResponseReturnValue:
    form = ChangeMember()
    if form.is_sent():
        service.accept_request(
            current_actor(),
            slug,
            request_id,
            role=form.role.data or "member",
            is_speaker=bool(form.is_speaker.data),
            now=now(),
        )
        say("done", gettext("This person now belongs to the organisation."))
    else:
        say_stale()
    return _back(slug)


def decline(slug: str, request_id: int) -> ResponseReturnValue:
    if Act().is_sent():
        service.refuse_request(current_actor(), slug, request_id, now=now())
        say("done", gettext("The request was turned down."))
    else:
        say_stale()
    return _back(slug)


def withdraw(slug: str, invitation_id: int) -> ResponseReturnValue:
    if Act().is_sent():
        service.withdraw_invitation(current_actor(), slug, invitation_id, now=now())
        say("done", gettext("The invitation was taken back; its link lets nobody in any more."))
    else:
        say_stale()
    return _back(slug)


def _back(slug: str) -> ResponseReturnValue:
    """To the list, or to the organisation for somebody who has just given up looking after it."""
    row = queries.find_organisation(slug)
    actor = current_actor()
    roles = queries.list_roles(row.id, actor.id) if row and actor.id else []
    still_manages = actor.is_administrator or any(one.role in KEEPERS for one in roles)
    endpoint = "organisations.people" if still_manages else "organisations.show"
    return redirect(url_for(endpoint, slug=slug), code=303)


def _managed(slug: str) -> OrganisationRow:
    row = queries.get_organisation(slug, current_viewer())
    require(current_actor(), Permission.MANAGE_ORGANISATION, Target(host_id=row.id))
    return row


def _uses(form: Invite) -> int:
    uses = whole_number(form.most_uses.data or "1")
    if uses is None:
        raise InvalidInput("invitation_uses", field="most_uses", limit=50)
    return uses


def _page(row: OrganisationRow, form: Invite) -> str:
    given = roles_to_give(current_actor(), row.id, is_host=row.is_host)
    link = ""
    kept = session.get(NEW_LINK)
    if kept and kept[0] == row.id:
        link = session.pop(NEW_LINK)[1]
    page = PeoplePage(
        name=row.name,
        back_href=url_for("organisations.show", slug=row.slug),
        people=tuple(_person(row, one, given) for one in queries.list_people(row.id)),
        wishes=tuple(
            Wish(
                id=wish.id,
                name=wish.person_name,
                email=wish.person_email,
                words=wish.words,
                asked=day(wish.asked_at),
                accept_href=url_for("organisations.accept", slug=row.slug, request_id=wish.id),
                refuse_href=url_for("organisations.decline", slug=row.slug, request_id=wish.id),
            )
            for wish in queries.list_pending_requests(row.id)
        ),
        invitations=tuple(
            OpenInvitation(
                id=one.id,
                role=one.role,
                may_speak=one.may_speak,
                email=one.email,
                left=one.most_uses - one.uses,
                until=day(one.expires_at),
                withdraw_href=url_for("organisations.withdraw", slug=row.slug, invitation_id=one.id),
            )
            for one in queries.list_invitations(row.id, now())
        ),
        roles=given,
        invite_href=url_for("organisations.invite", slug=row.slug),
        is_verified=row.is_verified,
        new_link=link,
    )
    return render_template("organisations/people.html", page=page, form=form)


def _person(row: OrganisationRow, one: BelongingRow, given: tuple[str, ...]) -> Person:
    is_open = one.role in given
    return Person(
        id=one.person_id,
        name=one.name,
        email=one.email,
        role=one.role,
        speaks=may_speak(one.role, is_named=one.is_named_speaker),
        is_named_speaker=one.is_named_speaker,
        since=day(one.since) if one.since else None,
        is_self=one.person_id == current_actor().id,
        change_href=url_for("organisations.change", slug=row.slug, person_id=one.person_id)
        if is_open
        else "",
        remove_href=url_for("organisations.remove", slug=row.slug, person_id=one.person_id)
        if is_open
        else "",
    )
