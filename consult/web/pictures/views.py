"""A picture sent by a form, with or without a script; the pictures of a document; a picture itself."""

from __future__ import annotations

from collections import defaultdict

from flask import Response, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

from consult.domain.errors import ConsultError
from consult.domain.policy.permissions import Permission
from consult.domain.text.pictures import is_name, marker
from consult.services import pictures as service
from consult.services.authority import of_document, require
from consult.services.pictures import Description, shown_size
from consult.storage.queries import documents as document_queries
from consult.web.pictures.forms import PictureForm
from consult.web.pictures.presenters import Described, NewPicturePage, PicturesPage, Shown
from consult.web.shared.errors import STATUSES, wording
from consult.web.shared.forms import refuse
from consult.web.shared.group_work import get_drafted, part_href, part_title, standing_parts
from consult.web.shared.heads import document_head, may, now
from consult.web.shared.i18n import moment
from consult.web.shared.limits import limited
from consult.web.shared.pictures import FILE_POLICY, FOR_A_YEAR
from consult.web.shared.presenters import DocumentHead, Link
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor, current_viewer

JSON = "application/json"


@limited("pictures")
def new(slug: str) -> ResponseReturnValue:
    """Send a picture. To a script the answer is JSON: ``markdown`` to be put into the text and ``href``, or ``errors`` by
    field with a fresh ``token``."""
    document = document_queries.get_document(slug, current_viewer())
    require(current_actor(), Permission.PROPOSE_CHANGE, of_document(document))
    form = PictureForm()
    is_script = request.accept_mimetypes.best_match((JSON, "text/html")) == JSON
    if form.is_sent():
        upload = request.files.get("picture")
        said = Description(form.alt.data or "", bool(form.is_decorative.data), form.caption.data or "")
        try:
            added = service.add_picture(
                current_actor(), slug, upload.read() if upload else b"", said, now=now()
            )
        except ConsultError as error:
            if is_script and not str(error.facts.get("field") or ""):
                return _json(
                    {"errors": {"": [wording(error)]}}, STATUSES.get(error.code.partition(".")[0], 400)
                )
            refuse(form, error)
        else:
            if is_script:
                href = url_for("pictures.picture", slug=slug, name=added.name)
                return _json({"markdown": added.markdown, "href": href})
            say(
                "done",
                gettext("The picture is here. Copy the line below into the text where it is to stand."),
            )
            return redirect(url_for("pictures.list_all", slug=slug, new=added.name, _anchor="new"), code=303)
    if is_script and request.method == "POST":
        problems = {str(name or ""): [str(one) for one in found] for name, found in form.errors.items()}
        return _json({"errors": problems, "token": generate_csrf()}, 422)
    page = NewPicturePage(
        head=_head(slug),
        back_href=url_for("pictures.list_all", slug=slug),
        limit_text="",
    )
    shown = render_template("pictures/new.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _json(answer: dict[str, object], status: int = 200) -> Response:
    response = make_response(jsonify(answer), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _head(slug: str) -> DocumentHead:
    document = get_drafted(slug)
    return document_head(
        document,
        state_text=gettext("working draft after change %(number)s", number=document.last_change_no),
    )


def list_all(slug: str) -> str:
    document = get_drafted(slug)
    parts = standing_parts(document)
    uses: defaultdict[str, list[Described]] = defaultdict(list)
    undescribed = 0
    for use in service.list_draft_uses(document):
        part = parts[use.section_id]
        undescribed += use.picture.is_undescribed
        uses[use.picture.name].append(
            Described(
                part=Link(part_title(part), part_href(document, use.section_id)),
                alt=use.picture.alt,
                is_decorative=use.picture.is_decorative,
                is_undescribed=use.picture.is_undescribed,
            )
        )
    asked = request.args.get("new", "")
    pictures = []
    for row in service.list_document_pictures(current_actor(), document):
        width, height = shown_size(row.width, row.height)
        pictures.append(
            Shown(
                name=row.name,
                href=url_for("pictures.picture", slug=slug, name=row.name),
                width=width,
                height=height,
                alt=row.alt,
                kind_text=gettext(
                    "%(kind)s, %(width)s by %(height)s pixels",
                    kind=row.kind.upper(),
                    width=row.width,
                    height=row.height,
                ),
                sent=moment(row.at),
                by=row.by,
                uses=tuple(uses[row.name]),
                markdown=marker(row.name, alt=row.alt, caption=row.caption, is_decorative=row.is_decorative),
                is_new=row.name == asked,
            )
        )
    page = PicturesPage(
        head=_head(slug),
        pictures=tuple(pictures),
        undescribed=undescribed,
        add_href=url_for("pictures.new", slug=slug) if may(Permission.PROPOSE_CHANGE, document) else "",
    )
    return render_template("pictures/list_all.html", page=page)


def picture(slug: str, name: str) -> Response:
    """The picture: made here of what was sent, and served as nothing but a picture."""
    given = service.give_picture(current_actor(), slug, name if is_name(name) else "")
    response = make_response(given.content)
    response.headers["Content-Type"] = f"image/{given.kind}"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = FOR_A_YEAR if given.is_public else "private, no-cache"
    response.set_etag(given.digest)
    response.make_conditional(request)
    return response
