"""What is read from addresses and put into them: numbers within what a database holds, queries kept apart from paths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from flask import current_app, request, url_for
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1
"""The largest number an address may hold: what a column of ids can."""

PUBLIC_ADDRESS = "PUBLIC_ADDRESS"
"""Name in the configuration of the address people use; never taken from what a browser says."""

_CONTROLS = dict.fromkeys((*range(9), 11, *range(14, 32), 127), " ")


class Number(IntegerConverter):
    """Numbers in paths; one larger than any id is an address there is not."""

    def __init__(self, url_map: Map, fixed_digits: int = 0) -> None:
        super().__init__(url_map, fixed_digits=fixed_digits, min=0, max=LARGEST)
        self.regex = r"[0-9]{1,10}"


def whole_number(text: str | None) -> int | None:
    """The number a query or a hidden field holds in plain digits, or None when it holds none of ours."""
    if not text or len(text) > 10 or not (text.isascii() and text.isdecimal()):
        return None
    number = int(text)
    return number if number <= LARGEST else None


def printable(text: str) -> str:
    """Words of a query with control characters, which no page can show, as spaces."""
    return text.translate(_CONTROLS)


def this_address() -> str:
    """Path and query of the page asked for, written as addresses are."""
    query = request.query_string.decode("latin-1")
    return quote(request.path, safe="/") + (f"?{quote(query, safe='=&%+/:;,@!$()*~-._')}" if query else "")


def address_with(endpoint: str, path: Mapping[str, Any], query: Mapping[str, Any]) -> str:
    """An address whose path is made of `path` alone, whatever names the reader's query brings."""
    asked = urlencode({name: value for name, value in query.items() if value not in (None, "")})
    return url_for(endpoint, **path) + (f"?{asked}" if asked else "")


def public(address: str) -> str:
    """A path of this site as people outside of it would type it."""
    return f"{str(current_app.config.get(PUBLIC_ADDRESS, '')).rstrip('/')}{address}"
