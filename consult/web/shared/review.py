"""What a group says beside its text, as the reading page shows it: status, dissent, proposals, notes of each part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from consult.domain.policy.permissions import Permission
from consult.domain.process.section_statuses import Status
from consult.storage.queries import proposals as proposal_queries
from consult.storage.queries import section_statuses as queries
from consult.storage.queries import working_notes as note_queries
from consult.storage.queries.documents import DocumentRow, VersionRow
from consult.storage.queries.section_statuses import DissentRow, StatusRow
from consult.web.shared.heads import may
from consult.web.shared.i18n import day
from consult.web.shared.presenters import Author, Moment
from consult.web.shared.viewers import current_actor


@dataclass(frozen=True, slots=True)
class Dissent:
    """A dissenting opinion beside a part. `is_later` says that the part's words have changed since it was made;
    `act_href` is there for its author."""

    id: int
    by: Author
    at: Moment
    paragraphs: tuple[str, ...]
    is_public: bool
    is_later: bool = False
    act_href: str = ""


@dataclass(frozen=True, slots=True)
class PartReview:
    """What stands beside one part. `status` is a code, "" where none is to be shown; the counts have their pages."""

    status: str = ""
    reason: str = ""
    href: str = ""
    dissents: tuple[Dissent, ...] = ()
    proposal_count: int = 0
    proposals_href: str = ""
    propose_href: str = ""
    note_count: int = 0
    notes_href: str = ""


def beside_version(
    document: DocumentRow, version: VersionRow, texts: Mapping[str, int]
) -> dict[str, PartReview]:
    """What is published beside a version: opinions whose authors want it; `texts` are its texts by section."""
    rows = queries.list_public_dissents(document.id, until_change=version.change_no)
    return {
        section_id: PartReview(dissents=found)
        for section_id, found in _by_section(document, rows, texts, acts=False).items()
    }


def beside_draft(document: DocumentRow, texts: Mapping[str, int]) -> dict[str, PartReview]:
    """What stands beside the working draft for those who see it."""
    slug = document.slug
    statuses = queries.list_statuses(document.id)
    dissents = _by_section(document, queries.list_dissents(document.id), texts, acts=False)
    proposed = Counter(
        part.section_id for part in proposal_queries.list_undecided_parts(document.id) if part.section_id
    )
    reads_notes = may(Permission.READ_NOTES, document)
    notes = note_queries.count_open_notes(document.id) if reads_notes else {}
    proposes = may(Permission.PROPOSE_CHANGE, document)
    return {
        section_id: PartReview(
            status=status_of(statuses.get(section_id)),
            reason=reason_of(statuses.get(section_id)),
            href=url_for("section_statuses.part", slug=slug, section_id=section_id),
            dissents=dissents.get(section_id, ()),
            proposal_count=proposed[section_id],
            proposals_href=url_for("proposals.list_all", slug=slug),
            propose_href=url_for("proposals.new", slug=slug, section=section_id) if proposes else "",
            note_count=notes.get(section_id, 0),
            notes_href=url_for("working_notes.list_all", slug=slug, section=section_id)
            if reads_notes
            else "",
        )
        for section_id in texts
    }


def status_of(row: StatusRow | None) -> str:
    return row.status if row else str(Status.IN_WORK)


def reason_of(row: StatusRow | None) -> str:
    """Why an agreement fell, where one did."""
    if row is None or row.change_no is None:
        return ""
    return gettext("was agreed; edited since in change %(number)s", number=row.change_no)


def _by_section(
    document: DocumentRow, rows: list[DissentRow], texts: Mapping[str, int], *, acts: bool
) -> dict[str, tuple[Dissent, ...]]:
    found: dict[str, tuple[Dissent, ...]] = {}
    for row in rows:
        if row.section_id in texts:
            shown = dissent_of(document, row, texts[row.section_id], acts=acts)
            found[row.section_id] = (*found.get(row.section_id, ()), shown)
    return found


def dissent_of(document: DocumentRow, row: DissentRow, text_id: int, *, acts: bool) -> Dissent:
    """An opinion beside the text `text_id`; with `acts` its author may change it there."""
    is_own = acts and row.person_id is not None and row.person_id == current_actor().id
    return Dissent(
        id=row.id,
        by=Author(
            capacity=row.organisation_kind or "resident",
            name=row.person_name or gettext("[name removed]"),
            organisation=row.organisation_name,
        ),
        at=day(row.at),
        paragraphs=tuple(each.strip() for each in row.text.split("\n\n") if each.strip()),
        is_public=row.is_public,
        is_later=row.text_id != text_id,
        act_href=url_for("section_statuses.own_dissent", slug=document.slug, dissent_id=row.id)
        if is_own
        else "",
    )
