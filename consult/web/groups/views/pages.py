"""Working groups: the list, a group's page, making and changing one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from consult.domain.errors import ConsultError, InvalidInput, NotPermitted, RuleBroken
from consult.domain.policy.actors import OFFICIAL
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.services import groups as service
from consult.services.groups import GroupText
from consult.storage.queries import groups as queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.groups import GroupDocumentRow, GroupRow, SeatRow
from consult.web.groups.forms import Course, GroupForm
from consult.web.groups.forms import OwnSeat as OwnSeatForm
from consult.web.groups.presenters import (
    Block,
    GroupEdit,
    GroupLine,
    GroupList,
    GroupPage,
    Otherwise,
    OwnSeat,
)
from consult.web.groups.views.shared import manageable, seat_of
from consult.web.shared.addresses import address_with, whole_number
from consult.web.shared.errors import wording
from consult.web.shared.following import follow_state
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.hosts import show_host
from consult.web.shared.i18n import day
from consult.web.shared.presenters import Link
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor, current_viewer


def list_all() -> str:
    rows = queries.list_groups(current_viewer())
    host_slug = request.args.get("host", "")
    hosts = {row.host_slug: row.host_name for row in sorted(rows, key=lambda row: row.host_name)}
    shown = [row for row in rows if not host_slug or row.host_slug == host_slug]
    at_work = [row for row in shown if row.closed_at is None]
    over = [row for row in shown if row.closed_at is not None]
    blocks = [
        Block(title, tuple(_line(row) for row in group))
        for title, group in groupby(sorted(at_work, key=lambda row: row.block), key=lambda row: row.block)
    ]
    if over:
        blocks.append(Block(gettext("Groups whose work has ended"), tuple(_line(row) for row in over)))
    page = GroupList(
        blocks=tuple(blocks),
        count=len(shown),
        hosts=(
            Link(gettext("All hosts"), url_for("groups.list_all"), not host_slug),
            *(
                Link(name, address_with("groups.list_all", {}, {"host": slug}), slug == host_slug)
                for slug, name in hosts.items()
            ),
        )
        if len(hosts) > 1
        else (),
        new_href=url_for("groups.new") if _hosts_to_manage() else "",
    )
    return render_template("groups/list.html", page=page)


def _line(row: GroupRow) -> GroupLine:
    return GroupLine(
        name=row.name,
        href=url_for("groups.show", slug=row.slug),
        host=row.host_name,
        summary=row.summary,
        detail=ngettext("%(num)d seat", "%(num)d seats", row.member_count)
        if row.member_count
        else gettext("nobody in it yet"),
        is_private=row.visibility != queries.PUBLIC,
        is_over=row.closed_at is not None,
        otherwise=Otherwise(row.easy_read_url, row.sign_language_url),
    )


def show(slug: str) -> str:
    group = queries.get_group(slug, current_viewer())
    show_host(group.host_id)
    seats = queries.list_seats(group.id)
    documents = queries.list_documents(group.id, current_viewer())
    page = GroupPage(
        name=group.name,
        host=group.host_name,
        host_href=url_for("organisations.host", slug=group.host_slug),
        block=group.block,
        summary=group.summary,
        visibility=group.visibility,
        made=day(group.created_at),
        ended=day(group.closed_at) if group.closed_at else None,
        seats=tuple(seat_of(seat, _knows_names(group, seats)) for seat in seats),
        documents=tuple(
            Link(row.title, url_for("documents.show", slug=row.slug), language=row.language)
            for row in documents
        ),
        otherwise=Otherwise(group.easy_read_url, group.sign_language_url),
        follow=follow_state("group", group.id),
        own=_own(group, seats),
        acts=(
            Link(gettext("Change what is said here"), url_for("groups.edit", slug=slug)),
            Link(gettext("People of the group"), url_for("groups.people", slug=slug)),
        )
        if _may_manage(group.host_id)
        else (),
    )
    return render_template("groups/show.html", page=page)


def own_seat(slug: str) -> ResponseReturnValue:
    """What somebody does with their own seat: show their name, hide it, leave."""
    group = queries.get_group(slug, current_viewer())
    form = OwnSeatForm()
    act = form.act.data or ""
    if not form.is_sent():
        say_stale()
        return redirect(url_for("groups.show", slug=slug), code=303)
    if act == "leave":
        return _leave(group)
    service.show_own_name(current_actor(), group.slug, shows=act == "show", now=now())
    say(
        "done",
        gettext("Your name now stands on this page.")
        if act == "show"
        else gettext("Your name is no longer shown."),
    )
    return redirect(url_for("groups.show", slug=group.slug), code=303)


def _leave(group: GroupRow) -> ResponseReturnValue:
    where = url_for("groups.show", slug=group.slug)
    try:
        service.leave_group(current_actor(), group.slug, now=now())
    except RuleBroken as error:
        say("error", wording(error))
        return redirect(where, code=303)
    say("done", gettext("You have left the group."))
    is_still_known = any(row.id == group.id for row in queries.list_groups(current_viewer()))
    return redirect(where if is_still_known else url_for("groups.list_all"), code=303)


def new() -> ResponseReturnValue:
    hosts = _hosts_to_manage()
    if not hosts:
        raise NotPermitted("manage_groups", because="is_official_of_host,is_administrator")
    form = GroupForm()
    host_id = whole_number(form.host_id.data) if len(hosts) > 1 else hosts[0][0]
    own = [] if len(hosts) > 1 else queries.list_documents_of_host(hosts[0][0])
    _offer_documents(form, own)
    if form.is_sent():
        try:
            if host_id is None:
                raise InvalidInput("group_host", field="host_id")
            slug = service.make_group(current_actor(), host_id, _text(form), now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The group is made. Now say who is in it."))
            return redirect(url_for("groups.people", slug=slug), code=303)
    page = GroupEdit(
        title=gettext("New working group"),
        back_href=url_for("groups.list_all"),
        back_text=gettext("Working groups"),
        hosts=tuple((str(number), name) for number, name in hosts) if len(hosts) > 1 else (),
        languages=_languages(own),
    )
    shown = render_template("groups/edit.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def edit(slug: str) -> ResponseReturnValue:
    group = manageable(slug)
    form = GroupForm()
    own = queries.list_documents_of_host(group.host_id)
    _offer_documents(form, own)
    if not form.is_submitted():
        _fill(form, group, queries.list_documents(group.id, current_viewer()))
    elif form.is_sent():
        try:
            service.change_group(current_actor(), slug, _text(form), now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The page of the group is changed."))
            return redirect(url_for("groups.show", slug=slug), code=303)
    page = GroupEdit(
        title=gettext("Change a working group"),
        back_href=url_for("groups.show", slug=slug),
        back_text=group.name,
        languages=_languages(own),
        course_href=url_for("groups.course", slug=slug),
        is_over=group.closed_at is not None,
    )
    shown = render_template("groups/edit.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def course(slug: str) -> ResponseReturnValue:
    """End a group's work, or take it up again."""
    form = Course()
    if not form.is_sent():
        say_stale()
    elif form.act.data == "end":
        service.end_group(current_actor(), slug, now=now())
        say("done", gettext("The work of the group has ended; its page stays."))
    else:
        service.resume_group(current_actor(), slug, now=now())
        say("done", gettext("The group is at work again."))
    return redirect(url_for("groups.show", slug=slug), code=303)


def _may_manage(host_id: int) -> bool:
    return is_allowed(current_actor(), Permission.MANAGE_GROUPS, Target(host_id=host_id))


def _hosts_to_manage() -> list[tuple[int, str]]:
    """(id, name) of the hosts whose groups the reader may make; guests are asked nothing of the database."""
    actor = current_actor()
    if not actor.is_administrator and not any(role == OFFICIAL for _, role in actor.memberships):
        return []
    hosts = organisation_queries.list_hosts(current_viewer())
    return [(host.id, host.name) for host in hosts if _may_manage(host.id)]


def _text(form: GroupForm) -> GroupText:
    numbers = [whole_number(value) for value in form.documents.data or ()]
    return GroupText(
        name=form.name.data or "",
        block=form.block.data or "",
        summary=form.summary.data or "",
        easy_read_url=form.easy_read_url.data or "",
        sign_language_url=form.sign_language_url.data or "",
        visibility=form.visibility.data or "",
        document_ids=[number if number is not None else 0 for number in numbers],
    )


def _fill(form: GroupForm, group: GroupRow, documents: Sequence[GroupDocumentRow]) -> None:
    form.name.data, form.block.data, form.summary.data = group.name, group.block, group.summary
    form.easy_read_url.data, form.sign_language_url.data = group.easy_read_url, group.sign_language_url
    form.visibility.data = group.visibility
    form.documents.data = [str(row.id) for row in documents]


def _offer_documents(form: GroupForm, documents: Sequence[GroupDocumentRow]) -> None:
    form.documents.choices = [(str(row.id), row.title) for row in documents]


def _languages(documents: Sequence[GroupDocumentRow]) -> dict[str, str]:
    return {str(row.id): row.language for row in documents}


def _own(group: GroupRow, seats: Sequence[SeatRow]) -> OwnSeat | None:
    person_id = current_actor().id
    found = next((seat for seat in seats if person_id is not None and seat.person_id == person_id), None)
    if found is None:
        return None
    return OwnSeat(found.role, found.shows_name, url_for("groups.own_seat", slug=group.slug))


def _knows_names(group: GroupRow, seats: Sequence[SeatRow]) -> bool:
    """Whether the reader works for the host or sits in the group, and so sees who does."""
    person_id = current_actor().id
    sits_there = person_id is not None and any(seat.person_id == person_id for seat in seats)
    return sits_there or current_viewer().works_for(group.host_id)
