"""Wordings of errors: the outline of a draft."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "invalid.unknown_button": _("This page does not know that button."),
    "invalid.relation": _("Choose where the part is to stand: before, after or under the other."),
    "invalid.heading_choice": _("Choose what becomes of the second heading."),
    "invalid.split_inside_block": _("Choose the paragraph, list or table with which the new part begins."),
    "invalid.split_place_gone": _(
        "Somebody changed this part meanwhile and the place you chose is gone. Below is what stands now; please choose again."
    ),
    "invalid.place_gone": _(
        "The part the new one was to stand after was removed meanwhile. Choose another place; what you wrote is still here."
    ),
    "invalid.settled_in_parts": _("Headings in this text must stay as many as there are parts: %(count)s."),
    "rule.level_highest": _("This part has the highest level already."),
    "rule.level_deepest": _(
        "Headings go no deeper than level %(deepest)s, and this part or one under it is there already."
    ),
    "rule.preamble_has_no_level": _("The opening part has no heading, so it has no level."),
    "rule.preamble_stands": _("The document has an opening part without a heading already."),
    "rule.first_of_its_kind": _("This part is the first here already."),
    "rule.last_of_its_kind": _("This part is the last here already."),
    "rule.join_with_itself": _("A part cannot be joined with itself."),
    "rule.join_with_what_it_stands_under": _(
        "A part cannot be joined with the one it stands under. Raise it by a level first."
    ),
    "rule.join_apart": _("Only two parts that stand one right after the other can be joined."),
    "rule.annex_already": _("This part is an annex already."),
    "rule.annex_of_everything": _(
        "The heading everything stands under cannot become an annex, nor can the opening part."
    ),
    "rule.undo_leaves_nothing": _(
        "Nothing would be left of the document, so this change cannot be taken back."
    ),
}
