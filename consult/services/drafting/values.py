"""What comes of an act of drafting."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.merging.threeway import MergeResult


@dataclass(frozen=True, slots=True)
class Saved:
    """A section was saved; `merged` when somebody else's edit was taken in, `added` sections split off below."""

    change_no: int
    merged: bool = False
    added: int = 0


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The text handed in is the text that stands; nothing was recorded."""


@dataclass(frozen=True, slots=True)
class Conflicted:
    """Somebody else changed the same words meanwhile; nothing was recorded, nothing is lost.

    `base` is the text the editor started from, `theirs` what stands now (`theirs_text_id`), `yours` what was
    handed in; `merged` holds yours where the two conflict.
    """

    base: str
    theirs: str
    yours: str
    theirs_text_id: int
    merged: MergeResult
