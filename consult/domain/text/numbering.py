"""The number under which a section is quoted: the one its heading prints, or one counted for it.

Old law keeps its numbers: a heading that begins with "Art. 5", "§ 12.", "Rozdział I", "2.1" or
"Załącznik nr 2" is labelled with just that. Where no section among its siblings brings a number, they are
counted: "1", "1.1", "1.1.2". Where some do, those that do not ("Preambuła") have none. Annexes carry numbers of
their own beside the chapters, and change nothing for them. The one heading above all others is the title of the
document and has no number either.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from consult.domain.text.outline import nest

_UNITS = (
    "art|artykuł|rozdział|dział|tytuł|część|księga|oddział|podrozdział|załącznik|aneks|zał|cel|priorytet|działanie"
    "|article|chapter|section|part|title|annex|appendix|schedule|artikel|abschnitt|kapitel|teil|anlage|anhang"
)
_SUFFIX = r"(?:[a-z]{0,3}|[⁰¹²³⁴-⁹]*)"  # art. 5a, art. 22¹
_NUMBER = rf"(?:\d+(?:\.\d+)*{_SUFFIX}|[IVXLCDM]+{_SUFFIX}|[A-Z])"
_OWN = re.compile(
    rf"""
    (?: §§?\s*\d+{_SUFFIX}
      | (?:{_UNITS})\b\.?\s*(?:(?:nr|no|nr\.|no\.)\s*)?{_NUMBER}
      | \d+(?:\.\d+)+{_SUFFIX}(?=[.)]?(?:\s|$))
      | \d+{_SUFFIX}(?=[.)](?:\s|$))
      | [IVXLCDM]+(?=[.)](?:\s|$))
    )(?!\w)
    """,
    re.VERBOSE,
)
_ANNEX = re.compile(r"(?:załącznik|zał|aneks|annex|appendix|schedule|anlage|anhang)\b", re.IGNORECASE)
_UNIT_ANY_CASE = re.compile(rf"(?:{_UNITS})\b", re.IGNORECASE)
_DECIMAL = re.compile(r"\d+(?:\.\d+)*")
_BETWEEN = re.compile(r"[\s.:)\-–—]*")


def own_label(heading: str) -> str:
    """The number a heading begins with, as printed and without a closing dot or bracket; else ""."""
    heading = heading.lstrip()
    unit = _UNIT_ANY_CASE.match(heading)
    start = unit.end() if unit else 0
    found = _OWN.match(heading[:start].lower() + heading[start:])
    return heading[: found.end()].rstrip() if found else ""


def is_annex(heading: str) -> bool:
    """Whether the words of a heading begin with the number of an annex ("Załącznik nr 2. Wzór umowy")."""
    label = own_label(heading)
    return bool(label and _ANNEX.match(label))


def labels(headings: Sequence[str], levels: Sequence[int]) -> tuple[str, ...]:
    """The label of every section; `headings` are words without markup, `levels` as in the outline."""
    own = [own_label(heading) if level else "" for heading, level in zip(headings, levels, strict=True)]
    parents = nest(levels)
    title = _title(levels)
    siblings: dict[int | None, list[int]] = defaultdict(list)
    for index, parent in enumerate(parents):
        if levels[index] and index != title:
            siblings[parent].append(index)
    found = list(own)
    for parent in [None, *range(len(own))]:  # a parent stands before its children
        children = [child for child in siblings.get(parent, ()) if not _ANNEX.match(own[child])]
        if any(own[child] for child in children):
            continue
        prefix = found[parent] if parent is not None and parent != title else ""
        for number, child in enumerate(children, start=1):
            found[child] = f"{prefix}.{number}" if _DECIMAL.fullmatch(prefix) else str(number)
    return tuple(found)


def title_without_label(heading: str, label: str) -> str:
    """The words of a heading behind its own number; the whole heading when it does not begin with `label`."""
    heading = heading.strip()
    if not label or not heading.startswith(label) or own_label(heading) != label:
        return heading
    rest = heading[len(label) :]
    separator = _BETWEEN.match(rest)
    return rest[separator.end() :] if separator else rest


def printed_title(label: str, heading: str) -> str:
    """A heading as it is named: its number once, then its words ("2.3 Informacja zwrotna", "Art. 5")."""
    words = title_without_label(heading, label)
    return " ".join(part for part in (label, words) if part)


def _title(levels: Sequence[int]) -> int | None:
    """The heading that all others stand under: the first, when every later one is deeper."""
    first = next((index for index, level in enumerate(levels) if level), None)
    if first is None or any(0 < level <= levels[first] for level in levels[first + 1 :]):
        return None
    return first
