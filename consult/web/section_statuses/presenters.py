"""What the pages about the parts of a draft and the stage of a document show. Statuses and stages are codes."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import DocumentHead, Link, Moment
from consult.web.shared.review import Dissent


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the draft in the overview. `reason` says why an agreement fell."""

    title: str
    href: str
    read_href: str
    depth: int
    status: str
    reason: str
    dissent_count: int
    proposal_count: int
    proposals_href: str
    note_count: int = 0
    notes_href: str = ""


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """`section_statuses/overview.html`; variable `page`. `counts` are (status, number) in a fixed order."""

    head: DocumentHead
    parts: tuple[PartLine, ...]
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class StatusLine:
    """Something that was said of a part."""

    status: str
    at: Moment
    by: str
    note: str
    change: Link | None = None


@dataclass(frozen=True, slots=True)
class PartPage:
    """`section_statuses/part.html`; variables `page`, `form` (status), `dissent` (opinion). `steps` are codes of what
    the reader may say next."""

    head: DocumentHead
    title: str
    status: str
    reason: str
    history: tuple[StatusLine, ...]
    dissents: tuple[Dissent, ...]
    steps: tuple[str, ...]
    back_href: str
    read_href: str
    set_href: str = ""
    dissent_href: str = ""
    speaks_for: str = ""


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage of the course: `state` is done, now or next."""

    stage: str
    state: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A decided step."""

    from_stage: str
    to_stage: str
    at: Moment
    by: str
    note: str
    change: Link


@dataclass(frozen=True, slots=True)
class StagePage:
    """`section_statuses/stage.html`; variables `page`, `form`. `choices` are stages one may decide on; the lists of
    links say what is not settled."""

    head: DocumentHead
    stage: str
    course: tuple[StageLine, ...]
    choices: tuple[str, ...]
    unsettled: tuple[Link, ...]
    unexplained: tuple[Link, ...]
    undecided: Link | None
    history: tuple[StepLine, ...]
    act_href: str
    overview_href: str
    consultation_href: str = ""
    is_frozen: bool = False
    more_unsettled: int = 0
