"""Who is in a group, who is invited to it, and the pages the links of invitations open."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, InvalidInput, NotFound
from consult.services import groups as service
from consult.services import invitations
from consult.storage.queries import groups as queries
from consult.storage.queries import invitations as invitation_queries
from consult.storage.queries.groups import GroupRow
from consult.storage.queries.invitations import InvitationRow
from consult.web.groups.forms import AcceptSeat, AddMember, ChangeInvitation, ChangeSeat
from consult.web.groups.presenters import InvitationPage, Invited, PeoplePage
from consult.web.groups.views.shared import manageable, seat_of
from consult.web.shared.addresses import public, whole_number
from consult.web.shared.errors import wording
from consult.web.shared.forms import Act, refuse
from consult.web.shared.heads import now
from consult.web.shared.i18n import day, moment
from consult.web.shared.limits import limited
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor

NEW_LINK = "new_seat_link"

LETTER, LINK, ORGANISATION = "letter", "link", "organisation"
"""How somebody comes into the group: by a letter, by a link handed over, or as an organisation without a person."""


@limited("groups")
def people(slug: str) -> ResponseReturnValue:
    """Who is in the group; somebody new is invited by the form."""
    group = manageable(slug)
    form = AddMember()
    if form.is_sent():
        try:
            _bring_in(slug, group, form)
        except ConsultError as error:
            refuse(form, error)
        else:
            return redirect(url_for("groups.people", slug=slug), code=303)
    page = PeoplePage(
        name=group.name,
        back_href=url_for("groups.show", slug=slug),
        seats=tuple(seat_of(seat, knows_names=True) for seat in queries.list_seats(group.id)),
        organisations=tuple((str(number), name) for number, name in queries.list_organisations()),
        act_href=url_for("groups.seat", slug=slug),
        invited=tuple(_invited(slug, row) for row in invitation_queries.list_invitations(group.id)),
        new_link=_new_link(group),
    )
    shown = render_template("groups/people.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _bring_in(slug: str, group: GroupRow, form: AddMember) -> None:
    """Do what the form says. Raises what the services raise, and InvalidInput for a way there is none."""
    role, organisation_id, way = form.role.data or "", _chosen_organisation(form), form.way.data
    if way == ORGANISATION:
        service.add_member(current_actor(), slug, role=role, organisation_id=organisation_id, now=now())
        say("done", gettext("Added to the group."))
        return
    if way not in (LETTER, LINK):
        raise InvalidInput("invitation_way", field="way")
    if way == LETTER and not (form.email.data or "").strip():
        raise InvalidInput("invitation_address", field="email")
    made = invitations.invite_to_group(
        current_actor(),
        slug,
        role=role,
        organisation_id=organisation_id,
        email=(form.email.data or "") if way == LETTER else "",
        most_uses=_uses(form) if way == LINK else 1,
        now=now(),
    )
    if made.secret:
        session[NEW_LINK] = [group.id, public(url_for("groups.invitation", token=made.secret))]
    else:
        say("done", gettext("The invitation is on its way."))


def seat(slug: str) -> ResponseReturnValue:
    """Another role for a seat, or no seat any more."""
    form = ChangeSeat()
    number = whole_number(form.seat.data)
    if not form.is_sent():
        say_stale()
    elif number is None:
        raise NotFound("seat")
    else:
        try:
            _change_seat(slug, number, form)
        except InvalidInput as error:
            say("error", wording(error))
    return redirect(url_for("groups.people", slug=slug), code=303)


def _change_seat(slug: str, number: int, form: ChangeSeat) -> None:
    if form.act.data == "remove":
        service.remove_member(current_actor(), slug, number, now=now())
        say("done", gettext("Removed from the group."))
    else:
        service.change_role(current_actor(), slug, number, role=form.role.data or "", now=now())
        say("done", gettext("The role is changed."))


@limited("groups")
def change_invitation(slug: str, invitation_id: int) -> ResponseReturnValue:
    """Send an invitation once more, or take it back."""
    form = ChangeInvitation()
    if not form.is_sent():
        say_stale()
    elif form.act.data == "resend":
        try:
            invitations.resend_invitation(current_actor(), slug, invitation_id, now=now())
        except ConsultError as error:
            if isinstance(error, NotFound):
                raise
            say("error", wording(error))
        else:
            say("done", gettext("The invitation is on its way once more; the earlier link no longer works."))
    else:
        invitations.withdraw_group_invitation(current_actor(), slug, invitation_id, now=now())
        say("done", gettext("The invitation was taken back; its link lets nobody in any more."))
    return redirect(url_for("groups.people", slug=slug), code=303)


@limited("links")
def invitation(token: str) -> Response:
    """The page a link opens: programs that follow every link in a letter only ever see it."""
    return _private(_shown(token, AcceptSeat()))


@limited("links")
def take_seat(token: str) -> ResponseReturnValue:
    form = AcceptSeat()
    if not form.is_sent():
        say_stale()
        return redirect(url_for("groups.invitation", token=token), code=303)
    slug = invitations.accept_group_invitation(
        current_actor(), token, shows_name=bool(form.shows_name.data), now=now()
    )
    say("done", gettext("Welcome. You now have a seat in this group."))
    return redirect(url_for("groups.show", slug=slug), code=303)


@limited("links")
def decline_seat(token: str) -> ResponseReturnValue:
    if not Act().is_sent():
        say_stale()
        return redirect(url_for("groups.invitation", token=token), code=303)
    invitations.decline_group_invitation(current_actor(), token, now=now())
    say("done", gettext("You have declined. Whoever invited you will see it."))
    return redirect(url_for("groups.list_all"), code=303)


def _shown(token: str, form: AcceptSeat) -> str:
    found = invitations.look_at_group_invitation(token, now=now())
    here, actor = url_for("groups.invitation", token=token), current_actor()
    is_signed_in = actor.is_signed_in
    page = InvitationPage(
        group=found.group_name,
        host=found.host_name,
        block=found.block,
        summary=found.summary,
        role=found.role,
        organisation=found.organisation_name,
        until=moment(found.expires_at),
        is_by_letter=bool(found.email),
        is_signed_in=is_signed_in,
        is_for_reader=is_signed_in and invitations.is_for(actor, found),
        is_sitting=actor.id is not None and queries.find_seat_of(found.group_id, actor.id) is not None,
        group_href=url_for("groups.show", slug=found.group_slug),
        sign_in_href=url_for("accounts.sign_in", next=here),
        register_href=url_for("accounts.register"),
        accept_href=url_for("groups.take_seat", token=token),
        decline_href=url_for("groups.decline_seat", token=token) if found.email else "",
    )
    return render_template("groups/invitation.html", page=page, form=form)


def _invited(slug: str, row: InvitationRow) -> Invited:
    return Invited(
        id=row.id,
        role=row.role,
        organisation=row.organisation_name,
        email=row.email,
        state=row.state(now()),
        left=row.most_uses - row.uses,
        asked=day(row.asked_at),
        until=day(row.expires_at),
        act_href=url_for("groups.change_invitation", slug=slug, invitation_id=row.id),
    )


def _new_link(group: GroupRow) -> str:
    """The link made a moment ago, shown once."""
    kept = session.get(NEW_LINK)
    return str(session.pop(NEW_LINK)[1]) if kept and kept[0] == group.id else ""


def _uses(form: AddMember) -> int:
    uses = whole_number(form.most_uses.data or "1")
    return uses if uses is not None else 0


def _chosen_organisation(form: AddMember) -> int | None:
    chosen = form.organisation_id.data or ""
    if not chosen:
        return None
    number = whole_number(chosen)
    return number if number is not None else 0


def _private(page: str) -> Response:
    """The address is a key: nobody it leads to is told of it, and nothing keeps the page."""
    response = make_response(page)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
