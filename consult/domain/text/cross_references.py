"""References from one section to another of the same document, whose numbers are those the sections bear now.

In Markdown a reference is a link to the lasting identity of a section: ``[§ 5](#s-1a2b3c4d5e6f)``, "s-" and the first
twelve signs of the section's id. The number at the end of its words is not a part of the text: it is rendered as
generated, so that plain text, and every anchor in it, stays the same when sections are renumbered. The unit before it
("rozdziale", "§", "załączniku nr") is the writer's own, for Polish declines it. A reference whose words end in no
number keeps them all, and the section's number follows in brackets.

Rendered, a reference bears the number that was written. `renumbered` puts the present one in its place, each time the
section is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape

from consult.domain.text import markup

SIGNS = 12
"""Signs of a section's id that name it in a reference."""

STEM = 4
"""Signs at the beginning of a unit that stay the same in all its cases."""

_WRITTEN = re.compile(r"\[((?:[^\[\]\\\n]|\\.)+)\]\(#s-([0-9a-f]{12})\)")
_ADDRESS = re.compile(r"#s-([0-9a-f]{12})")
_NUMBER_AT_END = re.compile(
    r"(?P<unit>.*?)(?P<number>(?<!\w)(?:\d+(?:\.\d+)*[a-z]{0,3}[⁰¹²³⁴-⁹]*|[IVXLCDM]+[a-z]{0,3}))\.?",
    re.DOTALL,
)
_LINK = re.compile(r'<a href="#s-([0-9a-f]{12})"[^>]*>(.*?)</a>', re.DOTALL)
_GENERATED = re.compile(r"<span data-generated(?:=\"\")?>(.*?)</span>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Target:
    """The section a reference leads to: the number printed for it ("" where it has none), the words of its heading, and
    where the reference leads on the page it is shown on, "" for nowhere."""

    label: str
    title: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A reference as it stands in a rendered section: the signs that name its section, and its words as written."""

    name: str
    words: str


def address_of(section_id: str) -> str:
    """What a reference to this section links to."""
    return f"#s-{section_id[:SIGNS]}"


def named_by(address: str) -> str:
    """The signs of the section an address names, or "" when it is no reference."""
    found = _ADDRESS.fullmatch(address)
    return found[1] if found else ""


def parted(words: str) -> tuple[str, str]:
    """The words of a reference as (what the writer keeps, the number at their end or "")."""
    found = _NUMBER_AT_END.fullmatch(words)
    return (found["unit"], found["number"]) if found else (words, "")


def marker(section_id: str, label: str, title: str) -> str:
    """The Markdown of a reference: its words are the printed number, or the heading where there is none."""
    words = label or title or "…"
    return f"[{markup.escaped(words)}]({address_of(section_id)})"


def list_references(html: str) -> tuple[CrossReference, ...]:
    """The references in a section as it was rendered, in order."""
    if "#s-" not in html:
        return ()
    return tuple(
        CrossReference(found[1], unescape(_TAG.sub("", found[2])).strip()) for found in _LINK.finditer(html)
    )


def list_written(source: str) -> tuple[CrossReference, ...]:
    """The references in Markdown, in order, as far as they are written in one line without brackets in their words."""
    return tuple(CrossReference(found[2], markup.words(found[1])) for found in _WRITTEN.finditer(source))


def find_targets(
    references: Sequence[CrossReference],
    headings: Sequence[str],
    labels: Sequence[str],
    were: Mapping[str, str],
) -> dict[str, int]:
    """Which section of another text each sign means, by its place in it; signs that mean none, or one that another
    means already, are left out.

    `were` are headings of the sections the signs named where the text comes from, as far as they are known; a sign not
    known goes by the words of its references: the heading, or the label with the unit in any case ("rozdziale 2" is
    "Rozdział 2").
    """
    words = [" ".join(heading.split()).casefold() for heading in headings]
    found: dict[str, int] = {}
    for reference in references:
        if reference.name in found:
            continue
        was = " ".join(were.get(reference.name, "").split()).casefold()
        places = [at for at, heading in enumerate(words) if was and heading == was]
        if len(places) != 1:
            said = " ".join(reference.words.split()).casefold()
            places = [at for at, heading in enumerate(words) if said and heading == said]
        if len(places) != 1 and not was:
            places = [at for at, label in enumerate(labels) if _is_label(label, reference.words)]
        if len(places) == 1 and places[0] not in found.values():
            found[reference.name] = places[0]
    return found


def _is_label(label: str, words: str) -> bool:
    """Whether words refer to a label: its number, after its unit in any case or after none."""
    unit, number = (part.strip().casefold() for part in parted(label))
    said, asked = (part.strip().casefold() for part in parted(words))
    if not number or number != asked:
        return False
    return not said or said.split()[-1][:STEM] == unit[:STEM]


def renumbered(
    html: str, find: Callable[[str], Target | None], *, gone: str, is_generated: bool = True
) -> str:
    """A rendered section with the present number in every reference; its plain text is the same.

    `find` gives the section for the signs that name it, None when it stands in the text no more: such a reference keeps
    its words, leads nowhere and says so with `gone`. Without `is_generated` the numbers become words like all others,
    for files that are read back.
    """
    if "#s-" not in html:
        return html
    mark = ' data-generated=""' if is_generated else ""

    def written(found: re.Match[str]) -> str:
        target, inside = find(found[1]), found[2]
        number = _GENERATED.search(inside)
        if target is None:
            kept = _GENERATED.sub(lambda one: f"<span{mark}>{one[1]}</span>", inside)
            return (
                f'<span class="xref gone">{kept}<span class="xref-gone"{mark}> {escape(gone)}</span></span>'
            )
        if number:
            shown = _shown(target, after=bool(inside[: number.start()].strip()))
            inside = f"{inside[: number.start()]}<span{mark}>{escape(shown)}</span>{inside[number.end() :]}"
        elif target.label:
            inside += f"<span{mark}> ({escape(target.label)})</span>"
        return _link(target, inside)

    return _LINK.sub(written, html)


def _shown(target: Target, *, after: bool) -> str:
    """The number of a section, alone `after` the writer's unit; its heading where it has none."""
    if not target.label:
        return f"„{target.title}”"
    unit, number = parted(target.label)
    return number if number and (after or not unit.strip()) else target.label


def _link(target: Target, inside: str) -> str:
    if not target.href:
        return inside
    words = unescape(_TAG.sub("", inside)).strip()
    name = f"{words}: {target.title}" if target.title and target.title not in words else words
    return f'<a class="xref" href="{escape(target.href)}" aria-label="{escape(name)}">{inside}</a>'
