"""A query and the fields of a form that writes it, either made of the other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from .query import PIECE, cleaned
from .vocabulary import FIELD_NAMES, FIELD_WORDS, KIND_NAMES, KIND_WORDS, OUTCOME_NAMES, OUTCOME_WORDS

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Asking:
    """What the fields of the form hold. `kind` and `outcome` are codes, `since` and `until` days (2026-05-04); all may
    be empty. What no field is for stays in `words` as it was typed."""

    words: str = ""
    phrase: str = ""
    without: str = ""
    author: str = ""
    organisation: str = ""
    section: str = ""
    kind: str = ""
    outcome: str = ""
    since: str = ""
    until: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether nothing but words was asked for."""
        return self == Asking(words=self.words)


NAMES = tuple(field.name for field in fields(Asking))


def taken_apart(words: str) -> Asking:
    """The fields that write this query. A second phrase, a second value of a field and what has no field stay words."""
    found: dict[str, str] = {}
    kept: list[str] = []
    without: list[str] = []
    for match in PIECE.finditer(cleaned(words)[0]):
        name = FIELD_WORDS.get((match["name"] or "").lower())
        value = match["quoted"] or match["value"] or ""
        code = _coded(name, value)
        if match["phrase"] is not None and not match["sign"] and "phrase" not in found:
            found["phrase"] = match["phrase"].strip()
        elif name and code and name not in found:
            found[name] = code
        elif match["excluded"]:
            without.append(match["excluded"])
        else:
            kept.append(match.group())
    return replace(Asking(words=" ".join(kept), without=" ".join(without)), **found)


def _coded(name: str | None, value: str) -> str:
    """What the form's field of this name holds for a typed value; empty where it cannot hold it."""
    if name == "kind":
        return KIND_WORDS.get(value.lower(), "")
    if name == "outcome":
        return OUTCOME_WORDS.get(value.lower(), "")
    if name in ("since", "until"):
        return value if _DAY.fullmatch(value) else ""
    return value if name else ""


def written(asking: Asking, language: str) -> str:
    """The query these fields mean, with the field words of a language ("pl", else English)."""
    names = FIELD_NAMES.get(language, FIELD_NAMES["en"])
    parts = [asking.words.strip()]
    if phrase := _bare(asking.phrase):
        parts.append(f'"{phrase}"')
    parts += [f"-{word.lstrip('-')}" for word in _bare(asking.without).split() if word.strip("-")]
    for name in ("author", "organisation", "section"):
        if value := _bare(getattr(asking, name)):
            parts.append(f"{names[name]}:{_quoted(value)}")
    if asking.kind:
        parts.append(f"{names['kind']}:{_spoken(KIND_NAMES.get(language, KIND_NAMES['en']), asking.kind)}")
    if asking.outcome:
        spoken = OUTCOME_NAMES if language == "pl" else {}
        parts.append(f"{names['outcome']}:{_quoted(_spoken(spoken, asking.outcome))}")
    for name in ("since", "until"):
        if day := _bare(getattr(asking, name)):
            parts.append(f"{names[name]}:{_quoted(day)}")
    return " ".join(part for part in parts if part)


def _spoken(names: Mapping[str, str], code: str) -> str:
    return names.get(code, code)


def _bare(text: str) -> str:
    """A field on one line without quotation marks, which would end it early."""
    return " ".join(cleaned(text)[0].replace('"', " ").split())


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text else text
