"""What goes into the acts about proposals, and what comes of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from consult.domain.merging.threeway import MergeResult


@dataclass(frozen=True, slots=True)
class PartDraft:
    """What somebody wants of one section.

    ``reword``: `source` in the place of the text `base_text_id` of `section_id`. ``remove``: the section goes.
    ``add``: a section headed `title` with the words `source` comes to stand after `section_id` (None: first), on the
    level of that one.
    """

    kind: str
    section_id: str | None
    source: str = ""
    base_text_id: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Pick:
    """What is taken of one part: `passages` are indices into the passages between the text `base_text_id`, which the
    deciding person saw, and the wording shown then; None for all, an empty set for nothing.

    `source` are words of the deciding person's own that settle a conflict.
    """

    part_id: int
    passages: Collection[int] | None = None
    base_text_id: int | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The change that carries what was taken, and the state the proposal came to."""

    change_no: int
    state: str


@dataclass(frozen=True, slots=True)
class Unjoinable:
    """A part whose words and the words that stand now cannot both be had."""

    part_id: int
    section_id: str
    heading: str
    base: str
    theirs: str
    theirs_text_id: int
    yours: str
    merged: MergeResult


@dataclass(frozen=True, slots=True)
class Unjoined:
    """Nothing was recorded: these parts have to be joined with the text by hand first."""

    parts: tuple[Unjoinable, ...]


@dataclass(frozen=True, slots=True)
class Renewal:
    """The author's new wording for a part, made against the text `base_text_id`."""

    part_id: int
    source: str
    base_text_id: int
