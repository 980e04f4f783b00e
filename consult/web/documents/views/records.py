"""The record of a document for whoever wants to check it: what it proves, how, and the files."""

from __future__ import annotations

import json

from flask import Response, make_response, render_template, url_for

from consult.services.public_records import make_public_record
from consult.storage.queries import documents as queries
from consult.web.documents.presenters import RecordPage, RecordVersion
from consult.web.shared.heads import document_head
from consult.web.shared.i18n import moment
from consult.web.shared.limits import limited
from consult.web.shared.viewers import current_actor, current_viewer


def record(slug: str) -> str:
    document = queries.get_document(slug, current_viewer())
    versions = queries.list_versions(document.id)
    page = RecordPage(
        head=document_head(document, tab="downloads"),
        versions=tuple(
            RecordVersion(
                row.number,
                row.label,
                url_for("documents.version", slug=slug, number=row.number),
                moment(row.published_at),
                row.checksum,
            )
            for row in versions
        ),
        file_href=url_for("documents.record_file", slug=slug) if versions else "",
        file_name=_name(slug),
        program_href=url_for("static", filename="record/check_record.py"),
    )
    return render_template("documents/record.html", page=page)


@limited("records")
def record_file(slug: str) -> Response:
    response = make_response(json.dumps(make_public_record(current_actor(), slug), ensure_ascii=False))
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{_name(slug)}"'
    return response


def _name(slug: str) -> str:
    return f"{slug}.record.json"
