"""Wordings of errors: what somebody may not do, and who may."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "not_permitted.read_document": _("This document is not published yet."),
    "not_permitted.see_unpublished": _("Only the working group sees the draft and its history."),
    "not_permitted.create_document": _("Only editors and officials of an office begin documents."),
    "not_permitted.edit_draft": _(
        "Only editors and officials of the office that keeps the document change its text."
    ),
    "not_permitted.publish_version": _(
        "Only officials of the office that keeps the document publish versions."
    ),
    "not_permitted.open_consultation": _(
        "Only officials of the office that keeps the document open consultations."
    ),
    "not_permitted.comment": _("Comments are taken while a consultation is open."),
    "not_permitted.answer_comments": _(
        "Only officials of the office that keeps the document answer comments."
    ),
    "not_permitted.export_comment_table": _(
        "Only officials of the office that keeps the document take away the table of comments."
    ),
    "not_permitted.see_person_data": _("Only officials of the office see the data of those who commented."),
    "not_permitted.run_consultation": _(
        "Only officials of the office that runs the consultation extend, correct or cancel it."
    ),
    "not_permitted.manage_meetings": _("Only officials of the office announce its meetings."),
    "not_permitted.manage_groups": _(
        "Only officials of the office and administrators look after its groups."
    ),
    "not_permitted.manage_host": _("Only officials of the office and administrators look after its pages."),
    "not_permitted.manage_organisation": _(
        "Only those who speak in the name of the organisation say who belongs to it."
    ),
    "not_permitted.register_organisation": _("Organisations are entered by people with an account."),
    "not_permitted.manage_own_account": _("Please sign in to see your account."),
    "not_permitted.follow": _("Please sign in to follow."),
    "not_permitted.see_operations": _("Only administrators see how the installation runs."),
    "not_permitted.administer": _("Only administrators look after people and offices."),
}

REASONS = {
    "is_published": _("once a version is published"),
    "is_open_for_comments": _("while a consultation is open"),
    "is_member_of_host": _("members of the office that keeps the document"),
    "is_editor_of_host": _("its editors"),
    "is_official_of_host": _("its officials"),
    "is_signed_in": _("people with an account"),
    "is_representative_of_organisation": _("those who speak in the name of the organisation"),
    "is_administrator": _("administrators"),
}
"""Who may, by the name of the condition."""
