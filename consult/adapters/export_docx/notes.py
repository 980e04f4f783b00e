"""The footnotes of a document: which are cited, in what order, and what Word prints for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from consult.adapters.export_docx.wordml import GENERATED, Look, escaped, paragraph, run

MARK_HERE = "<mark/>"
"""Stands in a note's content for its mark until the note has been cited."""

_CITED = re.compile(r'<sup\b[^>]*class="note-mark"[^>]*><a\b[^>]*href="#([^"]+)"[^>]*>([^<]*)</a>')
_LOOK = Look(style="FootnoteReference")
_COUNTED_BY_WORD = f"<w:r>{_LOOK.properties}<w:footnoteRef/></w:r>"


def cited_notes(html: str) -> dict[str, str]:
    """The labels, by identifier, of the footnotes that a section cites."""
    return {identity: unescape(label) for identity, label in _CITED.findall(html)}


class Footnotes:
    """Numbers footnotes as they are cited; `cited` are the labels, by identifier, of all that will be."""

    def __init__(self, cited: Mapping[str, str]) -> None:
        self._cited = cited
        self._contents: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._own_marks: set[str] = set()

    def is_wanted(self, identity: str) -> bool:
        """Whether the definition is to become a footnote: cited, and the first of its name."""
        return identity in self._cited and identity not in self._contents

    def define(self, identity: str, content: str) -> None:
        self._contents[identity] = content

    def cite(self, identity: str, *, within_note: bool) -> str:
        """The run of a mark: Word's own the first time, the label in raised figures after that.

        Word cannot cite a footnote twice, nor from within a footnote.
        """
        label = self._cited.get(identity, "")
        if identity in self._numbers or within_note:
            return run(label, Look(raised=True, style=GENERATED))
        number = self._numbers[identity] = len(self._numbers) + 1
        if label == str(number - len(self._own_marks)):
            return f'<w:r>{_LOOK.properties}<w:footnoteReference w:id="{number}"/></w:r>'
        # Word would print its own count: the label goes along as text
        self._own_marks.add(identity)
        return (
            f'<w:r>{_LOOK.properties}<w:footnoteReference w:customMarkFollows="1" w:id="{number}"/>'
            f"<w:t>{escaped(label)}</w:t></w:r>"
        )

    def part(self) -> str:
        """The footnotes cited, in order, as they stand within `w:footnotes`."""
        return "".join(
            f'<w:footnote w:id="{number}">{self._marked(identity)}</w:footnote>'
            for identity, number in self._numbers.items()
        )

    def _marked(self, identity: str) -> str:
        content = self._contents.get(identity) or paragraph(MARK_HERE, style="FootnoteText")
        mark = run(self._cited[identity], _LOOK) if identity in self._own_marks else _COUNTED_BY_WORD
        return content.replace(MARK_HERE, mark + run(" "), 1)
