"""Documents begun, and published."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services import documents as service
from consult.services.authority import require
from consult.services.cross_references import list_draft_references
from consult.services.pictures import list_draft_uses
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as queries
from consult.storage.queries.documents import DocumentRow
from consult.web.documents.forms import (
    NewDocument,
    PublishVersion,
)
from consult.web.documents.presenters import PublishPage
from consult.web.documents.views.uploads import own_host
from consult.web.shared.forms import refuse
from consult.web.shared.heads import document_head, now
from consult.web.shared.presenters import DocumentHead
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor, current_viewer


def new() -> ResponseReturnValue:
    host_id = own_host()
    form = NewDocument()
    if form.is_sent():
        try:
            text = (form.source.data or "").strip()
            if text:
                made = service.import_document(
                    current_actor(),
                    content=f"{text}\n".encode(),
                    filename="text.md",
                    title=form.title.data or "",
                    kind=form.kind.data or "",
                    host_id=host_id,
                    now=now(),
                )
                slug = made.slug
            else:
                slug = service.create_document(
                    current_actor(),
                    title=form.title.data or "",
                    kind=form.kind.data or "",
                    host_id=host_id,
                    now=now(),
                )
        except ConsultError as error:
            refuse(form, error)
        else:
            say(
                "done",
                gettext("The document was created. Only your office sees it until you publish a version."),
            )
            return redirect(url_for("documents.draft", slug=slug), code=303)
    page = render_template("documents/new.html", form=form)
    return (page, 422) if form.errors else page


def publish(slug: str) -> ResponseReturnValue:
    document = queries.get_document(slug, current_viewer())
    require(current_actor(), Permission.PUBLISH_VERSION, Target(host_id=document.host_id))
    form = PublishVersion()
    if form.is_sent():
        try:
            published = service.publish_version(current_actor(), slug, label=form.label.data or "", now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("Version %(number)s is published.", number=published.number))
            return redirect(url_for("documents.version", slug=slug, number=published.number), code=303)
    last = queries.find_version(document.id, document.last_version_no)
    uncertain = sum(row.state == "uncertain" for row in comment_queries.list_placed_in_draft(document.id))
    lost = list_draft_references(document).dangling
    page = PublishPage(
        head=_head(document),
        back_href=url_for("documents.draft", slug=slug),
        next_number=document.last_version_no + 1,
        change_count=document.last_change_no - (last.change_no if last else 0),
        uncertain_count=uncertain,
        uncertain_href=url_for("comments.list_all", slug=slug, placement="uncertain") if uncertain else "",
        lost_references=tuple(one.words for one in lost),
        references_href=url_for("cross_references.show", slug=slug),
        undescribed_count=sum(use.picture.is_undescribed for use in list_draft_uses(document)),
        pictures_href=url_for("pictures.list_all", slug=slug),
    )
    shown = render_template("documents/publish.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _head(document: DocumentRow) -> DocumentHead:
    return document_head(
        document, state_text=gettext("working draft after change %(number)s", number=document.last_change_no)
    )
