"""Small pieces of WordprocessingML as text: runs, properties, escaping."""

from __future__ import annotations

import re
from dataclasses import dataclass

# what XML 1.0 cannot hold at all; shown as the sign for "something was here"
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile("[\t\n\u00ad\u2011]")
_AS_ELEMENTS = {
    "\t": "<w:tab/>",
    "\n": "<w:br/>",
    "\u00ad": "<w:softHyphen/>",
    "\u2011": "<w:noBreakHyphen/>",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks; `style` names a character style."""

    strong: bool = False
    emphasised: bool = False
    underlined: bool = False
    struck: bool = False
    raised: bool = False
    lowered: bool = False
    style: str = ""

    @property
    def properties(self) -> str:
        inside = (
            (f'<w:rStyle w:val="{self.style}"/>' if self.style else "")
            + ("<w:b/><w:bCs/>" if self.strong else "")
            + ("<w:i/><w:iCs/>" if self.emphasised else "")
            + ("<w:strike/>" if self.struck else "")
            + ('<w:u w:val="single"/>' if self.underlined else "")
            + ('<w:vertAlign w:val="superscript"/>' if self.raised else "")
            + ('<w:vertAlign w:val="subscript"/>' if self.lowered else "")
        )
        return f"<w:rPr>{inside}</w:rPr>" if inside else ""


PLAIN = Look()
GENERATED = "SectionNumber"
"""The character style of numbers that are printed but are not words of the text."""

LOOKS = {
    "strong": Look(strong=True),
    "b": Look(strong=True),
    "em": Look(emphasised=True),
    "i": Look(emphasised=True),
    "cite": Look(emphasised=True),
    "var": Look(emphasised=True),
    "u": Look(underlined=True),
    "ins": Look(underlined=True),
    "s": Look(struck=True),
    "del": Look(struck=True),
    "sup": Look(raised=True),
    "sub": Look(lowered=True),
    "code": Look(style="CodeText"),
    "kbd": Look(style="CodeText"),
}
"""How the inline elements of our HTML look."""


@dataclass(frozen=True, slots=True)
class Outlined:
    """A heading as a table of contents lists it."""

    level: int
    words: str
    bookmark: str


class Links:
    """The external addresses one part refers to, by relationship id."""

    def __init__(self) -> None:
        self.addresses: dict[str, str] = {}

    def identity(self, address: str) -> str:
        return self.addresses.setdefault(address, f"link{len(self.addresses) + 1}")


def escaped(words: str) -> str:
    """`words` as XML character data or attribute value; signs XML cannot hold become U+FFFD."""
    words = _IMPOSSIBLE.sub("\ufffd", words)
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def run(words: str, look: Look = PLAIN) -> str:
    """A run of words; line feeds are line breaks, tabs and special hyphens Word's own."""
    inside = []
    at = 0
    for found in _SPECIAL.finditer(words):
        inside += [_text(words[at : found.start()]), _AS_ELEMENTS[found[0]]]
        at = found.end()
    inside.append(_text(words[at:]))
    return f"<w:r>{look.properties}{''.join(inside)}</w:r>"


def _text(words: str) -> str:
    return f'<w:t xml:space="preserve">{escaped(words)}</w:t>' if words else ""


def paragraph(content: str, *, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    about = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{about}{content}</w:p>"


def field(code: str, shown: str) -> str:
    """A complex field and what it shows until Word works it out again."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escaped(code)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmarked(content: str, number: int, name: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'
