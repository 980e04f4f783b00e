"""Which comments of a document are reported apart from the rest, why, and what was decided about them.

Why, everybody may know; what was decided is an outcome, and outcomes are published with the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consult.domain.process.submissions import Standing
from consult.services.submissions.entering import ending_of
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import submissions as queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.submissions import ApartRow


def apart_in(consultations: Sequence[ConsultationRow], *, with_decisions: bool) -> dict[int, ApartRow]:
    """What stands apart in the registers of these consultations, by comment id; decisions not published yet only for
    those who make them (`with_decisions`), as if nothing were decided otherwise."""
    found: dict[int, ApartRow] = {}
    for consultation in consultations:
        rows = queries.list_apart(consultation.register_id, ending_of(consultation))
        if not with_decisions and not consultation.is_answered:
            rows = {key: replace(row, standing=Standing.WAITING) for key, row in rows.items()}
        found |= rows
    return found


def apart_in_document(document_id: int, *, with_decisions: bool) -> dict[int, ApartRow]:
    """The same for all consultations of a document."""
    consultations = consultation_queries.list_consultations(document_id=document_id)
    return apart_in(consultations, with_decisions=with_decisions)
