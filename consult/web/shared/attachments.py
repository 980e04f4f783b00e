"""Attached files as pages list them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from consult.domain.policy.permissions import Permission
from consult.ports.exports import captions_for
from consult.services.attachments import attachments_of
from consult.storage.queries.attachments import AttachmentRow
from consult.storage.queries.documents import DocumentRow, VersionRow
from consult.web.shared.heads import may
from consult.web.shared.i18n import language


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file as it is offered: `kind` and `size` in words, `href` "" where its content had to be erased."""

    title: str
    description: str
    href: str
    kind: str
    size: str
    file_name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Attached:
    """The files of a text, and where those who draft look after them."""

    files: tuple[AttachedFile, ...] = ()
    edit_href: str = ""


def attached_to(document: DocumentRow, version: VersionRow | None) -> Attached:
    """The attachments of a version, or of the working draft when None."""
    can_edit = version is None and may(Permission.EDIT_DRAFT, document)
    return Attached(
        files=tuple(attached_file(document, row) for row in attachments_of(document, version)),
        edit_href=url_for("attachments.list_all", slug=document.slug) if can_edit else "",
    )


def attached_file(document: DocumentRow, row: AttachmentRow) -> AttachedFile:
    return AttachedFile(
        title=row.title,
        description=row.description,
        href=url_for("attachments.file", slug=document.slug, state_id=row.id) if row.is_there else "",
        kind=kind_words(row.kind),
        size=captions_for(language()).size_of(row.size),
        file_name=row.file_name,
        digest=row.digest,
    )


def kind_words(kind: str) -> str:
    """A kind of file as people call it."""
    return {
        "pdf": gettext("PDF"),
        "docx": gettext("Word document"),
        "odt": gettext("OpenDocument text"),
        "xlsx": gettext("Excel spreadsheet"),
        "ods": gettext("OpenDocument spreadsheet"),
        "pptx": gettext("PowerPoint presentation"),
        "odp": gettext("OpenDocument presentation"),
        "csv": gettext("table in a text file (CSV)"),
        "txt": gettext("plain text"),
        "png": gettext("PNG picture"),
        "jpeg": gettext("JPEG picture"),
    }[kind]
