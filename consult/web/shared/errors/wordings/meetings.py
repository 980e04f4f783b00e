"""Wordings of errors: meetings, opinions and explanations."""

from __future__ import annotations

WORDINGS: dict[str, object] = {}
