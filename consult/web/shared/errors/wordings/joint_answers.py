"""Wordings of errors: joint submissions of organisations."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "not_found.joint_answer": _("There is no such joint submission, or it is not yours to see."),
    "not_found.joint_code": _("There is no such code, or the address is not complete."),
    "not_found.joint_remark": _("There is no such remark here any more."),
    "not_found.joint_point": _("There is no such point here any more."),
    "not_found.joint_party": _("This organisation has not been asked to stand behind the joint submission."),
    "not_found.joint_letter": _("There is no letter here."),
    "invalid.joint_answer_organisation": _("Please choose in the name of which organisation."),
    "invalid.joint_name_missing": _(
        "Please give your name or initials: only those who put the joint submission together see them."
    ),
    "invalid.joint_remarks_missing": _("Please choose at least one remark."),
    "invalid.joint_reason_missing": _("Please say why."),
    "invalid.joint_signed_by_missing": _("Please say who signs."),
    "invalid.joint_authority_missing": _("Please say by what authority they sign, for example the statute."),
    "invalid.joint_approval_rule": _("Please choose how the joint submission is approved."),
    "invalid.joint_approvers_missing": _("Please choose who approves: people of your organisation."),
    "invalid.joint_approvers_too_many": _("At most %(limit)s people can be asked to approve."),
    "invalid.joint_resolution_missing": _("Please give the number of the resolution."),
    "invalid.joint_resolution_day_missing": _("Please give the day of the resolution."),
    "invalid.joint_resolution_to_come": _("This day has not come yet."),
    "invalid.joint_party_unknown": _("There is no such organisation here."),
    "invalid.joint_party_itself": _("This is the organisation that leads the joint submission."),
    "invalid.joint_party_without_people": _(
        "Nobody here may speak in the name of this organisation yet, so nobody could approve."
    ),
    "invalid.joint_names_too_long": _(
        "The names of all organisations together are longer than %(limit)s characters, which is more than fits beside a comment."
    ),
    "invalid.joint_letter_empty": _("Please choose a file that is not empty."),
    "invalid.joint_letter_too_large": _("This file is too large: at most %(limit)s MB."),
    "invalid.joint_letter_kind": _("Please attach the letter as PDF, DOCX or ODT."),
    "invalid.joint_letter_is_not": _(
        "This file is damaged or is not what its name says (%(kind)s). Please save it again and retry."
    ),
    "invalid.joint_letter_active": _(
        "This file holds a program or another file inside it. Please attach one that only holds text and pictures."
    ),
    "conflict.joint_answer_begun": _(
        "Your organisation has begun its joint submission to this consultation already."
    ),
    "conflict.joint_remark_adopted": _("One of these remarks has gone into a point already."),
    "conflict.joint_party_invited": _("This organisation has been asked already."),
    "stale.joint_answer_changed": _(
        "The joint submission has changed since you looked at it. Please read it once more."
    ),
    "stale.joint_point_changed": _(
        "Somebody else has reworded this point meanwhile. Your words are still below: compare them with the ones above and save again."
    ),
    "rule.joint_answer_sent": _("This joint submission has been sent. It is sent once and does not change."),
    "rule.joint_answer_dropped": _("This joint submission was given up."),
    "rule.joint_answer_stands": _(
        "The words are being approved, so they stand still. To change them, take the joint submission back first; it will then be approved anew."
    ),
    "rule.joint_answer_not_asked": _(
        "Nobody has been asked to approve this joint submission yet. Ask for approval first."
    ),
    "rule.joint_answer_not_approved": _(
        "Not everybody has approved this joint submission. Its page shows who is missing."
    ),
    "rule.joint_answer_empty": _("There is nothing to send yet. Adopt a remark or add a point of your own."),
    "rule.joint_code_withdrawn": _(
        "This code does not work any more. What was written with it is safe; ask your organisation for a new one."
    ),
    "rule.too_many_joint_remarks": _(
        "There are %(limit)s remarks already. Write to those who put the joint submission together."
    ),
    "rule.too_many_joint_points": _(
        "There are %(limit)s points, the most that can be sent at once. Merge some."
    ),
    "rule.too_many_joint_parties": _("At most %(limit)s organisations can be asked. Remove one first."),
}
