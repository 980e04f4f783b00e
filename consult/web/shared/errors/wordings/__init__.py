"""What an error is called in the reader's language, one file per feature."""

from __future__ import annotations

from consult.web.shared.errors.wordings import (
    absences,
    accounts,
    administration,
    comments,
    consultations,
    dispositions,
    drafting,
    files,
    groups,
    meetings,
    notifications,
    organisations,
    permissions,
    signing_in,
    texts,
)
from consult.web.shared.errors.wordings.permissions import NEXT_STEPS, PERMISSIONS, REASONS

_FILES = (
    absences,
    accounts,
    administration,
    comments,
    consultations,
    dispositions,
    drafting,
    files,
    groups,
    meetings,
    notifications,
    organisations,
    permissions,
    signing_in,
    texts,
)

WORDINGS = {code: words for file in _FILES for code, words in file.WORDINGS.items()}
"""English words by code of error; Polish ones are in the catalogue. Facts go in by name."""

__all__ = ["NEXT_STEPS", "PERMISSIONS", "REASONS", "WORDINGS"]
