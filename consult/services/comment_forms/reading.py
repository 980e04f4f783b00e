"""A form that came back, read against the text consulted: nothing is kept before a person has looked at it.

Each row is brought to its part by identity, so that nothing depends on numbers printed when the form was handed out. What
cannot be brought anywhere, and every word written elsewhere in the file, is shown and not dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from consult.domain.errors import InvalidInput, NotFound
from consult.domain.policy.actors import Actor
from consult.domain.process.comment_forms import (
    Asked,
    FilledRow,
    FormCode,
    Matched,
    Standing,
    find_code,
    laid_out,
    matched,
)
from consult.domain.process.comments import MOST_COMMENTS
from consult.domain.process.submissions import LONGEST_LETTER
from consult.domain.text.numbering import printed_title
from consult.domain.text.spans import Span
from consult.ports.comment_forms import ReturnedForm
from consult.ports.form_captions import form_captions
from consult.services.comment_forms.making import code_of
from consult.services.submissions import consultation_to_register
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.unit_of_work import current_ports

WITH_PROGRAMS = frozenset({"docm", "xlsm", "dotm", "xltm", "xlsb"})


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """A comment as a row of a form says it, the part it was brought to, and its words in the letter."""

    row: FilledRow
    place: Matched
    passage: Span


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A returned form laid out for a person: `sender` by codes of `Asked`, `letter` the whole of what was written.

    `is_earlier` says that it is the form of an earlier version or consultation of the same document, `remarks` are codes of
    what was read differently than written, `kind` is the format.
    """

    kind: str
    sender: Mapping[str, str]
    entries: tuple[ReadEntry, ...]
    letter: str
    unused: int
    is_earlier: bool
    remarks: tuple[str, ...]


def read_returned_form(actor: Actor, consultation_id: int, content: bytes, filename: str) -> ReadForm:
    """Read a form somebody filled in.

    Raises NotPermitted, and InvalidInput beside "file": what readers of forms raise (see `ports.comment_forms`),
    "form_format", "form_macros", "form_of_another" (with the title of the consultation it is of),
    "form_of_elsewhere", "form_empty", "form_too_long" and "form_too_many".
    """
    consultation = consultation_to_register(actor, consultation_id)
    ending = PurePath(filename).suffix.lstrip(".").lower()
    if ending in WITH_PROGRAMS:
        raise InvalidInput("form_macros", field="file")
    readers = current_ports().form_readers
    if ending not in readers:
        raise InvalidInput("form_format", field="file", ending=ending[:20])
    if not content:
        raise InvalidInput("file_empty", field="file")
    returned = readers[ending].read(content)
    is_earlier, version_no = _whose(consultation, returned.code)
    if not returned.rows and not returned.unused:
        raise InvalidInput("form_empty", field="file")
    if len(returned.rows) > MOST_COMMENTS:
        raise InvalidInput("form_too_many", field="file", count=len(returned.rows), limit=MOST_COMMENTS)
    return _laid(consultation, returned, ending, is_earlier, version_no)


def _laid(
    consultation: ConsultationRow,
    returned: ReturnedForm,
    kind: str,
    is_earlier: bool,
    version_no: int,
) -> ReadForm:
    standing = _standing(consultation.version_id)
    then = {one.section_id: one.title for one in standing}
    if version_no != consultation.version_no:
        version = document_queries.get_version(consultation.document_id, version_no)
        then = {one.section_id: one.title for one in _standing(version.id)}
    # a PDF says which part a row is of, but not what it was called
    rows = [
        row if row.title or not row.section_id else replace(row, title=then.get(row.section_id, ""))
        for row in returned.rows
    ]
    laid = laid_out(rows, returned.unused, dict(form_captions("pl").fields))
    if len(laid.letter) > LONGEST_LETTER:
        raise InvalidInput("form_too_long", field="file", limit=LONGEST_LETTER)
    return ReadForm(
        kind=kind,
        sender={key: words for key, words in returned.sender.items() if key in set(Asked)},
        entries=tuple(
            ReadEntry(row, matched(row, standing), passage)
            for row, passage in zip(rows, laid.passages, strict=True)
        ),
        letter=laid.letter,
        unused=len(returned.unused),
        is_earlier=is_earlier,
        remarks=returned.remarks,
    )


def _standing(version_id: int) -> list[Standing]:
    sections = document_queries.list_version_sections(version_id)
    return [Standing(one.section_id, printed_title(one.label, one.heading)) for one in sections]


def _whose(consultation: ConsultationRow, code: str) -> tuple[bool, int]:
    """(whether the form is of an earlier text of the same document, the version it was made of).

    Raises InvalidInput("form_of_another") and ("form_of_elsewhere").
    """
    found = find_code(code)
    if found is None or found == code_of(consultation):
        return False, consultation.version_no
    version = document_queries.find_version(consultation.document_id, found.version_no)
    if version is not None:
        same = FormCode.of(found.consultation_id, version.number, consultation.slug, version.checksum)
        if same == found:
            return True, version.number
    title = _title_of(found)
    if not title:
        raise InvalidInput("form_of_elsewhere", field="file")
    raise InvalidInput("form_of_another", field="file", title=title)


def _title_of(code: FormCode) -> str:
    """The consultation a code names, where it is one of ours; "" otherwise."""
    try:
        other = consultation_queries.get_consultation(code.consultation_id)
    except NotFound:
        return ""
    return other.title if code_of(other) == code else ""
