"""The one gate all rendered HTML passes before it is kept: an allow-list, applied by nh3 (ammonia).

Links lead to http, https, mailto or a place in the page, never to script or a relative address; there are
no styles, scripts, forms or frames, and no images but those that name a picture kept here, without an address. Identifiers survive only where the renderer makes them, on
footnotes, and begin with `note-`.
"""

from __future__ import annotations

import re

import nh3

from consult.domain.text.pictures import is_name, without_strays

_TAG_NAMES = """
    a abbr b blockquote br caption cite code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li
    ol p pre q s small span strong sub sup table tbody td tfoot th thead tr u ul var
"""
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "div": {"id"},
    "img": {"data-picture", "data-decorative", "alt"},
    "li": {"value"},
    "ol": {"start"},
    "span": {"data-generated"},
    "sup": {"data-generated"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_SIDES = {"left", "right", "center"}
_CELL_VALUES = {"td": {"align": _SIDES}, "th": {"align": _SIDES}}
_CLASSES = {"div": {"note"}, "span": {"note-label"}, "sup": {"note-mark"}}
_NUMBERED = frozenset(["value", "start", "colspan", "rowspan"])

_ADDRESS = re.compile(r"(?:https?://|mailto:|#)[^\s\x00-\x20]", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,9}")
_NOTE = re.compile(r"note-[\w.-]{1,400}")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_EMPTY = re.compile(r"<p>\s*</p>\n?")


def _filtered(_tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if _ADDRESS.match(value) else None
    if attribute in _NUMBERED:
        return value if _NUMBER.fullmatch(value) else None
    if attribute == "data-picture":
        return value if is_name(value) else None
    if attribute == "id":
        return value if _NOTE.fullmatch(value) else None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(_TAG_NAMES.split()),
    attributes=_ATTRIBUTES,
    attribute_filter=_filtered,
    tag_attribute_values=_CELL_VALUES,
    allowed_classes=_CLASSES,
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow noopener",
)


def sanitised(html: str) -> str:
    """`html` with only what the allow-list names, well-formed, ready to stand in a page."""
    clean: str = _CLEANER.clean(html)
    clean = _UNPRINTABLE.sub("\ufffd", clean.replace("\r", " "))
    return _EMPTY.sub("", without_strays(clean)).strip()
