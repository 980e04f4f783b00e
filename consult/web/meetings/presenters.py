"""What the pages of meetings, opinions and explanations show, as display-ready values.

What several pages show (cards of meetings, opinions, explanations) is in ``web/shared/meetings.py``. The forms are those
of ``forms.py``, under the names the templates use.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from consult.web.shared.meetings import (
    AttendanceLine,
    ExplanationCard,
    MeetingCard,
    Moved,
    OpinionCard,
)
from consult.web.shared.presenters import Card, Moment


@dataclass(frozen=True, slots=True)
class MeetingsPage:
    """`meetings/list_all.html`; variable `page`. Meetings of all consultations: ahead by date, then the last past ones."""

    ahead: tuple[MeetingCard, ...]
    past: tuple[MeetingCard, ...]
    calendar_href: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """Something about a past meeting that was corrected: `kind` is counted or noted; `before` in words where short."""

    kind: str
    at: Moment
    before: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """`meetings/show.html`; variable `page`. `programme` and `note` are safe HTML; a note not yet published is shown to
    officials with `is_note_draft`. `decisions` are (number, words). The addresses of acts are empty for everybody else."""

    card: MeetingCard
    consultation: str
    consultation_href: str
    programme: Markup
    access_contact: str
    access_until: Moment | None
    access_note: str
    capacity: int | None
    moves: tuple[Moved, ...]
    attendance: tuple[AttendanceLine, ...]
    came: int | None
    note: Markup
    is_note_draft: bool
    note_published: Moment | None
    corrections: tuple[Correction, ...]
    series: tuple[MeetingCard, ...] = ()
    edit_href: str = ""
    cancel_href: str = ""
    note_href: str = ""
    enter_href: str = ""
    attendance_href: str = ""
    decisions: tuple[tuple[int, str], ...] = ()
    decisions_href: str = ""


@dataclass(frozen=True, slots=True)
class FormPage:
    """The pages with a form about a meeting, an opinion or a consultation; variables `page`, `form`.

    `above` names what it is about and leads back to it with `back_href`; `is_new` tells the first time from a change.
    `stands` says in words how it stands now, where that helps. `theirs` is a note somebody else saved meanwhile.
    """

    above: str
    back_href: str
    is_new: bool = False
    stands: str = ""
    is_public: bool = False
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class OpinionsPage:
    """`meetings/opinions.html`; variable `page`."""

    consultation: str
    consultation_href: str
    opinions: tuple[OpinionCard, ...]
    new_href: str = ""


@dataclass(frozen=True, slots=True)
class ExplanationsPage:
    """`meetings/explanations.html`; variable `page`. `on_comments` are those under single comments."""

    consultation: str
    consultation_href: str
    general: tuple[ExplanationCard, ...]
    on_comments: tuple[tuple[Card, tuple[ExplanationCard, ...]], ...]
    new_href: str = ""
