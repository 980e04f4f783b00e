"""The home page: what is open, what is being answered, the documents."""

from __future__ import annotations

from datetime import datetime

from flask import render_template, url_for
from flask_babel import gettext

from consult.storage.queries import consultations as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.consultations import ConsultationRow as StoredConsultation
from consult.web.consultations.presenters import ConsultationRow, HomePage
from consult.web.shared.heads import last_consultations, now, stage_of, steps
from consult.web.shared.i18n import day, deadline
from consult.web.shared.presenters import DocumentRow
from consult.web.shared.viewers import current_viewer

DOCUMENTS_SHOWN = 12


def home() -> str:
    at = now()
    viewer = current_viewer()
    documents = document_queries.list_documents(viewer)
    kinds = {row.id: row.kind for row in documents}
    rows = queries.list_consultations()
    courses = last_consultations(rows)
    open_now = sorted((row for row in rows if row.is_open(at)), key=lambda row: row.closes_at)
    answering = [
        row for row in rows if row.closes_at <= at and row.answers_published_at is None and row.comment_count
    ]
    page = HomePage(
        open=tuple(_row(row, kinds, at, takes=True) for row in open_now),
        answering=tuple(_row(row, kinds, at, takes=False) for row in answering),
        documents=tuple(
            DocumentRow(
                title=row.title,
                kind=row.kind,
                href=url_for("documents.show", slug=row.slug),
                stage=stage_of(row, courses.get(row.id), at),
                host=row.host_name,
                detail=gettext("changed %(day)s", day=day(row.changed_at).text),
            )
            for row in documents[:DOCUMENTS_SHOWN]
        ),
        documents_href=url_for("documents.list_all"),
        new_href=url_for("documents.new") if viewer.host_ids else "",
    )
    return render_template("consultations/home.html", page=page)


def _row(row: StoredConsultation, kinds: dict[int, str], at: datetime, *, takes: bool) -> ConsultationRow:
    return ConsultationRow(
        title=row.title,
        kind=kinds.get(row.document_id, "other"),
        href=url_for("documents.version", slug=row.slug, number=row.version_no),
        host=row.host_name,
        closes=deadline(row.closes_at),
        steps=steps(row, at),
        comment_count=row.comment_count,
        comment_href=url_for("comments.new", slug=row.slug) if takes else "",
        summary=row.summary,
    )
