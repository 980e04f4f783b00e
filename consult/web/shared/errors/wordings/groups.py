"""Wordings of errors: working groups."""

from __future__ import annotations

WORDINGS: dict[str, object] = {}
