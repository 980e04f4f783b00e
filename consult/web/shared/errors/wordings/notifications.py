"""Wordings of errors: following and mail."""

from __future__ import annotations

WORDINGS: dict[str, object] = {}
