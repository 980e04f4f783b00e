"""The letter that goes with an answer: kept only when it is what its name says, and nothing that acts by itself."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import zipfile
import zlib
from datetime import datetime
from pathlib import PurePosixPath, PureWindowsPath

from consult.domain.errors import InvalidInput, NotFound
from consult.domain.history.events import JointAnswerChanged
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.domain.process.joint_answers import LARGEST_LETTER, LIVE, AnswerState
from consult.services.joint_answers.standing import part_of_reader, require_leading, require_state
from consult.storage.models import JointAnswerLetter
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import joint_answers as queries
from consult.storage.queries.joint_answers import LetterRow
from consult.storage.unit_of_work import unit_of_work

KINDS = ("pdf", "docx", "odt")

_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia)\b")
_TAIL = 2_048
"""Bytes in which the end of a PDF is looked for; programs put a line or two behind it."""

_MOST_PARTS = 2_000
_LARGEST_UNPACKED = 80_000_000
_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEXT = b"application/vnd.oasis.opendocument.text"
_ACTIVE_PARTS = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|activeX\d*\.(?:bin|xml))$|^(?:Basic|Scripts)/", re.IGNORECASE
)
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
_LONGEST_NAME = 120


def attach_letter(actor: Actor, answer_id: int, content: bytes, name: str, *, now: datetime) -> None:
    """Keep a letter with an answer, in the place of the one before.

    Raises InvalidInput for a file that is empty, too large, of another kind than PDF, DOCX or ODT, not what its name
    says, damaged, or one that could act by itself.
    """
    kind = letter_kind(content, name)
    with unit_of_work() as work:
        answer = require_leading(actor, answer_id)
        require_state(answer, *LIVE)
        queries.drop_letter(answer_id)
        work.add(
            JointAnswerLetter(
                answer_id=answer_id,
                name=_plain_name(name, kind),
                kind=kind,
                content=content,
                digest=hashlib.sha256(content).hexdigest(),
                attached_by=actor.id,
                attached_at=now,
            )
        )
        _changed_letter(answer_id, answer.state, answer.revision)
        work.record(JointAnswerChanged(str(answer_id)), at=now, actor_ref=actor.id)


def drop_letter(actor: Actor, answer_id: int, *, now: datetime) -> None:
    """Send no letter with the answer."""
    with unit_of_work() as work:
        answer = require_leading(actor, answer_id)
        require_state(answer, *LIVE)
        queries.drop_letter(answer_id)
        _changed_letter(answer_id, answer.state, answer.revision)
        work.record(JointAnswerChanged(str(answer_id)), at=now, actor_ref=actor.id)


def read_letter(actor: Actor, answer_id: int) -> tuple[LetterRow, bytes]:
    """The letter with its content: for those who see what is to be sent, and, once it was sent, for officials of the
    host. Raises NotFound for everybody else."""
    answer = queries.find_answer(answer_id)
    found = queries.find_letter(answer_id, with_content=True) if answer else None
    if answer is None or found is None:
        raise NotFound("joint_letter")
    part = part_of_reader(actor, answer)
    host_id = consultation_queries.get_consultation(answer.consultation_id).host_id
    is_the_hosts = answer.state is AnswerState.SENT and is_allowed(
        actor, Permission.SEE_PERSON_DATA, Target(host_id=host_id)
    )
    if not is_the_hosts and not (part and part.sees_points):
        raise NotFound("joint_letter")
    return found


def letter_kind(content: bytes, name: str) -> str:
    """pdf, docx or odt, once the file was found to be that. Raises InvalidInput."""
    if not content:
        raise InvalidInput("joint_letter_empty", field="letter")
    if len(content) > LARGEST_LETTER:
        raise InvalidInput("joint_letter_too_large", field="letter", limit=LARGEST_LETTER // 1_000_000)
    kind = name.rpartition(".")[2].strip().lower()
    if kind not in KINDS:
        raise InvalidInput("joint_letter_kind", field="letter")
    is_so = _is_pdf(content) if kind == "pdf" else _is_package(content, kind)
    if not is_so:
        raise InvalidInput("joint_letter_is_not", field="letter", kind=kind.upper())
    return kind


def _changed_letter(answer_id: int, state: AnswerState, revision: int) -> None:
    """Another letter is something else than what was approved."""
    if state is AnswerState.APPROVING:
        queries.update_answer(answer_id, revision=revision + 1)


def _is_pdf(content: bytes) -> bool:
    tail = content[-_TAIL:]
    if not re.match(rb"%PDF-[12]\.\d", content) or b"startxref" not in tail or b"%%EOF" not in tail:
        return False
    if _ACTIVE_PDF.search(content):
        raise InvalidInput("joint_letter_active", field="letter")
    return True


def _is_package(content: bytes, kind: str) -> bool:
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
                return False
            names = {part.filename for part in parts}
            is_so = _is_word(package, names) if kind == "docx" else _is_open_text(package, names)
            if not is_so or package.testzip() is not None:
                return False
    except _UNREADABLE:
        return False
    if any(_ACTIVE_PARTS.search(one) for one in names):
        raise InvalidInput("joint_letter_active", field="letter")
    return True


def _is_word(package: zipfile.ZipFile, names: set[str]) -> bool:
    known = {"[Content_Types].xml", "word/document.xml"} <= names
    return known and _WORD in package.read("[Content_Types].xml")


def _is_open_text(package: zipfile.ZipFile, names: set[str]) -> bool:
    return {"mimetype", "content.xml"} <= names and package.read("mimetype").strip() == _TEXT


def _plain_name(name: str, kind: str) -> str:
    """The name of the file without folders and without signs nobody sees; the ending is what it was found to be."""
    base = PureWindowsPath(PurePosixPath(unicodedata.normalize("NFC", name)).name).name
    seen = "".join(sign for sign in base if unicodedata.category(sign)[0] not in "CZ" or sign == " ")
    stem = " ".join(re.sub(r'["\\/:*?<>|;]', " ", seen.rpartition(".")[0]).split())
    return f"{stem[:_LONGEST_NAME] or 'pismo'}.{kind}"
