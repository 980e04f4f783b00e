"""What an error is called in the reader's language, one file per feature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from consult.web.shared.errors.wordings import (
    absences,
    accounts,
    administration,
    appearances,
    attributions,
    comment_forms,
    comments,
    consultations,
    discussion,
    dispositions,
    drafting,
    files,
    groups,
    joint_answers,
    meetings,
    moderation,
    notifications,
    organisations,
    outline,
    permissions,
    pictures,
    placement_decisions,
    privacy,
    proposals,
    saved_searches,
    section_notes,
    signing_in,
    submissions,
    texts,
    unsaved_texts,
)
from consult.web.shared.errors.wordings.permissions import NEXT_STEPS, PERMISSIONS, REASONS

_FILES = (
    absences,
    accounts,
    administration,
    appearances,
    attributions,
    comment_forms,
    comments,
    discussion,
    consultations,
    dispositions,
    drafting,
    files,
    groups,
    joint_answers,
    meetings,
    notifications,
    moderation,
    organisations,
    outline,
    permissions,
    pictures,
    placement_decisions,
    privacy,
    proposals,
    saved_searches,
    section_notes,
    signing_in,
    submissions,
    texts,
    unsaved_texts,
)


def _one_table(tables: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """All codes of all files; a code worded twice would say now one thing and now another."""
    table: dict[str, Any] = {}
    for words in tables:
        if twice := table.keys() & words.keys():
            raise ValueError(f"worded in two files: {', '.join(sorted(twice))}")
        table |= words
    return table


WORDINGS = _one_table(file.WORDINGS for file in _FILES)
"""English words by code of error; Polish ones are in the catalogue. Facts go in by name."""

__all__ = ["NEXT_STEPS", "PERMISSIONS", "REASONS", "WORDINGS"]
