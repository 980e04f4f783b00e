"""What pages that take files share."""

from __future__ import annotations

from werkzeug.datastructures import FileStorage

from consult.domain.errors import InvalidInput
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.ports.imports import Remark
from consult.services.authority import require
from consult.storage.queries import organisations as organisation_queries
from consult.web.documents.import_presenters import ImportRemark
from consult.web.shared.remarks import remark_text
from consult.web.shared.viewers import current_actor, current_viewer


def own_host() -> int | None:
    """The office a new document belongs to: the first one its author works for. Raises NotPermitted."""
    hosts = organisation_queries.list_hosts(current_viewer())
    host_id = hosts[0].id if hosts else None
    require(current_actor(), Permission.CREATE_DOCUMENT, Target(host_id=host_id))
    return host_id


def uploaded(file: FileStorage | None) -> tuple[bytes, str]:
    """(content, name) of a file that was sent. Raises InvalidInput when none was."""
    if not isinstance(file, FileStorage) or not file.filename:
        raise InvalidInput("file_missing", field="file")
    return file.read(), file.filename


def remarks_of(remarks: tuple[Remark, ...]) -> tuple[ImportRemark, ...]:
    """What a reader of files left out or read differently, in words."""
    return tuple(ImportRemark(remark_text(remark.code), remark.count, remark.example) for remark in remarks)
