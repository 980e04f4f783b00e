"""Files of a document to take away."""

from __future__ import annotations

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext

from consult.domain.policy.permissions import Permission
from consult.services import exports as export_service
from consult.services.authority import of_document, require
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as queries
from consult.web.documents.presenters import Download, DownloadsPage
from consult.web.shared.addresses import public, whole_number
from consult.web.shared.heads import document_head, now
from consult.web.shared.viewers import current_actor, current_viewer
from consult.web.shared.wording import TranslatedWording


def downloads(slug: str) -> str:
    document = queries.get_document(slug, current_viewer())
    number = document.last_version_no or None
    if number is None:
        require(current_actor(), Permission.SEE_UNPUBLISHED, of_document(document))
    version = queries.get_version(document.id, number) if number else None
    formats = (
        ("Word", "docx", gettext("to print, to work on, to attach")),
        ("HTML", "html", gettext("one page for a website, readable by screen readers")),
        ("Markdown", "md", gettext("the text as it is kept here")),
        (
            gettext("Text with its files"),
            "zip",
            gettext("text, pictures and attached files together, to keep or to work on elsewhere"),
        ),
    )
    has_comments = bool(consultation_queries.count_comments(document.id))
    page = DownloadsPage(
        head=document_head(document, tab="downloads", version=version),
        text=tuple(
            Download(
                name,
                ending,
                url_for("documents.download", slug=slug, extension=ending, version=number),
                detail,
            )
            for name, ending, detail in formats
        ),
        comments=(
            Download(
                "Excel",
                "xlsx",
                url_for("documents.download", slug=slug, extension="xlsx"),
                gettext("one row for each comment, in the order of the text"),
            ),
        )
        if has_comments
        else (),
        checksum=version.checksum if version else "",
        record_href=url_for("documents.record", slug=slug) if version else "",
    )
    return render_template("documents/downloads.html", page=page)


def download(slug: str, extension: str) -> Response:
    if extension == "xlsx":
        file = export_service.export_comment_table(current_actor(), slug, TranslatedWording())
    else:
        file = export_service.export_text(
            current_actor(),
            slug,
            extension,
            TranslatedWording(),
            version_no=whole_number(request.args.get("version")),
            address=public(url_for("documents.show", slug=slug)),
            attachment_address=public(url_for("attachments.file", slug=slug, state_id=0))[:-1] + "{}",
            now=now(),
        )
    response = make_response(file.content)
    response.headers["Content-Type"] = file.media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
