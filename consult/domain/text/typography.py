"""Quotation marks and dashes put right as they are typed, by the rules of Polish setting: „ ” with « » inside, and a
dash (–) between spaces instead of a hyphen.

Nothing is touched in code, addresses, tags, destinations of links and definitions. The script of the editor
(``static/js/typing.js``) has the same rules, and one table of cases holds both to them.
"""

from __future__ import annotations

import re

MARKS = {"pl": ("„", "”", "«", "»"), "en": ("“", "”", "‘", "’")}
"""Outer and inner quotation marks by language; other languages are set as Polish is."""

LOOK_BACK = 1000
"""Code points of a line that are looked at."""

_OPENS = re.compile(r"[\s(\[{<„«“‘–—\-/|]$")
_BLOCK_MARKS = re.compile(r"(?:[\s>#|*+-]|\d+[.)])*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_LIST_ENTRY = re.compile(r"\s*(?:[-*+]|\d+[.)]|\[\^[^\]]+\]:)\s")
_DEFINITION = re.compile(r" {0,3}\[[^\]^][^\]]*\]:")
_ADDRESS = re.compile(r"(?:^|\s)\S*(?:://|www\.|mailto:)\S*$")
_TAGS = re.compile(r"(?:<[A-Za-z/!?][^<>]*>)+$")
_TAG = re.compile(r"<[A-Za-z/!?][^>]*$")
_DESTINATION = re.compile(r"\]\([^)]*$")
_INDENT = re.compile(r"(?: {4}|\t)")
_HYPHENS = re.compile(r"(.*\S) (-{1,3})", re.DOTALL)


def put_right(before: str, typed: str, language: str = "pl") -> tuple[int, str] | None:
    """What a sign typed after `before` becomes: how many code points before it go, and what stands instead of them and
    it. None where it stays as it was typed."""
    if typed not in ('"', " "):
        return None
    *lines, line = before.split("\n")
    if _is_fenced(lines):
        return None
    return _put_right(lines, line, typed, language)


def typeset(text: str, language: str = "pl") -> str:
    """A whole text as it would stand if it had been typed sign by sign."""
    done: list[str] = []
    fence = ""
    for line in text.split("\n"):
        right = line if fence else _typeset_line(done, line, language)
        fence = _fence_after(fence, line)
        done.append(right)
    return "\n".join(done)


def _typeset_line(above: list[str], line: str, language: str) -> str:
    right = ""
    for sign in line:
        found = _put_right(above, right, sign, language) if sign in '" ' else None
        right = right + sign if found is None else right[: len(right) - found[0]] + found[1]
    return right


def _put_right(above: list[str], line: str, typed: str, language: str) -> tuple[int, str] | None:
    line = line[-LOOK_BACK:]
    if typed == '"':
        mark = _quotation(line, MARKS.get(language, MARKS["pl"]))
        found = (0, mark) if mark else None
    else:
        found = _dash(line)
    if found is None or not _is_words_line(line) or _is_indented_code(above, line):
        return None
    return found


def _quotation(line: str, marks: tuple[str, str, str, str]) -> str | None:
    if line.endswith("\\"):
        return None
    bare = _TAGS.sub("", line).rstrip("*_~")
    is_at_start = bare == line and _BLOCK_MARKS.fullmatch(line) is not None
    stack = _open_marks(line, marks)
    if not bare or _OPENS.search(bare) or is_at_start:
        return marks[2] if marks[0] in stack else marks[0]
    if not stack:
        return None if bare[-1].isdecimal() and bare[-1].isascii() else marks[1]
    return marks[3] if stack[-1] == marks[2] else marks[1]


def _open_marks(line: str, marks: tuple[str, str, str, str]) -> list[str]:
    """The quotations that are open at the end of a line, the innermost last."""
    opening, closing, inner, inner_closing = marks
    stack: list[str] = []
    for sign in line:
        if sign in (opening, inner):
            stack.append(sign)
        elif sign == closing and opening in stack:
            del stack[len(stack) - 1 - stack[::-1].index(opening) :]
        elif sign == inner_closing and stack and stack[-1] == inner:
            stack.pop()
    return stack


def _dash(line: str) -> tuple[int, str] | None:
    found = _HYPHENS.fullmatch(line)
    if found is None or found[1].endswith("|") or _BLOCK_MARKS.fullmatch(found[1]):
        return None
    hyphens = len(found[2])
    return hyphens, ("—" if hyphens == 3 else "–") + " "


def _is_words_line(line: str) -> bool:
    return not (
        _FENCE.fullmatch(line)
        or _DEFINITION.match(line)
        or _is_in_code(line)
        or _TAG.search(line)
        or _DESTINATION.search(line)
        or _ADDRESS.search(line)
    )


def _is_in_code(line: str) -> bool:
    opened = ""
    for run in re.findall(r"`+", line):
        if not opened:
            opened = run
        elif run == opened:
            opened = ""
    return opened != ""


def _is_fenced(lines: list[str]) -> bool:
    fence = ""
    for line in lines:
        fence = _fence_after(fence, line)
    return fence != ""


def _fence_after(fence: str, line: str) -> str:
    """The fence of code that is open after a line, "" for none."""
    found = _FENCE.fullmatch(line)
    if found is None:
        return fence
    if not fence:
        return found[1]
    return "" if found[1].startswith(fence) and not found[2].strip() else fence


def _is_indented_code(above: list[str], line: str) -> bool:
    """Whether a line is code by its indent, and not the further lines of a list's entry or a footnote."""
    if not _INDENT.match(line) or _LIST_ENTRY.match(line):
        return False
    for other in reversed(above):
        if other.strip() and not _INDENT.match(other):
            return not _LIST_ENTRY.match(other)
    return True
