"""The comments of a consultation in the order of the text, and the way from one to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request, url_for

from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.text.numbering import printed_title
from consult.services.authority import require
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.comments import OverviewRow
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import DocumentRow
from consult.web.shared.i18n import as_written
from consult.web.shared.viewers import current_actor, current_viewer

MAIN_OUTCOMES = ("accepted", "partly", "rejected")


@dataclass(frozen=True, slots=True)
class Desk:
    """A consultation with its comments in the order of the text, one light row each."""

    consultation: ConsultationRow
    document: DocumentRow
    rows: tuple[OverviewRow, ...]
    titles: Mapping[str, str]

    def shown(self, show: str) -> tuple[OverviewRow, ...]:
        if show == "all":
            return self.rows
        return tuple(row for row in self.rows if row.outcome is None)


def open_desk(consultation_id: int) -> Desk:
    consultation = consultation_queries.get_consultation(consultation_id)
    document = document_queries.get_document(consultation.slug, current_viewer())
    require(current_actor(), Permission.ANSWER_COMMENTS, Target(host_id=document.host_id))
    manifest = document_queries.list_version_outline(consultation.version_id)
    order = {section_id: at for at, (section_id, _, _) in enumerate(manifest)}
    rows = comment_queries.list_overview(document.id, register_id=consultation.register_id, with_drafts=True)
    rows.sort(
        key=lambda row: (
            order.get(row.origin_section or "", len(order) if row.origin_section else -1),
            row.origin_start or 0,
            row.number,
        )
    )
    titles = {
        section_id: as_written(printed_title(label, heading), document.language)
        for section_id, label, heading in manifest
    }
    return Desk(consultation, document, tuple(rows), titles)


def asked_to_show() -> str:
    return "all" if request.args.get("show") == "all" else "waiting"


def case_href(desk: Desk, number: int, show: str) -> str:
    return url_for(
        "dispositions.case",
        consultation_id=desk.consultation.id,
        number=number,
        show="all" if show == "all" else None,
    )


def neighbours(desk: Desk, number: int, show: str) -> tuple[int | None, int | None]:
    """Numbers of the comments before and after one, among those shown."""
    numbers = [row.number for row in desk.rows]
    at = numbers.index(number) if number in numbers else -1
    shown = {row.number for row in desk.shown(show)} - {number}
    before = next((candidate for candidate in reversed(numbers[: max(at, 0)]) if candidate in shown), None)
    after = next((candidate for candidate in numbers[at + 1 :] if candidate in shown), None)
    if after is None and show != "all":
        after = next((candidate for candidate in numbers if candidate in shown), None)
    return before, after
