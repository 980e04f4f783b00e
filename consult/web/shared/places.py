"""Links to pages that are there: no link leads to a page nobody built."""

from __future__ import annotations

from flask import current_app
from werkzeug.exceptions import HTTPException


def built(path: str) -> str:
    """The path, if a page answers under it; else nothing."""
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return ""
    return path
