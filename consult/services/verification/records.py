"""A document's record as it is kept, read once for everything that is checked against it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consult.domain.history.acts import ActKind
from consult.domain.history.chain import is_change, is_sealed_by
from consult.storage.queries import acts as act_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import verification as queries
from consult.storage.queries.acts import ActRow, KeptAct
from consult.storage.queries.documents import DocumentRow, VersionRow
from consult.storage.queries.drafting import OccupancyRow, list_occupancies
from consult.storage.queries.verification import (
    AttributionRecord,
    ChangeRecord,
    SealRow,
    SubmissionRecord,
    TextRecord,
)

Wrong = tuple[str, str, str]
"""What kind of record is wrong, which one, and how."""


@dataclass(frozen=True, slots=True)
class Record:
    """`bodies` are the parsed bodies of `changes`, None where one cannot be read; `act_rows` are the rows of acts by
    (kind, key)."""

    document: DocumentRow
    changes: Sequence[ChangeRecord]
    bodies: Sequence[Mapping[str, Any] | None]
    texts: Sequence[TextRecord]
    occupancies: Sequence[OccupancyRow]
    versions: Sequence[VersionRow]
    submissions: Sequence[SubmissionRecord]
    attributions: Sequence[AttributionRecord]
    acts: Sequence[KeptAct]
    act_rows: Mapping[tuple[str, str], ActRow]
    act_head: tuple[int, str]

    @classmethod
    def of(cls, document: DocumentRow) -> Record:
        changes = queries.list_change_records(document.id)
        return cls(
            document=document,
            changes=changes,
            bodies=[read(change.body) for change in changes],
            texts=queries.list_text_records(document.id),
            occupancies=list_occupancies(document.id),
            versions=sorted(document_queries.list_versions(document.id), key=lambda version: version.number),
            submissions=queries.list_submission_records(document.id),
            attributions=queries.list_attribution_records(document.id),
            acts=act_queries.list_acts(document.id),
            act_rows={
                (str(kind), row.ref): row
                for kind in ActKind
                for row in act_queries.read_acts(kind, document.id)
            },
            act_head=act_queries.get_act_head(document.id),
        )

    def read_changes(self) -> list[tuple[ChangeRecord, Mapping[str, Any]]]:
        """The changes that can be read, with their bodies."""
        return [
            (change, body)
            for change, body in zip(self.changes, self.bodies, strict=True)
            if body is not None and is_change(body)
        ]

    def operations(self) -> list[tuple[int, list[Mapping[str, Any]]]]:
        """(change number, what it did) of every readable change in order."""
        return [(change.number, body["operations"]) for change, body in self.read_changes()]


def read(body: str) -> Mapping[str, Any] | None:
    """The JSON object a body holds, or None."""
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def is_true(seal: SealRow | None, digest: object) -> bool:
    """Whether a sealed value is the one a record was hashed with, or was erased altogether."""
    if seal is None or seal.digest != digest:
        return False
    if seal.value is None and seal.salt is None:
        return seal.is_erased
    if seal.value is None or seal.salt is None:
        return False
    try:
        return is_sealed_by(seal.digest, seal.value, seal.salt)
    except ValueError:
        return False
