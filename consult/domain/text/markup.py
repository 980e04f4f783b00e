"""Markdown's inline signs as the outline needs them: the words under them, and how to write words safely."""

from __future__ import annotations

import html
import re

_INLINE = re.compile(
    r"""
    (?P<code>(?<!`)(?P<ticks>`+)(?!`)(?P<coded>[^`]+|(?:(?!(?P=ticks)(?!`)).){1,400}?)(?P=ticks)(?!`))
    | \\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<note>\[\^[^\[\]\s]{1,200}\])
    | (?P<comment><!--.{0,400}?-->)
    | <(?P<auto>(?:https?://|mailto:)[^<>\s]+|[^<>\s@/]+@[^<>\s@]+)>
    | (?P<tag></?[A-Za-z][\w-]*(?:[ \t][^<>]*)?/?>)
    | (?P<stars>\*+)
    | (?P<underlines>(?<![^\W_])_+|_+(?![^\W_]))
    | (?P<link>!?\[(?P<text>[^\[\]]*)\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ \t]+(?:"[^"]*"|'[^']*'))?\)|\[[^\[\]]*\]))
    """,
    re.VERBOSE,
)
_SIGN = re.compile(r"[\\`*_\[<&]")
_LONGEST = 2000  # a heading longer than this is not one a person wrote: shown as it stands
_RISKY = re.compile(r"[\\`*\[\]<]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])|#+$")


def words(inline: str) -> str:
    """One line of Markdown as words: emphasis signs, link addresses, tags and footnote marks gone.

    Entities and escapes become the characters they stand for; runs of white space one space. This is for
    headings in lists and tables of contents; the text comments are anchored in comes from the renderer.
    """
    if len(inline) > _LONGEST or not _SIGN.search(inline):
        return " ".join(inline.split())
    return " ".join(_unmarked(inline, 3).split())


def escaped(plain: str) -> str:
    """Words as one line of Markdown that `words` gives back unchanged."""
    return _RISKY.sub(lambda found: "\\" + "\\".join(found[0]), plain)


def _unmarked(inline: str, nesting: int) -> str:
    kept: list[str] = []
    end = 0
    for found in _INLINE.finditer(inline):
        kept.append(html.unescape(inline[end : found.start()]))
        end = found.end()
        if found["escaped"] or found["auto"]:
            kept.append(found["escaped"] or found["auto"])
        elif found["code"]:
            kept.append(found["coded"])
        elif found["link"]:
            kept.append(_unmarked(found["text"], nesting - 1) if nesting else found["text"])
        elif found["stars"] and _is_free(inline, found):
            kept.append(found["stars"])
    kept.append(html.unescape(inline[end:]))
    return "".join(kept)


def _is_free(inline: str, found: re.Match[str]) -> bool:
    """True for a star between spaces, which emphasises nothing ("2 * 3")."""
    before, after = inline[: found.start()][-1:], inline[found.end() :][:1]
    return not before.strip() and not after.strip()
