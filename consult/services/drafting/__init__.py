"""What a working group does to the text: save, arrange, split and join sections, and bring words back."""

from __future__ import annotations

from consult.services.drafting.arranging import add_section, move_section, remove_section
from consult.services.drafting.checking import (
    LONGEST_NOTE,
    LONGEST_SOURCE,
    LONGEST_TITLE,
    check_note,
    checked_title,
    closed,
    get_editable,
)
from consult.services.drafting.places import branch
from consult.services.drafting.saving import preview_section, save_section
from consult.services.drafting.values import Conflicted, Saved, Unchanged

__all__ = [
    "LONGEST_NOTE",
    "LONGEST_SOURCE",
    "LONGEST_TITLE",
    "Conflicted",
    "Saved",
    "Unchanged",
    "add_section",
    "branch",
    "check_note",
    "checked_title",
    "closed",
    "get_editable",
    "move_section",
    "preview_section",
    "remove_section",
    "save_section",
]
