"""Wordings of errors: submissions entered by the host."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS: dict[str, object] = {
    "not_found.submission": _("There is no such submission."),
    "invalid.section_unknown": _("Please choose a part of the text from the list."),
    "invalid.quote_ambiguous": _(
        "These words stand in the text %(count)s times. Choose the part they stand in, or quote more words."
    ),
    "invalid.proposed_without_place": _("Say which part or which words the proposed wording is for."),
    "invalid.received_missing": _("Please give the day on which it came."),
    "invalid.received_in_future": _("This day has not come yet."),
    "invalid.received_before_opening": _(
        "On this day comments were not taken yet. What comes earlier is no comment in this consultation."
    ),
    "invalid.case_sign_too_long": _("A case sign has at most %(limit)s characters."),
    "invalid.letter_too_long": _("The letter is longer than %(limit)s characters."),
    "invalid.letter_empty": _("Please paste the text of the letter first."),
    "invalid.letter_nothing_chosen": _("Please tick or select the words a comment is to be made of."),
    "invalid.letter_passage": _("The letter was changed meanwhile. Please choose the words again."),
    "invalid.letter_rest": _(
        "%(count)s characters of the letter belong to no comment. Make comments of them, or confirm that they are none."
    ),
    "rule.submissions_over": _(
        "The account of this consultation is published, so its register is closed. Answer the sender by letter."
    ),
    "rule.submission_in_time": _("This submission stands with the others, so there is nothing to decide."),
    "invalid.act_unknown": _("Please press one of the buttons of the page."),
    "invalid.flag_unknown": _("Please choose from the list what is amiss."),
    "invalid.flag_reason_missing": _("Please say what shows it."),
    "invalid.flag_anonymous_named": _(
        "A name is given, so it is not anonymous. Take the name away or the mark."
    ),
    "invalid.meeting_of_another": _("This meeting belongs to another consultation."),
    "invalid.email_missing": _("The sender left no address. Type the one to send the receipt to."),
    "invalid.scan_empty": _("Please choose a file; the one sent was empty."),
    "invalid.scan_too_large": _("A scan has at most %(limit)s MB."),
    "invalid.scan_kind": _(
        "This is no whole PDF, JPEG or PNG, whatever its name says. Scan the letter as one of these."
    ),
    "invalid.scan_not_what_it_says": _(
        "By its name it is “%(ending)s”, by its content %(kind)s. Give it the ending it should have."
    ),
    "invalid.scans_too_many": _("A submission has at most %(limit)s files."),
}
