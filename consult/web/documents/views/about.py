"""About a document: what it is in short, where it is told otherwise, who works on it."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError
from consult.domain.policy.permissions import Permission
from consult.services import descriptions as service
from consult.services.drafting import get_editable
from consult.storage.queries import documents as queries
from consult.storage.queries import groups as group_queries
from consult.storage.queries import listings
from consult.storage.queries.collections import list_collections_of_document
from consult.web.documents.forms import AboutDocument
from consult.web.documents.presenters import AboutPage, DescribePage
from consult.web.shared.following import follow_state
from consult.web.shared.forms import refuse
from consult.web.shared.heads import document_head, may, now
from consult.web.shared.presenters import Link
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor, current_viewer


def about(slug: str) -> str:
    """What is said of a document beside its text."""
    document = queries.get_document(slug, current_viewer())
    said = listings.find_description(document.id)
    page = AboutPage(
        head=document_head(document),
        title=document.title,
        summary=said.summary,
        easy_href=said.easy_read_url,
        sign_href=said.sign_language_url,
        host=document.host_name,
        host_href=url_for("organisations.host", slug=said.host_slug),
        language=document.language,
        groups=tuple(
            Link(group.name, url_for("groups.show", slug=group.slug))
            for group in group_queries.list_groups_of_document(document.id, current_viewer())
        ),
        collections=tuple(
            Link(row.title, url_for("collections.show", slug=row.slug))
            for row in list_collections_of_document(document.id, current_viewer())
        ),
        follow=follow_state("document", document.id),
        edit_href=url_for("documents.describe", slug=slug) if may(Permission.EDIT_DRAFT, document) else "",
    )
    return render_template("documents/about.html", page=page)


def describe(slug: str) -> ResponseReturnValue:
    """Change what is said of a document."""
    document = get_editable(current_actor(), slug)
    form = AboutDocument()
    if not form.is_submitted():
        said = listings.find_description(document.id)
        form.summary.data = said.summary
        form.easy_read_url.data = said.easy_read_url
        form.sign_language_url.data = said.sign_language_url
    elif form.is_sent():
        try:
            service.describe_document(
                current_actor(),
                slug,
                summary=form.summary.data or "",
                easy_read_url=form.easy_read_url.data or "",
                sign_language_url=form.sign_language_url.data or "",
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("What is said of the document is changed."))
            return redirect(url_for("documents.about", slug=slug), code=303)
    page = DescribePage(head=document_head(document), back_href=url_for("documents.about", slug=slug))
    shown = render_template("documents/describe.html", page=page, form=form)
    return (shown, 422) if form.errors else shown
