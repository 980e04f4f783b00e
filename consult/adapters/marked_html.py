"""The plug that marks words and heads blocks with links in rendered sections, without parsing them anew.

The reading of a section says for every plain character where it stands in the HTML. Marks are cut at
one another's ends and at the edges of texts between tags, and each piece is wrapped where it stands: a
piece never crosses a tag, so whatever was well-formed stays so. Words that belong on one line are wrapped
last, again between tags only, and never in code.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from consult.domain.text.binding import together
from consult.domain.text.plain import Reading, Run, read
from consult.ports.rendering import BlockControl, Mark

TARGET = "slowa-"  # before a ref, the identifier of its first words: "#slowa-u63" leads there

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*)?(?:"[^"]*"|'[^']*'|[^'">])*>""")
_VERBATIM = frozenset({"pre", "code", "a"})
"""What is left as it is: code, and the links put in beside the words, which are read whole."""

# At one place of the HTML, what ends comes before what stands alone, and that before what begins.
_END, _ALONE, _BEGIN = 0, 1, 2


class _Insertion(NamedTuple):
    at: int
    order: int
    html: str


class _Piece(NamedTuple):
    """A stretch of plain text under the same marks throughout, given by their numbers."""

    start: int
    end: int
    marks: tuple[int, ...]


class MarkedHtml:
    """Implements `ports.rendering.Decorator`; keeps nothing between calls."""

    def decorate(
        self, html: str, *, marks: Sequence[Mark] = (), controls: Sequence[BlockControl] = ()
    ) -> str:
        """The section with its words marked and its blocks headed; its plain text is unchanged."""
        if marks or controls:
            reading = read(html)
            html = _with_insertions(html, [*_headings(reading, controls), *_markings(html, reading, marks)])
        return "".join(_bound(html))


def _bound(html: str) -> Iterator[str]:
    """The HTML with what belongs on one line in `<span class="nb">`, piece by piece."""
    reached = verbatim = 0
    for tag in _TAG.finditer(html):
        yield _kept_together(html[reached : tag.start()]) if not verbatim else html[reached : tag.start()]
        if tag[2] in _VERBATIM:
            verbatim = max(0, verbatim + (-1 if tag[1] else 1))
        yield tag[0]
        reached = tag.end()
    yield html[reached:]


def _kept_together(words: str) -> str:
    insertions = [
        insertion
        for span in together(words)
        for insertion in (
            _Insertion(span.start, _BEGIN, '<span class="nb">'),
            _Insertion(span.end, _END, "</span>"),
        )
    ]
    return _with_insertions(words, insertions) if insertions else words


def _headings(reading: Reading, controls: Iterable[BlockControl]) -> Iterator[_Insertion]:
    for control in controls:
        if 0 <= control.ordinal < len(reading.block_starts):
            link = (
                f'<a class="{escape(" ".join(("pn", *control.classes)))}" data-generated="" href="{escape(control.href)}"'
                f' aria-label="{escape(control.label)}"{_tongue(control.language)}>{escape(control.text)}</a>'
            )
            yield _Insertion(reading.block_starts[control.ordinal], _ALONE, link)


def _markings(html: str, reading: Reading, marks: Sequence[Mark]) -> Iterator[_Insertion]:
    pieces = _disjoint(marks, len(reading.plain))
    targets: set[str] = set()
    ends: dict[int, int] = {}
    next_piece = 0
    for _, runs_of_text in groupby(reading.runs, key=attrgetter("text")):
        runs = list(runs_of_text)
        start, end = runs[0].plain_start, runs[-1].plain_end
        while next_piece < len(pieces) and pieces[next_piece].end <= start:
            next_piece += 1
        for piece in _from(pieces, next_piece, end):
            first, last = max(piece.start, start), min(piece.end, end)
            behind = _html_end(runs, last)
            yield _Insertion(_html_start(runs, first), _BEGIN, _opening(piece, marks, targets))
            yield _Insertion(behind, _END, "</mark>")
            for number in piece.marks:
                ends[number] = behind
    for number, behind in ends.items():
        mark = marks[number]
        if mark.href:
            link = (
                f'<a class="mark-link" data-generated="" href="{escape(mark.href)}"'
                f' aria-label="{escape(mark.label)}"{_tongue(mark.language)}>{escape(mark.text)}</a>'
            )
            yield _Insertion(_behind_link(html, behind), _ALONE, link)


def _tongue(language: str) -> str:
    return f' lang="{escape(language)}"' if language else ""


def _from(pieces: Sequence[_Piece], first: int, end: int) -> Iterator[_Piece]:
    """The pieces from number `first` on that begin before `end`."""
    for number in range(first, len(pieces)):
        if pieces[number].start >= end:
            return
        yield pieces[number]


def _disjoint(marks: Sequence[Mark], length: int) -> list[_Piece]:
    """The marks cut at one another's ends, in the order of the text."""
    edges: dict[int, list[tuple[bool, int]]] = {}
    for number, mark in enumerate(marks):
        end = min(mark.span.end, length)
        if mark.span.start < end:
            edges.setdefault(mark.span.start, []).append((True, number))
            edges.setdefault(end, []).append((False, number))
    pieces: list[_Piece] = []
    open_marks: dict[int, None] = {}
    before = 0
    for at in sorted(edges):
        if open_marks:
            pieces.append(_Piece(before, at, tuple(sorted(open_marks))))
        for begins, number in edges[at]:
            if begins:
                open_marks[number] = None
            else:
                del open_marks[number]
        before = at
    return pieces


def _opening(piece: _Piece, marks: Sequence[Mark], targets: set[str]) -> str:
    """The start tag of a piece, and a target for every ref that has its first words here."""
    under = [marks[number] for number in piece.marks]
    refs = list(dict.fromkeys(ref for mark in under for ref in mark.ref.split()))
    classes = list(dict.fromkeys(name for mark in under for name in mark.classes))
    new = [ref for ref in refs if ref not in targets]
    targets.update(new)
    tag = "<mark"
    if new:
        tag += f' id="{TARGET}{escape(new[0])}"'
    if classes:
        tag += f' class="{escape(" ".join(classes))}"'
    tag += f' data-comments="{escape(" ".join(refs))}">'
    more = (f'<span id="{TARGET}{escape(ref)}" data-generated=""></span>' for ref in new[1:])
    return tag + "".join(more)


def _html_start(runs: Sequence[Run], plain: int) -> int:
    run = runs[bisect_right(runs, plain, key=attrgetter("plain_start")) - 1]
    return run.html_start + plain - run.plain_start


def _html_end(runs: Sequence[Run], plain: int) -> int:
    run = runs[bisect_left(runs, plain, key=attrgetter("plain_end"))]
    return run.html_end if plain == run.plain_end else run.html_start + plain - run.plain_start


def _behind_link(html: str, at: int) -> int:
    """A link may not stand in a link: the place behind the one that is open at `at`, or `at` itself."""
    closing = html.find("</a>", at)
    if closing < 0:
        return at
    opening = html.find("<a ", at, closing)
    return at if opening >= 0 else closing + len("</a>")


def _with_insertions(html: str, insertions: list[_Insertion]) -> str:
    parts: list[str] = []
    reached = 0
    for insertion in sorted(insertions, key=lambda one: (one.at, one.order)):
        parts += [html[reached : insertion.at], insertion.html]
        reached = insertion.at
    parts.append(html[reached:])
    return "".join(parts)
