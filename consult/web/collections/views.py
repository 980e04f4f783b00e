"""Collections: the list, one with its documents, made and changed."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from consult.domain.errors import ConsultError, NotPermitted
from consult.domain.policy.actors import OFFICIAL
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.services import collections as service
from consult.services.authority import require
from consult.services.collections import CollectionText
from consult.storage.queries import collections as queries
from consult.storage.queries import groups as group_queries
from consult.storage.queries import organisations as organisation_queries
from consult.web.collections.forms import CollectionForm, collection_form
from consult.web.collections.presenters import (
    CollectionEdit,
    CollectionLine,
    CollectionList,
    CollectionPage,
    Member,
)
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.hosts import show_host
from consult.web.shared.i18n import language
from consult.web.shared.presenters import Link
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor, current_viewer


def list_all() -> str:
    page = CollectionList(
        rows=tuple(
            CollectionLine(
                title=row.title,
                href=url_for("collections.show", slug=row.slug),
                host=row.host_name,
                intro=row.intro.split("\n\n")[0],
                detail=ngettext("%(num)d document", "%(num)d documents", row.document_count),
            )
            for row in queries.list_collections(current_viewer())
        ),
        new_href=url_for("collections.new") if _hosts() else "",
    )
    return render_template("collections/list.html", page=page)


def show(slug: str) -> str:
    row = queries.get_collection(slug, current_viewer())
    show_host(row.host_id)
    page = CollectionPage(
        title=row.title,
        host=row.host_name,
        host_href=url_for("organisations.host", slug=row.host_slug),
        intro=tuple(each.strip() for each in row.intro.split("\n\n") if each.strip()),
        members=tuple(
            Member(
                number=at,
                title=member.title,
                href=url_for("documents.show", slug=member.slug),
                kind=member.kind,
                summary=member.summary,
                detail=gettext("version %(number)s", number=member.last_version_no)
                if member.last_version_no
                else gettext("working draft"),
                language=member.language,
            )
            for at, member in enumerate(queries.list_members(row.id, current_viewer()), start=1)
        ),
        list_href=url_for("collections.list_all"),
        edit_href=url_for("collections.edit", slug=slug) if _may_manage(row.host_id) else "",
    )
    return render_template("collections/show.html", page=page)


def new() -> ResponseReturnValue:
    hosts = _hosts()
    if not hosts:
        raise NotPermitted("manage_collections", because="is_official_of_host")
    asked = whole_number(request.values.get("host_id", ""))
    host_id = hosts[0][0] if len(hosts) == 1 else asked if asked in dict(hosts) else None
    documents = group_queries.list_documents_of_host(host_id) if host_id is not None else []
    form = collection_form([row.id for row in documents])
    if host_id is not None:
        form.host_id.data = str(host_id)
    if host_id is not None and form.is_sent():
        try:
            slug = service.make_collection(
                current_actor(), host_id, _text(form, [row.id for row in documents]), now=now()
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The collection is made."))
            return redirect(url_for("collections.show", slug=slug), code=303)
    page = CollectionEdit(
        title=gettext("New collection"),
        back=Link(gettext("Collections"), url_for("collections.list_all"), language=language()),
        documents=tuple((f"place_{row.id}", row.title, row.language) for row in documents),
        hosts=tuple((str(key), name) for key, name in hosts) if host_id is None else (),
    )
    answer = render_template("collections/edit.html", page=page, form=form)
    return (answer, 422) if form.errors else answer


def edit(slug: str) -> ResponseReturnValue:
    row = queries.get_collection(slug, current_viewer())
    require(current_actor(), Permission.MANAGE_COLLECTIONS, Target(host_id=row.host_id))
    documents = group_queries.list_documents_of_host(row.host_id)
    form = collection_form([document.id for document in documents])
    if not form.is_submitted():
        form.title.data, form.intro.data = row.title, row.intro
        for member in queries.list_members(row.id, current_viewer()):
            form[f"place_{member.id}"].data = str(member.ordinal)
    elif form.is_sent():
        try:
            service.change_collection(
                current_actor(), slug, _text(form, [each.id for each in documents]), now=now()
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The collection is changed."))
            return redirect(url_for("collections.show", slug=slug), code=303)
    page = CollectionEdit(
        title=gettext("Change a collection"),
        back=Link(row.title, url_for("collections.show", slug=slug)),
        documents=tuple((f"place_{each.id}", each.title, each.language) for each in documents),
    )
    answer = render_template("collections/edit.html", page=page, form=form)
    return (answer, 422) if form.errors else answer


def _text(form: CollectionForm, document_ids: list[int]) -> CollectionText:
    """The documents in the order of the places given to them; what has no place is left out."""
    placed = [(whole_number((form[f"place_{key}"].data or "").strip()), key) for key in document_ids]
    return CollectionText(
        title=form.title.data or "",
        intro=form.intro.data or "",
        document_ids=[key for place, key in sorted((p, k) for p, k in placed if p is not None)],
    )


def _hosts() -> list[tuple[int, str]]:
    """Hosts whose documents the reader may put together."""
    own = [organisation for organisation, role in current_actor().memberships if role == OFFICIAL]
    return sorted(((key, organisation_queries.get_host(key).name) for key in own), key=lambda each: each[1])


def _may_manage(host_id: int) -> bool:
    return is_allowed(current_actor(), Permission.MANAGE_COLLECTIONS, Target(host_id=host_id))
