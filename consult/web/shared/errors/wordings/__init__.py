"""What an error is called in the reader's language, one file per feature."""

from __future__ import annotations

from consult.web.shared.errors.wordings import (
    absences,
    accounts,
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
    texts,
)
from consult.web.shared.errors.wordings.permissions import REASONS

_FILES = (
    absences,
    accounts,
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
    texts,
)

WORDINGS = {code: words for file in _FILES for code, words in file.WORDINGS.items()}
"""English words by code of error; Polish ones are in the catalogue. Facts go in by name."""

__all__ = ["REASONS", "WORDINGS"]
