"""The comment form of a consultation: a page that says how to fill it in and where to send it, and its files."""

from __future__ import annotations

from flask import Response, current_app, render_template, url_for

from consult.domain.errors import NotFound
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.domain.process.fields import Decides
from consult.domain.process.legal_bases import LEGAL_BASES
from consult.services import comment_forms as service
from consult.storage.queries import consultations as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.organisations import get_host
from consult.web.comment_forms.presenters import FormFile, FormPage
from consult.web.shared.addresses import public
from consult.web.shared.heads import document_head, now
from consult.web.shared.i18n import deadline
from consult.web.shared.limits import limited
from consult.web.shared.viewers import current_actor, current_viewer


def show(consultation_id: int) -> str:
    row = _consultation(consultation_id)
    document = document_queries.get_document(row.slug, current_viewer())
    keeps = is_allowed(current_actor(), Permission.ANSWER_COMMENTS, Target(host_id=row.host_id))
    page = FormPage(
        head=document_head(document, tab="consultation"),
        title=row.title,
        href=url_for("consultations.show", consultation_id=row.id),
        files=tuple(
            FormFile(kind, url_for("comment_forms.download", consultation_id=row.id, extension=kind))
            for kind in service.FORMATS
        ),
        closes=deadline(row.closes_at),
        by_postmark=LEGAL_BASES[row.legal_basis].decides(row.decides) == Decides.POSTMARK,
        state=str(row.state(now())),
        ways=tuple((code, words) for code, words in row.channels if words.strip()),
        part_count=len(document_queries.list_version_sections(row.version_id)),
        comment_href=url_for("documents.version", slug=row.slug, number=row.version_no)
        if row.is_open(now())
        else "",
        clause_href=url_for("organisations.clause", slug=get_host(row.host_id).slug),
        enter_href=url_for("submissions.returned", consultation_id=row.id) if keeps else "",
    )
    return render_template("comment_forms/show.html", page=page)


@limited("comment_forms")
def download(consultation_id: int, extension: str) -> Response:
    row = _consultation(consultation_id)
    if extension not in service.FORMATS:
        raise NotFound("file")
    address = public(url_for("consultations.show", consultation_id=row.id))
    file = service.write_comment_form(consultation_id, extension, address=address, now=now())
    response = current_app.response_class(file.content, mimetype=file.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    return response


def _consultation(consultation_id: int) -> ConsultationRow:
    """An announced consultation of a document the reader may see. Raises NotFound."""
    row = queries.get_consultation(consultation_id)
    document_queries.get_document(row.slug, current_viewer())
    return row
