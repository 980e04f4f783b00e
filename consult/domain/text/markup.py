"""Markdown's signs without rendering: the words of a heading, and the definitions sections share.

A link or a footnote may be defined in one section and used in another, so rendering a section takes the
`definitions` of its whole document, and a change of one definition asks for the sections that use its
label to be rendered again (`changed_labels`, `used_labels`). Labels are compared without regard to case
and to runs of white space (`folded`); the label of a footnote begins with "^".
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from consult.domain.text.lines import LINK_DEFINITION, NOTE_DEFINITION, Line, classify

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
_BRACKETED = re.compile(r"\[([^\[\]]{1,1000})\]")
_MAY_DEFINE = re.compile(r"^ {0,3}\[[^\[\]]+\]:", re.MULTILINE)
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


def definitions(sources: Iterable[str]) -> str:
    """All a renderer must know of a document besides the section at hand, as Markdown.

    One line for each label, in the order of the text, the first definition of a label winning: a link
    definition as it stands, a footnote as its bare mark `[^label]:` (its words are rendered where they
    stand). Equal for two texts whose sections render equally, so that comparing the results tells
    whether anything beyond the changed section needs rendering.
    """
    found: dict[str, str] = {}
    for source in sources:
        for label, line in _defined(source):
            found.setdefault(label, line)
    return "".join(f"{line}\n" for line in found.values())


def defined_labels(source: str) -> frozenset[str]:
    """The folded labels a section defines; those of footnotes begin with "^"."""
    return frozenset(label for label, _ in _defined(source))


def used_labels(source: str) -> frozenset[str]:
    """The folded labels a section may refer to: whatever stands in square brackets in it."""
    return frozenset(folded(found) for found in _BRACKETED.findall(source))


def changed_labels(old_definitions: str, new_definitions: str) -> frozenset[str]:
    """The labels that two results of `definitions` define differently, or only one of them at all."""
    if old_definitions == new_definitions:
        return frozenset()
    old, new = dict(_defined(old_definitions)), dict(_defined(new_definitions))
    return frozenset(label for label in old.keys() | new.keys() if old.get(label) != new.get(label))


def link_definitions(text: str) -> dict[str, tuple[str, str]]:
    """Address and title (or "") for each folded label of a link definition; the first one wins."""
    links: dict[str, tuple[str, str]] = {}
    for _, line in _defined(text):
        found = LINK_DEFINITION.match(line)
        if found:
            address = found["address"].removeprefix("<").removesuffix(">")
            links.setdefault(folded(found["label"]), (address, (found["title"] or "")[1:-1]))
    return links


def note_labels(text: str) -> frozenset[str]:
    """The folded labels, without "^", of the footnotes defined in `text`."""
    return frozenset(label[1:] for label, _ in _defined(text) if label.startswith("^"))


def folded(label: str) -> str:
    """A label as labels are compared."""
    return " ".join(label.split()).lower()


def _defined(source: str) -> Iterator[tuple[str, str]]:
    """Each definition of a text in order: folded label and the line to hand on."""
    if not _MAY_DEFINE.search(source):
        return
    lines = source.split("\n")
    for line, kind in zip(lines, classify(lines), strict=True):
        if kind is Line.DEFINITION and (link := LINK_DEFINITION.match(line)):
            yield folded(link["label"]), line.strip()
        elif kind is Line.NOTE and (note := NOTE_DEFINITION.match(line)):
            yield f"^{folded(note[1])}", f"[^{note[1]}]:"


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
