"""What the pages of the outline show: the plan of a draft, splitting, joining, taking back, bringing back."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from consult.web.shared.presenters import DocumentHead, Moment, Piece


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One section in the plan. `depth` is that in the tree from 0; `level` that of its heading, 0 without one.

    `status` is a code of the group's review or ""; `writers` a sentence on who is writing there, or "". `arrange_href`
    opens the row with everything that can be done to it, and is empty for those who may only read.
    """

    section_id: str
    anchor: str
    depth: int
    level: int
    label: str
    title: str
    href: str
    arrange_href: str = ""
    comment_count: int = 0
    status: str = ""
    writers: str = ""
    is_annex: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """The row being arranged: where its buttons post, which of them can do anything, and where the rest is done."""

    section_id: str
    act_href: str
    can_up: bool
    can_down: bool
    can_promote: bool
    can_demote: bool
    can_annex: bool
    edit_href: str
    add_href: str
    move_href: str
    remove_href: str
    split_href: str
    join_href: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A section that was taken out, with the change that did it."""

    title: str
    number: int
    change_href: str
    by: str
    at: Moment
    bring_back_href: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """`documents/plan.html`; variable `page`. `act_href` is the address an act upon a section posts to, with "SECTION"
    for its id; empty for those who may only read. `annexes_href` is there when annexes are out of number. At
    `writers_href` the script asks who is writing where, and whether the draft is newer than the page."""

    head: DocumentHead
    rows: tuple[PlanRow, ...]
    opened: Opened | None
    gone: tuple[Gone, ...]
    writers_href: str
    act_href: str = ""
    add_href: str = ""
    add_annex_href: str = ""
    annexes_href: str = ""
    lost_count: int = 0
    references_href: str = ""


@dataclass(frozen=True, slots=True)
class SplitPage:
    """`documents/split.html`; variables `page`, `form`. `blocks` are (where it begins in the source, its words as they
    are read); `levels` are (level, words)."""

    head: DocumentHead
    section_title: str
    back_href: str
    blocks: tuple[tuple[int, Markup], ...]
    levels: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class JoinPage:
    """`documents/join.html`; variables `page`, `form`. `neighbours` are (section id, words); `refusal` says why there
    are none. `child_count` sections stand under the one whose heading goes."""

    head: DocumentHead
    section_title: str
    back_href: str
    neighbours: tuple[tuple[str, str], ...]
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class DisputeShown:
    """One place where a change cannot be taken back by itself; see `services.drafting.Dispute`. `theirs` shows what
    came since, `yours` what taking back asks for, both against `base`; `text` is the proposal to be settled."""

    key: str
    why: str
    title: str
    seen: str
    base: str
    theirs: tuple[Piece, ...]
    yours: tuple[Piece, ...]
    text: str
    choice: str


@dataclass(frozen=True, slots=True)
class UndoPage:
    """`documents/undo.html`; variables `page`, `form`. `steps` are (title, redline of what taking it back does)."""

    head: DocumentHead
    number: int
    by: str
    at: Moment
    note: str
    change_href: str
    back_href: str
    is_last: bool
    steps: tuple[tuple[str, tuple[Piece, ...]], ...] = ()
    more_count: int = 0
    disputes: tuple[DisputeShown, ...] = ()


@dataclass(frozen=True, slots=True)
class RestorePage:
    """`documents/restore.html`; variables `page`, `form`. How many sections would change, come back, go, move."""

    head: DocumentHead
    number: int
    at: Moment
    change_href: str
    back_href: str
    changed: int
    returning: int
    going: int
    moved: int


@dataclass(frozen=True, slots=True)
class RestoreTextPage:
    """`documents/restore_text.html`; variables `page`, `form`. `redline` is from what stands to what would stand;
    `is_removed` says that the section would come back with it."""

    head: DocumentHead
    section_title: str
    number: int
    at: Moment
    back_href: str
    redline: tuple[Piece, ...]
    is_removed: bool
