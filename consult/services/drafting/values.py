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


@dataclass(frozen=True, slots=True)
class Dispute:
    """One place where an earlier change cannot be taken back by itself, because of what came later.

    `why`: `words` (the same words were changed again: `merged` holds what stands now where the two conflict),
    `written` (a section the change brought was written in since), `gone` (a section was removed since), `place`
    (a section was moved again), `apart` (sections the change split or joined stand apart now).
    `key` names it in `Settled`; `heading` is that of its first section as it stands or stood; `base` is the text the
    change left, `theirs` what stands now, `yours` what taking the change back asks for. All three are empty where
    no words are in dispute. `text_ids` are what stands now.
    """

    key: str
    why: str
    heading: str
    base: str
    theirs: str
    yours: str
    text_ids: tuple[int, ...]
    merged: MergeResult | None = None


@dataclass(frozen=True, slots=True)
class Disputed:
    """A change cannot be taken back by itself; nothing was recorded, nothing is lost."""

    disputes: tuple[Dispute, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """How a person decided a dispute: the text that is to stand, or None to leave what stands; made looking at the
    texts `text_ids`."""

    text_ids: tuple[int, ...]
    source: str | None = None
