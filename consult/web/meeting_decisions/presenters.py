"""What the page of a meeting's decisions shows."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import Moment


@dataclass(frozen=True, slots=True)
class Decision:
    number: int
    text: str
    noted: Moment


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """`meeting_decisions/list.html`; variables `page`, `form` (text). `is_public` says that readers see them."""

    meeting: str
    back_href: str
    decisions: tuple[Decision, ...]
    is_public: bool
