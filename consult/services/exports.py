"""A text as a file, and the table of its comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from consult.domain.errors import InvalidInput, NotFound
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.domain.process.contact_views import Place
from consult.domain.text.cross_references import SIGNS
from consult.domain.text.numbering import printed_title
from consult.ports.exports import ExportedSection, ExportedText, Table
from consult.services.attachments import attached_files, attachment_list
from consult.services.authority import of_document, require
from consult.services.contact_views import note_view_of_comments
from consult.services.cross_references import with_present_numbers
from consult.services.dissent_annex import dissent_annex
from consult.services.documents import manifest_of
from consult.services.pictures import exported_pictures
from consult.services.section_notes import with_notes
from consult.services.submissions.apart import apart_in
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as queries
from consult.storage.queries.comments import CommentRow, PlacedRow
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import current_ports

HOME = ZoneInfo("Europe/Warsaw")

TABLE_COLUMNS = (
    ("row", 6),
    ("number", 8),
    ("received", 12),
    ("channel", 14),
    ("sender", 24),
    ("capacity", 18),
    ("place", 28),
    ("passage", 40),
    ("text", 60),
    ("proposed", 40),
    ("justification", 40),
    ("outcome", 22),
    ("answer", 60),
    ("change", 14),
    ("responsible", 20),
)
"""Codes of the columns of the comment table, in the order Polish offices use, with widths in characters."""

APART_COLUMNS = (("apart_because", 24), ("apart_decided", 24))
"""Codes of the columns that follow in the table of comments reported apart."""


class Wording(Protocol):
    """How the codes of a table are worded for people; the web and the command line bring theirs."""

    def column(self, code: str) -> str: ...
    def channel(self, code: str) -> str: ...
    def capacity(self, code: str) -> str: ...
    def outcome(self, code: str) -> str: ...
    def whole(self) -> str: ...
    def concealed(self, standing: str) -> str: ...
    def table_title(self) -> str: ...
    def apart_title(self) -> str: ...
    def apart_reason(self, code: str) -> str: ...
    def standing(self, code: str) -> str: ...
    def change(self, number: int) -> str: ...
    def state(self, version_no: int | None, label: str) -> str: ...


@dataclass(frozen=True, slots=True)
class File:
    """A file to be sent: its bytes, media type and name."""

    content: bytes
    media_type: str
    name: str


def export_text(
    actor: Actor,
    slug: str,
    format_name: str,
    wording: Wording,
    *,
    version_no: int | None = None,
    address: str = "",
    attachment_address: str = "",
    now: datetime,
) -> File:
    """The text of a version, or of the working draft when None, in a format.

    `attachment_address` is where attached files are, with ``{}`` for the number of one.
    """
    writer = current_ports().text_writers.get(format_name)
    if writer is None:
        raise InvalidInput(
            "export_format", field="format", taken=", ".join(sorted(current_ports().text_writers))
        )
    document = queries.get_document(slug, Viewer.of(actor))
    sections, checksum, label = text_of(actor, document, version_no)
    # in a file that is read back the numbers of references are words, for generated ones are left out then
    is_generated = format_name != "docx"
    shown = with_present_numbers(document, sections, is_generated=is_generated)
    shown, pictures = exported_pictures(document, shown, is_generated=is_generated)
    version = queries.get_version(document.id, version_no) if version_no is not None else None
    exported = [
        ExportedSection(
            section.label,
            section.depth,
            section.level,
            section.source,
            section.html,
            anchor=f"s-{section.section_id[:SIGNS]}",
        )
        for section in shown
    ]
    text = ExportedText(
        title=document.title,
        host=document.host_name,
        state=wording.state(version_no, label),
        language=document.language,
        written_at=now,
        checksum=checksum,
        address=address,
        sections=with_notes(document, version_no, sections, exported)
        + dissent_annex(document, sections, version_no)
        + attachment_list(document, version, address=attachment_address),
        pictures=pictures,
        files=attached_files(document, version) if format_name == "zip" else (),
    )
    name = f"{document.slug}-v{version_no}" if version_no else f"{document.slug}-draft"
    return File(writer.write(text), writer.media_type, f"{name}.{writer.extension}")


def text_of(actor: Actor, document: DocumentRow, version_no: int | None) -> tuple[list[SectionRow], str, str]:
    """(sections with labels, checksum, label) of a version, or of the working draft when None.

    Raises NotPermitted for a working draft the actor may not see.
    """
    if version_no is not None:
        version = queries.get_version(document.id, version_no)
        return queries.list_version_sections(version.id), version.checksum, version.label
    require(actor, Permission.SEE_UNPUBLISHED, of_document(document))
    sections = queries.list_draft_sections(document.id)
    return labelled(sections), document.head_hash, ""


def labelled(sections: Sequence[SectionRow]) -> list[SectionRow]:
    """Sections of a working draft with the labels and depths they would be printed with now."""
    return [
        SectionRow(
            section_id=section.section_id,
            text_id=section.text_id,
            parent_id=section.parent_id,
            rank=section.rank,
            level=section.level,
            heading=section.heading,
            source=section.source,
            html=section.html,
            plain=section.plain,
            label=line.label,
            depth=line.depth,
            digest=section.digest,
        )
        for section, line in zip(sections, manifest_of(sections), strict=True)
    ]


def export_comment_table(
    actor: Actor, slug: str, wording: Wording, *, consultation_id: int | None = None
) -> File:
    """The comment table as a spreadsheet: one row per comment in the order of the text; those that came late, or stand
    apart for another reason, on a sheet of their own.

    Without a consultation given, the comments of the last one (or, before any, those on the draft). People's
    names are in it only for those who may see them; answers not yet published only for the host.
    """
    document = queries.get_document(slug, Viewer.of(actor))
    target = Target(host_id=document.host_id, is_published=document.last_version_no > 0)
    require(actor, Permission.READ_DOCUMENT, target)
    works_here = Viewer.of(actor).works_for(document.host_id)
    with_names = is_allowed(actor, Permission.SEE_PERSON_DATA, target)
    writer = current_ports().table_writers["xlsx"]
    consultations = consultation_queries.list_consultations(document_id=document.id)
    if consultation_id is not None:
        consultations = [row for row in consultations if row.id == consultation_id]
        if not consultations:
            raise NotFound("consultation")
    if consultations:
        register_id = consultations[0].register_id
        sections = queries.list_version_sections(consultations[0].version_id)
        comments = comment_queries.list_comments(register_id, with_drafts=works_here)
        version_no: int | None = consultations[0].version_no
    else:
        sections = labelled(queries.list_draft_sections(document.id)) if works_here else []
        comments = comment_queries.list_document_comments(document.id, with_drafts=True) if works_here else []
        version_no = None
    apart = apart_in(consultations[:1], with_decisions=works_here)
    if with_names:
        at = current_ports().clock.now()
        note_view_of_comments(
            actor, Place.TABLE, [one.id for one in comments], host_id=document.host_id, now=at
        )
    columns = tuple((wording.column(code), width) for code, width in TABLE_COLUMNS)
    tables = [
        Table(
            title=wording.table_title(),
            columns=columns,
            rows=[
                row
                for _, row in _rows(
                    [one for one in comments if one.id not in apart],
                    sections,
                    wording,
                    with_names,
                    version_no,
                )
            ],
        )
    ]
    if apart:
        rows = _rows([one for one in comments if one.id in apart], sections, wording, with_names, version_no)
        tables.append(
            Table(
                title=wording.apart_title(),
                columns=columns + tuple((wording.column(code), width) for code, width in APART_COLUMNS),
                rows=[
                    [
                        *row,
                        ", ".join(wording.apart_reason(code) for code in apart[comment_id].reasons),
                        wording.standing(apart[comment_id].standing),
                    ]
                    for comment_id, row in rows
                ],
            )
        )
    return File(writer.write(tables), writer.media_type, f"{document.slug}-uwagi.{writer.extension}")


def _rows(
    comments: Sequence[CommentRow],
    sections: Sequence[SectionRow],
    wording: Wording,
    with_names: bool,
    version_no: int | None,
) -> list[tuple[int, list[str | int | float | datetime | None]]]:
    """(id of the comment, its row), in the order of the text."""
    ids = [comment.id for comment in comments]
    placed: dict[int, PlacedRow] = {}
    for row in comment_queries.list_placements_of(ids):
        placed.setdefault(row.comment_id, row)
    order = {section.section_id: at for at, section in enumerate(sections)}
    by_id = {section.section_id: section for section in sections}
    changes = comment_queries.list_change_numbers(
        [comment.answer.change_id for comment in comments if comment.answer and comment.answer.change_id]
    )
    authors = comment_queries.list_authors(ids) if with_names else {}

    def place_of(comment: CommentRow) -> tuple[int, int, int]:
        target = placed.get(comment.id)
        if target is None:
            return (len(order) + 1, 0, comment.number)
        return (order.get(target.origin_section, len(order)), target.origin_start, comment.number)

    ordered = sorted(comments, key=place_of)
    return [
        (
            comment.id,
            _row(
                at,
                comment,
                placed.get(comment.id),
                by_id,
                wording,
                authors.get(comment.id, ("", ""))[0],
                changes,
                version_no,
            ),
        )
        for at, comment in enumerate(ordered, start=1)
    ]


def _row(
    at: int,
    comment: CommentRow,
    target: PlacedRow | None,
    sections: Mapping[str, SectionRow],
    wording: Wording,
    author: str,
    changes: Mapping[int, int],
    version_no: int | None,
) -> list[str | int | float | datetime | None]:
    section = sections.get(target.origin_section) if target else None
    place = printed_title(section.label, section.heading) if section else wording.whole()
    if version_no is not None:
        place = f"{place} ({wording.state(version_no, '')})"
    answer = comment.answer
    change_no = changes.get(answer.change_id) if answer and answer.change_id else None
    return [
        at,
        comment.number,
        datetime(comment.received_on.year, comment.received_on.month, comment.received_on.day, tzinfo=HOME),
        wording.channel(comment.channel),
        comment.organisation_name or author,
        wording.capacity(comment.capacity),
        place,
        target.exact if target and target.scope == "passage" else "",
        wording.concealed(comment.standing)
        if comment.text is None and comment.standing
        else comment.text or "",
        comment.proposed or "",
        comment.justification or "",
        wording.outcome(answer.outcome) if answer else "",
        (answer.justification or "") if answer else "",
        wording.change(change_no) if change_no else "",
        "",
    ]
