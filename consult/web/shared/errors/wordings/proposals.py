"""Wordings of errors: proposals, what a group says of its parts, notes, collections, decisions, stages."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "not_found.proposal": _("There is no such proposal."),
    "not_found.dissent": _("There is no such dissenting opinion."),
    "not_found.note": _("There is no such note."),
    "not_found.collection": _("There is no such collection, or nothing in it is published yet."),
    "not_permitted.change_proposal": _("Only whoever made the proposal changes or withdraws it."),
    "not_permitted.change_dissent": _("Only whoever holds the opinion changes or withdraws it."),
    "invalid.words_missing": _("Please write a few words here."),
    "invalid.words_too_long": _("This is too long: at most %(limit)s characters."),
    "invalid.proposal_title": _("Please say in a line what the proposal is about."),
    "invalid.proposal_changes_nothing": _(
        "The wording is the same as in the draft, so nothing would change."
    ),
    "invalid.proposal_heading": _(
        "A heading within the text would begin a new part. Please propose it as a new part."
    ),
    "invalid.proposal_without_heading": _("Please keep the heading in the first line."),
    "invalid.too_many_parts": _("One proposal is about at most %(limit)s parts."),
    "invalid.part_kind": _("Please choose what should happen to this part."),
    "invalid.nothing_picked": _("Nothing is chosen that would change the text."),
    "invalid.section_status": _("Please choose a status."),
    "invalid.too_many_dissents": _("At most %(limit)s opinions are kept for one document."),
    "invalid.note_quote": _("These words do not stand in this part. Please copy them exactly."),
    "invalid.collection_title": _("Please give the collection a title."),
    "invalid.collection_documents": _("A collection holds documents of its own host."),
    "invalid.too_many_decisions": _("At most %(limit)s decisions are kept for one meeting."),
    "invalid.cause": _("Please choose a cause from the list."),
    "invalid.stage": _("Please choose a stage from the list."),
    "invalid.stage_unconfirmed": _(
        "Not everything is settled. Please confirm that the document goes on as it is."
    ),
    "rule.proposal_decided": _("This proposal was decided already."),
    "rule.proposal_section_gone": _(
        "The part this is about is no longer in the draft. Leave it out, or decline the proposal."
    ),
    "rule.status_not_next": _("Somebody set another status meanwhile. Please look at the page again."),
    "rule.note_resolved": _("This note is settled. Take it up again to answer it."),
    "rule.stage_while_consulted": _("While the document is consulted its stage is not changed by hand."),
    "conflict.section_changed_meanwhile": _(
        "The part was changed after the proposal to remove it. Please look at it again, then decide."
    ),
}
