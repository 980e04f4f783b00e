"""What the pages of proposals show.

Form fields: ``proposals/new.html`` has ``title``, ``rationale`` and, for each part n, ``source_n`` (and ``title_n`` of a
new one); ``proposals/show.html`` has ``text`` (a reply), ``reason``, ``note`` and boxes ``pick`` with "part:passage".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consult.domain.merging.passages import Meeting, meetings
from consult.domain.process.proposals import PartKind, fit
from consult.storage.queries.documents import SectionRow
from consult.storage.queries.proposals import PartRow
from consult.web.shared.editing import Editor
from consult.web.shared.presenters import DocumentHead, Link, Moment, Piece


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal in a list: `state` is the code, `detail` a phrase on its parts."""

    number: int
    title: str
    href: str
    state: str
    by: str
    organisation: str
    made: Moment
    detail: str
    collides: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposalList:
    """`proposals/list.html`; variable `page`."""

    head: DocumentHead
    undecided: tuple[ProposalLine, ...]
    decided: tuple[ProposalLine, ...]
    new_href: str = ""
    together_href: str = ""
    collision_count: int = 0


@dataclass(frozen=True, slots=True)
class PartForm:
    """A part of a proposal being written: `at` is its place in the form, `kind` reword, add or remove.

    `before` is the wording it goes from, `redline` what it changes."""

    at: int
    kind: str
    title: str
    before: str = ""
    redline: tuple[Piece, ...] = ()
    new_title: str = ""


@dataclass(frozen=True, slots=True)
class NewPage:
    """`proposals/new.html`; variables `page`, `form`. `sections` are (id, title) to choose another part from; `opened`
    is the part in the editor, None where there is nothing to write."""

    head: DocumentHead
    back_href: str
    parts: tuple[PartForm, ...]
    sections: tuple[tuple[str, str], ...]
    editor: Editor
    opened: PartForm | None = None


@dataclass(frozen=True, slots=True)
class PassageChoice:
    """A changed passage in its paragraph; `value` is what its box sends."""

    value: str
    redline: tuple[Piece, ...]
    is_chosen: bool = True


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a proposal as read and decided. `text_id` is the text the passages go from, "" where there is none;
    `first` is what its author sent at first, where they wrote it anew since."""

    id: int
    kind: str
    state: str
    title: str
    href: str
    text_id: str
    passages: tuple[PassageChoice, ...]
    first: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A step of the course: `state` is the code."""

    state: str
    at: Moment
    by: str
    reason: str
    change: Link | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A word in the discussion."""

    anchor: str
    by: str
    at: Moment
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """`proposals/show.html`; variables `page`, `decision`, `reply`, `withdrawal` (forms)."""

    head: DocumentHead
    number: int
    title: str
    state: str
    by: str
    organisation: str
    made: Moment
    rationale: tuple[str, ...]
    parts: tuple[PartView, ...]
    turns: tuple[TurnLine, ...]
    replies: tuple[Reply, ...]
    collides: tuple[Link, ...]
    together_href: str
    list_href: str
    decide_href: str = ""
    reopen_href: str = ""
    reply_href: str = ""
    withdraw_href: str = ""
    renew_href: str = ""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A place where the draft and a proposal cannot both stand."""

    base: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class MergePart:
    """A part to be joined by hand; the redlines go from the wording both began with."""

    id: int
    title: str
    disputes: tuple[Dispute, ...]
    theirs: tuple[Piece, ...]
    yours: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class MergePage:
    """`proposals/merge.html`; variables `page`, `form`. `picks` are the boxes ticked before."""

    head: DocumentHead
    title: str
    back_href: str
    act_href: str
    parts: tuple[MergePart, ...]
    picks: tuple[str, ...]
    bases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RenewPart:
    """A part its author brings up to date: what the draft says now, and what the proposal wanted."""

    id: int
    title: str
    yours: tuple[Piece, ...]
    theirs: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class RenewPage:
    """`proposals/renew.html`; variables `page`, `form`."""

    head: DocumentHead
    title: str
    back_href: str
    parts: tuple[RenewPart, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one proposal wants of a paragraph."""

    number: int
    title: str
    href: str
    by: str
    redline: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph several proposals touch: the words now and what each wants."""

    now: str
    wanted: tuple[Wanted, ...]
    clashes: bool


@dataclass(frozen=True, slots=True)
class SectionTogether:
    """A part of the draft with the paragraphs that several proposals touch."""

    title: str
    href: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class TogetherPage:
    """`proposals/together.html`; variable `page`."""

    head: DocumentHead
    list_href: str
    sections: tuple[SectionTogether, ...]


# Where proposals meet


def wanted_now(part: PartRow, base: str, current: str) -> str:
    """The section's words if this part were taken; its own words where it cannot be joined with them."""
    fitted = fit(part.kind, base=base, source=part.source, current=current)
    if part.kind == PartKind.REMOVE:
        return ""
    return fitted.merged.text if fitted.merged else fitted.wanted


def met_in(
    parts: list[PartRow], sections: Mapping[str, SectionRow], bases: Mapping[int, str]
) -> dict[str, tuple[Meeting, ...]]:
    """Where undecided proposals meet, by section in reading order: paragraphs that at least two want to change. Keys of
    wordings are ids of proposals."""
    by_section: dict[str, dict[int, str]] = {}
    for part in parts:
        section = sections.get(part.section_id or "")
        if section is None or part.kind == PartKind.ADD:
            continue
        base = bases.get(part.base_text_id or 0, section.source)
        by_section.setdefault(section.section_id, {})[part.proposal_id] = wanted_now(
            part, base, section.source
        )
    found = {}
    for section_id in sections:
        wanted = by_section.get(section_id, {})
        if len(wanted) > 1:
            met = [each for each in meetings(sections[section_id].source, wanted) if len(each.wordings) > 1]
            if met:
                found[section_id] = tuple(met)
    return found


def colliding(met: Mapping[str, tuple[Meeting, ...]]) -> dict[int, set[int]]:
    """Which proposals cannot both be had, by id."""
    found: dict[int, set[int]] = {}
    for each in met.values():
        for meeting in each:
            if meeting.clashes:
                for one in meeting.wordings:
                    found.setdefault(one, set()).update(set(meeting.wordings) - {one})
    return found
