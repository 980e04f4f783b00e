"""What a working group does to the text: save, arrange, split and join sections, and bring words back."""

from __future__ import annotations

from consult.services.drafting.annexing import (
    are_annexes_in_order,
    make_annex,
    next_annex,
    number_annexes,
)
from consult.services.drafting.arranging import (
    add_section,
    move_section,
    place_section,
    remove_section,
    shift_section,
)
from consult.services.drafting.checking import (
    LONGEST_NOTE,
    LONGEST_SOURCE,
    LONGEST_TITLE,
    check_note,
    checked_title,
    closed,
    get_editable,
)
from consult.services.drafting.joining import join_sections, neighbours
from consult.services.drafting.levels import demote_section, promote_section
from consult.services.drafting.places import branch
from consult.services.drafting.restoring import bring_back, restore_state, restore_text
from consult.services.drafting.saving import preview_section, save_section
from consult.services.drafting.splitting import read_blocks, split_section
from consult.services.drafting.undoing import find_disputes, undo_change
from consult.services.drafting.values import Conflicted, Dispute, Disputed, Saved, Settled, Unchanged

__all__ = [
    "LONGEST_NOTE",
    "LONGEST_SOURCE",
    "LONGEST_TITLE",
    "Conflicted",
    "Dispute",
    "Disputed",
    "Saved",
    "Settled",
    "Unchanged",
    "add_section",
    "are_annexes_in_order",
    "branch",
    "bring_back",
    "check_note",
    "checked_title",
    "closed",
    "demote_section",
    "find_disputes",
    "get_editable",
    "join_sections",
    "make_annex",
    "move_section",
    "neighbours",
    "next_annex",
    "number_annexes",
    "place_section",
    "preview_section",
    "promote_section",
    "read_blocks",
    "remove_section",
    "restore_state",
    "restore_text",
    "save_section",
    "shift_section",
    "split_section",
    "undo_change",
]
