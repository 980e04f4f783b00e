"""The few HTML tags a writer may use inside Markdown; everything else in angle brackets is shown as written.

Dropping what is not allowed would hide words: a browser treats `<script>` or `<textarea>` as swallowing
all that follows, and real specifications write `<connection ID>` and mean it. So a tag outside the list
keeps its angle brackets and reads as text. Allowed tags are written anew from what was understood, with
only the attributes listed. The sanitiser behind this is the guard; this is about losing no words.
"""

from __future__ import annotations

import re
from html import escape, unescape

_KEPT_NAMES = """
    a abbr b blockquote br caption cite code dd del dl dt em hr i ins kbd li ol p q s small
    strong sub sup table tbody td tfoot th thead tr u ul var
"""
KEPT = frozenset(_KEPT_NAMES.split())
# Known tags that only arrange or decorate: they vanish, their words stay.
_DROPPED_NAMES = """
    article aside big center col colgroup details figcaption figure font footer header main nav
    section span summary tt wbr
"""
_DROPPED = frozenset(_DROPPED_NAMES.split())
# A raw heading would be a heading that the outline does not know; a block of its own is all it becomes.
_REPLACED = {"div": "p", "h1": "p", "h2": "p", "h3": "p", "h4": "p", "h5": "p", "h6": "p", "strike": "s"}
_ATTRIBUTES = {
    "a": frozenset(["href", "title"]),
    "abbr": frozenset(["title"]),
    "ol": frozenset(["start"]),
    "li": frozenset(["value"]),
    "td": frozenset(["align", "colspan", "rowspan"]),
    "th": frozenset(["align", "colspan", "rowspan"]),
}

TAG = re.compile(
    r"<(?P<closes>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)"
    r"(?P<attributes>(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*)\s*/?>"
)
_ATTRIBUTE = re.compile(r"([A-Za-z_:][\w.:-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_COMMENT = re.compile(r"<!--.*?-->|<\?.*?\?>|<![A-Za-z][^>]*>|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_REFERENCE = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")


def tag_written_anew(tag: str) -> str | None:
    """One tag as safe HTML: `""` when it only decorates, None when it is to be shown as written."""
    found = TAG.fullmatch(tag)
    if not found:
        return None
    name = found["name"].lower()
    attributes = _attributes(name, found["attributes"])
    if name == "img":
        return "" if found["closes"] else _image(found["attributes"])
    if name in _DROPPED:
        return ""
    name = _REPLACED.get(name, name)
    if name not in KEPT:
        return None
    return f"<{found['closes']}{name}{'' if found['closes'] else attributes}>"


def block_written_anew(block: str) -> str:
    """A block of raw HTML with its comments dropped, its allowed tags kept and all else as text."""
    block = _COMMENT.sub("", block)
    written: list[str] = []
    at = 0
    for found in TAG.finditer(block):
        tag = tag_written_anew(found[0])
        if tag is None:
            continue
        written += [_text(block[at : found.start()]), tag]
        at = found.end()
    written.append(_text(block[at:]))
    return "".join(written)


def _text(words: str) -> str:
    return _REFERENCE.sub("&amp;", words).replace("<", "&lt;").replace(">", "&gt;")


def _attributes(name: str, raw: str) -> str:
    allowed = _ATTRIBUTES.get(name)
    if not allowed or not raw:
        return ""
    return "".join(
        f' {key}="{escape(unescape(value))}"' for key, value in _pairs(raw).items() if key in allowed
    )


def _pairs(raw: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for key, double, single, bare in _ATTRIBUTE.findall(raw):
        pairs.setdefault(key.lower(), double or single or bare)
    return pairs


def _image(raw: str) -> str:
    """An image is a link to it: pages load nothing from elsewhere."""
    pairs = _pairs(raw)
    address, words = unescape(pairs.get("src", "")), unescape(pairs.get("alt", ""))
    return f'<a href="{escape(address)}">{escape(words or address)}</a>'
