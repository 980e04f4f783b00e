"""A comparison of laid-out texts as templates show it (macros of `macros/differences.html`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from flask_babel import gettext

from consult.domain.diffing.laid import GridRow, Line, Reshaped, Words
from consult.domain.text.passages import Setting, Shape, Style
from consult.web.shared.causes import ChangeCause

View = Literal["text", "side", "only"]
VIEWS: tuple[View, ...] = ("text", "side", "only")

NEIGHBOURHOOD = 140
"""Code points of unchanged words kept on each side of a change where only changes are shown."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words set in one way: `tags` are names of elements (strong, em, s, code), `href` is where they lead."""

    text: str
    tags: tuple[str, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed (`same`), went (`del`), came (`ins`) or are set otherwise (`set`, and `told` says how). `id` is
    the place a difference begins at, "" where it does not."""

    kind: str
    parts: tuple[Part, ...]
    id: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a table; `state` is same, changed, added or removed."""

    state: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class ShownGridRow:
    state: str
    cells: tuple[ShownCell, ...]
    is_head: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A paragraph, an entry of a list or a table, with what its changes came from beside it.

    `before` and `after` are its words in the earlier and the later text, for texts side by side; the ids stand in
    `after` and in `runs`. `told` says what the paragraph was before, where it became something else; `id` is the
    place of that difference.
    """

    shape: str
    state: str
    mark: str
    depth: int
    runs: tuple[Run, ...] = ()
    before: tuple[Run, ...] = ()
    after: tuple[Run, ...] = ()
    grid: tuple[ShownGridRow, ...] = ()
    grid_before: tuple[ShownGridRow, ...] = ()
    grid_after: tuple[ShownGridRow, ...] = ()
    told: str = ""
    id: str = ""
    causes: tuple[ChangeCause, ...] = ()


_TAGS = {Style.STRONG: "strong", Style.EMPHASIS: "em", Style.STRUCK: "s", Style.CODE: "code"}
_SAFE = ("http://", "https://", "mailto:", "/", "#")


class Numbering:
    """Gives differences their places on the page, each at the first words of it."""

    def __init__(self) -> None:
        self.count = 0

    def next(self) -> str:
        self.count += 1
        return f"z-{self.count}"


def shown_rows(
    lines: Iterable[Line],
    numbering: Numbering,
    view: View,
    causes: Callable[[int], tuple[ChangeCause, ...]],
    *,
    is_one: bool = False,
) -> tuple[ShownRow, ...]:
    """The lines of a section; `causes` are those of a difference by its number. With `is_one` all of it is one
    difference that has its place already."""
    ids: dict[int, str] = {}
    rows = []
    for line in lines:
        fresh = {number: "" if is_one else numbering.next() for number in line.differences}
        ids |= fresh
        if view == "only" and line.state == "same":
            continue
        found: dict[tuple[int, str], ChangeCause] = {}
        for number in line.differences if not is_one else ():
            for cause in causes(number):
                found.setdefault((cause.number, cause.text), cause)
        rows.append(_row(line, ids, set(fresh), view, tuple(found.values())))
    return tuple(rows)


def _row(
    line: Line, ids: dict[int, str], fresh: set[int], view: View, causes: tuple[ChangeCause, ...]
) -> ShownRow:
    own = _own_shape(line)
    waiting = fresh - ({own} if own is not None else set())
    runs = list(_runs(line.words, ids, waiting))
    if view == "only":
        runs = list(_shortened(runs))
    is_side = view == "side"
    return ShownRow(
        shape=str(line.shape),
        state=line.state,
        mark=line.mark,
        depth=line.depth,
        runs=tuple(runs) if not is_side else (),
        before=tuple(_earlier(runs, line)) if is_side else (),
        after=tuple(_without(runs, "del", is_earlier=False)) if is_side else (),
        grid=_grid(line.grid, ids, fresh, only=view == "only") if not is_side else (),
        grid_before=_one_side(line.grid, "ins", "added", ids, is_copy=line.state == "same")
        if is_side
        else (),
        grid_after=_one_side(line.grid, "del", "removed", ids) if is_side else (),
        told=_told_shape(line.was, line) if line.was else "",
        id=ids[own] if own is not None and own in fresh else "",
        causes=causes,
    )


def _own_shape(line: Line) -> int | None:
    """The number of the difference a changed shape is: the one no words belong to."""
    if line.was is None:
        return None
    of_words = {words.difference for words in line.words}
    return next((number for number in line.differences if number not in of_words), None)


def _runs(words: Sequence[Words], ids: dict[int, str], waiting: set[int]) -> Iterator[Run]:
    """Words of one kind and difference together; the first of a difference that waits for its place gets it."""
    for (kind, difference), group in groupby(words, key=lambda one: (one.kind, one.difference)):
        pieces = list(group)
        place = ""
        if difference is not None and difference in waiting:
            waiting.discard(difference)
            place = ids.get(difference, "")
        yield Run(
            kind,
            tuple(_part(one) for one in pieces),
            place,
            _told_settings(pieces) if kind == "set" else "",
        )


def _part(words: Words) -> Part:
    tags = tuple(_TAGS[one.style] for one in words.settings if one.style in _TAGS)
    target = next((one.target for one in words.settings if one.style is Style.LINK), "")
    return Part(words.text, tags, target if target.startswith(_SAFE) else "")


def _without(runs: Iterable[Run], kind: str, *, is_earlier: bool) -> Iterator[Run]:
    """One side of a redline; what is set otherwise is told on the later one."""
    for run in runs:
        if run.kind != kind:
            yield Run(
                "same" if is_earlier and run.kind == "set" else run.kind,
                run.parts,
                "" if is_earlier else run.id,
                "" if is_earlier else run.told,
            )


def _earlier(runs: Iterable[Run], line: Line) -> Iterator[Run]:
    """The earlier side. What stayed is there for the eye alone, beside the same words on the other side, so that nothing
    in it takes the focus."""
    for run in _without(runs, "ins", is_earlier=True):
        yield _unlinked(run) if line.state == "same" else run


def _unlinked(run: Run) -> Run:
    return replace(run, parts=tuple(replace(part, href="") for part in run.parts))


def _shortened(runs: Sequence[Run]) -> Iterator[Run]:
    """Long unchanged words cut to what stands beside a change."""
    for at, run in enumerate(runs):
        text = "".join(part.text for part in run.parts)
        if run.kind != "same" or len(text) <= 2 * NEIGHBOURHOOD:
            yield run
            continue
        start = text[:NEIGHBOURHOOD].rsplit(" ", 1)[0] + " " if at > 0 else ""
        end = " " + text[-NEIGHBOURHOOD:].split(" ", 1)[-1] if at < len(runs) - 1 else ""
        yield Run("same", (Part(f"{start}[…]{end}"),))


# tables


def _grid(
    rows: Sequence[GridRow], ids: dict[int, str], fresh: set[int], *, only: bool
) -> tuple[ShownGridRow, ...]:
    waiting = set(fresh)
    return tuple(
        ShownGridRow(
            row.state,
            tuple(ShownCell(cell.state, tuple(_runs(cell.words, ids, waiting))) for cell in row.cells),
            row.is_head,
        )
        for row in rows
        if not only or row.state != "same" or row.is_head
    )


def _one_side(
    rows: Sequence[GridRow], kind: str, state: str, ids: dict[int, str], *, is_copy: bool = False
) -> tuple[ShownGridRow, ...]:
    is_earlier = kind == "ins"
    waiting = set() if is_earlier else set(ids)
    return tuple(
        ShownGridRow(
            row.state,
            tuple(
                ShownCell(
                    cell.state,
                    tuple(
                        _unlinked(run) if is_copy else run
                        for run in _without(_runs(cell.words, ids, waiting), kind, is_earlier=is_earlier)
                    ),
                )
                for cell in row.cells
                if cell.state != state or row.state == state
            ),
            row.is_head,
        )
        for row in rows
        if row.state != state
    )


# in words


def _told_settings(pieces: Sequence[Words]) -> str:
    """How words are set now and were not before, and the other way round."""
    now = {one for words in pieces for one in words.settings}
    before = {one for words in pieces for one in words.before}
    told = [_came(one) for one in sorted(now - before, key=_order) if one.style is not Style.LINK]
    told += [_went(one) for one in sorted(before - now, key=_order) if one.style is not Style.LINK]
    link_now = next((one.target for one in now - before if one.style is Style.LINK), None)
    link_before = next((one.target for one in before - now if one.style is Style.LINK), None)
    if link_now is not None and link_before is not None:
        told.append(
            gettext(
                "the link now leads to %(target)s instead of %(before)s", target=link_now, before=link_before
            )
        )
    elif link_now is not None:
        told.append(gettext("a link to %(target)s was added", target=link_now))
    elif link_before is not None:
        told.append(gettext("the link to %(target)s was removed", target=link_before))
    return "; ".join(dict.fromkeys(told))


def _order(setting: Setting) -> tuple[str, str]:
    return setting.style, setting.target


def _came(setting: Setting) -> str:
    return {
        Style.STRONG: gettext("now in bold"),
        Style.EMPHASIS: gettext("now in italics"),
        Style.STRUCK: gettext("now struck through"),
        Style.CODE: gettext("now as code"),
    }[setting.style]


def _went(setting: Setting) -> str:
    return {
        Style.STRONG: gettext("no longer in bold"),
        Style.EMPHASIS: gettext("no longer in italics"),
        Style.STRUCK: gettext("no longer struck through"),
        Style.CODE: gettext("no longer as code"),
    }[setting.style]


def _told_shape(was: Reshaped, line: Line) -> str:
    """What a paragraph was before."""
    if was.shape is Shape.HEADING and line.shape is Shape.HEADING:
        if line.level > was.level:
            return gettext("heading one or more levels deeper than before")
        return gettext("heading one or more levels higher than before")
    if was.shape is Shape.ENTRY and line.shape is Shape.ENTRY:
        if was.depth != line.depth:
            return gettext("stood at another level of the list")
        return gettext("the list was numbered") if line.mark == "•" else gettext("the list was not numbered")
    return {
        Shape.HEADING: gettext("was a heading"),
        Shape.PARAGRAPH: gettext("was a paragraph"),
        Shape.ENTRY: gettext("was an entry of a list"),
        Shape.QUOTE: gettext("was a quotation"),
        Shape.CODE: gettext("was code"),
        Shape.NOTE: gettext("was a footnote"),
        Shape.TABLE: gettext("was a table"),
    }[was.shape]
