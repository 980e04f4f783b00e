"""Selects about files that came with submissions. They may name people: for the officials of the host alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.comments import Submission
from consult.storage.models.submissions import SubmissionFile, SubmissionFileContent


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that came with a submission; `name` is None once it was erased."""

    id: int
    no: int
    role: str
    kind: str
    size: int
    digest: str
    at: datetime
    by: str
    name: str | None


_COLUMNS = (
    SubmissionFile.id,
    SubmissionFile.no,
    SubmissionFile.role,
    SubmissionFile.kind,
    SubmissionFile.size,
    SubmissionFile.digest,
    SubmissionFile.at,
    func.coalesce(Person.name, ""),
    SubmissionFileContent.name,
)


def get_submission_id(register_id: int, receipt_no: int) -> int:
    """Raises NotFound."""
    found = db.session.scalar(
        select(Submission.id).where(
            Submission.register_id == register_id, Submission.receipt_no == receipt_no
        )
    )
    if found is None:
        raise NotFound("submission")
    return found


def list_files(submission_id: int) -> list[FileRow]:
    """The files of a submission in their order, without their contents."""
    rows = db.session.execute(
        select(*_COLUMNS)
        .outerjoin(SubmissionFileContent, SubmissionFileContent.file_id == SubmissionFile.id)
        .outerjoin(Person, Person.id == SubmissionFile.person_id)
        .where(SubmissionFile.submission_id == submission_id)
        .order_by(SubmissionFile.no)
    )
    return [FileRow(*row) for row in rows]


def find_content(submission_id: int, no: int) -> tuple[FileRow, bytes] | None:
    """A file and its content; None where there is none, or no more."""
    row = db.session.execute(
        select(*_COLUMNS, SubmissionFileContent.content)
        .join(SubmissionFileContent, SubmissionFileContent.file_id == SubmissionFile.id)
        .outerjoin(Person, Person.id == SubmissionFile.person_id)
        .where(SubmissionFile.submission_id == submission_id, SubmissionFile.no == no)
    ).one_or_none()
    if row is None:
        return None
    *columns, content = row
    return FileRow(*columns), bytes(content)


def list_receipts_with(register_id: int, digest: str) -> list[int]:
    """Receipt numbers of the submissions in a register that hold this very file, the first first."""
    return list(
        db.session.scalars(
            select(Submission.receipt_no)
            .join(SubmissionFile, SubmissionFile.submission_id == Submission.id)
            .where(Submission.register_id == register_id, SubmissionFile.digest == digest)
            .distinct()
            .order_by(Submission.receipt_no)
        )
    )
