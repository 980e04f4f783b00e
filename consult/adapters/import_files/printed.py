"""How numbers are printed, and figures and words that stand raised, lowered or struck through."""

from __future__ import annotations

import re

_RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RAISABLE = re.compile(r"[0-9+\-−=()]+")
_LOWERABLE = re.compile(r"[0-9+\-−=()]+")
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)


def as_printed(words: str, *, raised: bool, lowered: bool, struck: bool) -> tuple[str, str, str]:
    """(the words, what opens and what closes a look Markdown has no sign for).

    Raised or lowered figures have characters of their own (art. 15¹ is not art. 151); other words get a tag.
    """
    if not words.strip() or not (raised or lowered or struck):
        return words, "", ""
    if raised and _RAISABLE.fullmatch(words):
        return words.translate(_RAISED), "", ""
    if lowered and not raised and _LOWERABLE.fullmatch(words):
        return words.translate(_LOWERED), "", ""
    name = "sup" if raised else "sub" if lowered else "s"
    return words, f"<{name}>", f"</{name}>"


def in_format(number: int, style: str) -> str | None:
    """A number as office programs write it in one of their formats; None for a format not known here."""
    if style == "decimal":
        return str(number)
    if style == "decimalZero":
        return f"{number:02d}"
    if style == "ordinal":
        return f"{number}."
    if style in ("none", "bullet"):
        return ""
    if style in ("lowerLetter", "upperLetter") and 1 <= number <= 26 * 10:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style in ("lowerRoman", "upperRoman") and 1 <= number < 4000:
        roman = _roman(number)
        return roman.upper() if style == "upperRoman" else roman
    return None


def _roman(number: int) -> str:
    written = ""
    for size, sign in _ROMAN:
        count, number = divmod(number, size)
        written += sign * count
    return written
