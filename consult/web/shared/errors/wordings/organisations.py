"""Wordings of errors: organisations and hosts."""

from __future__ import annotations

WORDINGS: dict[str, object] = {}
