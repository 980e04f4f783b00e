"""Files that come with a submission: the form as it was filled in, scans of a letter. For its host's officials alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.history.events import SubmissionFileAdded
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.submissions import LARGEST_FILE, LONGEST_FILE_NAME, MOST_FILES, scan_kind
from consult.domain.text.normalise import normalise
from consult.services.authority import require
from consult.storage.models import SubmissionFile, SubmissionFileContent
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import submission_files as queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.submission_files import FileRow
from consult.storage.unit_of_work import Work, unit_of_work


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it was sent. `form_kind` is what a reader of forms found it to be ("docx"); "" for a scan."""

    content: bytes
    name: str
    form_kind: str = ""

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that is what it says, under the name it is offered again."""

    file: NewFile
    kind: str
    name: str


_ENDINGS = {"jpeg": ("jpg", "jpeg")}


def checked_file(file: NewFile) -> CheckedFile:
    """The file with what it is. Raises InvalidInput beside "scan": "scan_empty", "scan_too_large", "scan_kind" for
    anything but PDF, JPEG and PNG, whatever its name says, "scan_not_what_it_says" where the name says another."""
    if not file.content:
        raise InvalidInput("scan_empty", field="scan")
    if len(file.content) > LARGEST_FILE:
        raise InvalidInput("scan_too_large", field="scan", limit=LARGEST_FILE // 1_000_000)
    kind = file.form_kind or scan_kind(file.content)
    if not kind:
        raise InvalidInput("scan_kind", field="scan")
    endings = _ENDINGS.get(kind, (kind,))
    ending = PurePath(file.name).suffix.lstrip(".").lower()
    if ending not in endings:
        raise InvalidInput("scan_not_what_it_says", field="scan", ending=ending[:20], kind=kind)
    return CheckedFile(file, kind, _safe_name(file.name, endings[0]))


def checked_files(files: Sequence[NewFile]) -> list[CheckedFile]:
    """All of them, each once. Raises InvalidInput as `checked_file`, and "scans_too_many"."""
    once = list({file.digest: file for file in files}.values())
    if len(once) > MOST_FILES:
        raise InvalidInput("scans_too_many", field="scan", limit=MOST_FILES)
    return [checked_file(file) for file in once]


def _safe_name(name: str, ending: str) -> str:
    """The name without folders and signs that are not seen; they would make it look like another."""
    stem = PurePath(normalise(name).replace("\\", "/")).stem
    stem = " ".join("".join(sign if sign.isprintable() else " " for sign in stem).split())
    return f"{stem[: LONGEST_FILE_NAME - len(ending) - 1] or 'plik'}.{ending}"


def keep_files(
    work: Work,
    actor: Actor,
    consultation: ConsultationRow,
    submission_id: int,
    files: Sequence[CheckedFile],
    *,
    now: datetime,
) -> None:
    """Put files beside a submission inside the transaction; one that is there already is not put twice."""
    there = queries.list_files(submission_id)
    known = {one.digest for one in there}
    number = len(there)
    if number + len(files) > MOST_FILES:
        raise InvalidInput("scans_too_many", field="scan", limit=MOST_FILES)
    for one in files:
        if one.file.digest in known:
            continue
        number += 1
        row = SubmissionFile(
            submission_id=submission_id,
            no=number,
            role="form" if one.file.form_kind else "scan",
            kind=one.kind,
            size=len(one.file.content),
            digest=one.file.digest,
            at=now,
            person_id=actor.id,
        )
        work.add(row)
        work.flush()
        work.add(SubmissionFileContent(file_id=row.id, name=one.name, content=one.file.content))
        work.record(SubmissionFileAdded(str(submission_id), str(consultation.id)), at=now, actor_ref=actor.id)
    work.flush()


def add_scans(
    actor: Actor, consultation_id: int, receipt_no: int, files: Sequence[NewFile], *, now: datetime
) -> None:
    """Put scans beside a submission that is in the register already. Raises as `checked_files`, and RuleBroken once the
    account of the consultation is public."""
    consultation = consultation_queries.get_consultation(consultation_id)
    require(actor, Permission.ANSWER_COMMENTS, Target(host_id=consultation.host_id))
    if not files:
        raise InvalidInput("scan_empty", field="scan")
    checked = checked_files(files)
    with unit_of_work() as work:
        document_queries.lock_document(consultation.document_id)
        if consultation.is_answered:
            raise RuleBroken("submissions_over")
        submission_id = queries.get_submission_id(consultation.register_id, receipt_no)
        keep_files(work, actor, consultation, submission_id, checked, now=now)


def read_file(actor: Actor, consultation_id: int, receipt_no: int, no: int) -> tuple[FileRow, bytes]:
    """A file of a submission with its content. Raises NotPermitted, and NotFound for one that was erased."""
    consultation = consultation_queries.get_consultation(consultation_id)
    require(actor, Permission.SEE_PERSON_DATA, Target(host_id=consultation.host_id))
    submission_id = queries.get_submission_id(consultation.register_id, receipt_no)
    found = queries.find_content(submission_id, no)
    if found is None:
        raise NotFound("file")
    return found


def submissions_with(consultation: ConsultationRow, digest: str) -> list[int]:
    """The receipts of submissions in a consultation's register that hold this very file."""
    return queries.list_receipts_with(consultation.register_id, digest)
