"""Who may do what, in words: the permissions, the conditions and the roles, for the page of roles and for every refusal."""

from __future__ import annotations

from flask_babel import lazy_gettext

from consult.domain.policy.actors import ADMINISTRATOR, EDITOR, MEMBER, OFFICIAL, REPRESENTATIVE
from consult.domain.policy.permissions import Permission

_ = lazy_gettext

WORDINGS = {
    "not_permitted.read_document": _("This document is not published yet."),
    "not_permitted.see_unpublished": _(
        "The draft and its history are seen by the working group and the office that keeps the document."
    ),
    "not_permitted.create_document": _("Only editors and officials of an office begin documents."),
    "not_permitted.edit_draft": _(
        "The text is changed by chairs and editors of the working group, and by editors and officials of the office."
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
    "not_permitted.propose_change": _("Only the working group and the office propose changes of its draft."),
    "not_permitted.write_notes": _("Only chairs, editors and members of the working group write its notes."),
    "not_permitted.read_notes": _("Working notes are read by the working group only."),
    "not_permitted.dissent": _(
        "Only chairs, editors and members of the working group hold dissenting opinions."
    ),
    "not_permitted.set_status": _("Only those who edit the draft say how far a part is."),
    "not_permitted.settle_section": _(
        "Only the chair of the working group or an official of the office says that a part is agreed or disputed."
    ),
    "not_permitted.advance_stage": _(
        "Only the chair of the working group or an official of the office moves the document to another stage."
    ),
    "not_permitted.manage_collections": _("Only officials of the office put its documents together."),
    "not_permitted.manage_host": _("Only officials of the office and administrators look after its pages."),
    "not_permitted.manage_organisation": _(
        "Only those who speak in the name of the organisation say who belongs to it."
    ),
    "not_permitted.see_joint_answer": _(
        "Only those who belong to the organisation see its joint submission before it is sent."
    ),
    "not_permitted.lead_joint_answer": _(
        "Only those who may speak in the name of the organisation put its joint submission together and send it."
    ),
    "not_permitted.register_organisation": _("Organisations are entered by people with an account."),
    "not_permitted.manage_own_account": _("Please sign in to see your account."),
    "not_permitted.support": _("You cannot support this comment."),
    "not_permitted.moderate": _("Only people who run the consultation hide comments and show them again."),
    "not_permitted.follow": _("Please sign in to follow."),
    "not_permitted.see_operations": _("Only administrators see how the installation runs."),
    "not_permitted.administer": _("Only administrators look after people and offices."),
}

PERMISSIONS = {
    Permission.READ_DOCUMENT: _("Read the published versions of a document."),
    Permission.SEE_UNPUBLISHED: _("See a working draft, its history, and answers before they are published."),
    Permission.CREATE_DOCUMENT: _("Begin a document of a host, or make one of a file."),
    Permission.EDIT_DRAFT: _("Change the text of a working draft."),
    Permission.PROPOSE_CHANGE: _("Propose other words for a working draft, and discuss proposals."),
    Permission.WRITE_NOTES: _("Write working notes of a group."),
    Permission.READ_NOTES: _("Read the working notes of a group."),
    Permission.DISSENT: _("Hold a dissenting opinion against a part of a working draft."),
    Permission.SET_STATUS: _(
        "Say whether a part of a working draft is still being worked on or ready to be agreed."
    ),
    Permission.SETTLE_SECTION: _("Say that a part of a working draft is agreed or disputed."),
    Permission.ADVANCE_STAGE: _("Move a document to its next stage."),
    Permission.PUBLISH_VERSION: _("Freeze the working draft as a version."),
    Permission.OPEN_CONSULTATION: _("Call for comments on a version."),
    Permission.COMMENT: _("Hand in comments."),
    Permission.SUPPORT: _("Support a comment somebody handed in."),
    Permission.MODERATE: _("Publish comments that wait, hide them with a reason, and decide on appeals."),
    Permission.ANSWER_COMMENTS: _("Decide on comments, give reasons, take wording, and publish the answers."),
    Permission.EXPORT_COMMENT_TABLE: _("Take away the table of all comments with answers not yet published."),
    Permission.SEE_PERSON_DATA: _("See the names and addresses of those who commented."),
    Permission.RUN_CONSULTATION: _(
        "Extend, correct or cancel a consultation, publish its protocol, and explain while it is open."
    ),
    Permission.MANAGE_MEETINGS: _(
        "Announce meetings and duty hours, note who came, and keep the opinions that are due."
    ),
    Permission.MANAGE_COLLECTIONS: _("Put documents together in a collection."),
    Permission.MANAGE_GROUPS: _("Make working groups and say who is in them."),
    Permission.MANAGE_HOST: _("Look after a host's own pages: its look, contact, rules and clauses."),
    Permission.MANAGE_ORGANISATION: _("Say who belongs to an organisation and who may speak in its name."),
    Permission.SEE_JOINT_ANSWER: _(
        "Add remarks to a joint submission of one's organisation, and approve it when asked."
    ),
    Permission.LEAD_JOINT_ANSWER: _("Begin an organisation's joint submission, put it together and send it."),
    Permission.REGISTER_ORGANISATION: _("Enter one's own organisation, to be verified."),
    Permission.MANAGE_OWN_ACCOUNT: _("See and change one's own account, and take one's data away."),
    Permission.FOLLOW: _("Follow documents, consultations and hosts."),
    Permission.SEE_OPERATIONS: _("See how the installation runs: mail, deliveries, the search index."),
    Permission.ADMINISTER: _("Look after people, organisations and hosts."),
}
"""The sentence of every permission, word for word as its own, so that it can be said in every language."""

REASONS = {
    "is_published": _("everybody, once a version is published"),
    "is_open_for_comments": _("everybody, while a consultation is open"),
    "has_seat_in_group": _("everybody in a working group at work on the document"),
    "is_member_of_group": _("chairs, editors and members of a working group at work on the document"),
    "is_editor_of_group": _("chairs and editors of a working group at work on the document"),
    "is_chair_of_group": _("the chair of a working group at work on the document"),
    "is_member_of_host": _("everybody on the team of the office or organisation concerned"),
    "is_editor_of_host": _("editors and officials of the office concerned"),
    "is_official_of_host": _("officials of the office concerned"),
    "is_signed_in": _("everybody with an account"),
    "is_representative_of_organisation": _("those who speak in the name of the organisation"),
    "speaks_for_organisation": _("those who may speak in the name of the organisation"),
    "belongs_to_organisation": _("everybody who belongs to the organisation"),
    "is_administrator": _("the administration of this site"),
}
"""Who may, by the name of the condition; also the words of the page of roles."""

SYSTEM_ONLY = "is_the_system"
"""The condition nobody can come to meet: what the command line and the worker do."""

CIRCUMSTANCES = {
    "is_published": _("once published"),
    "is_open_for_comments": _("while open"),
    "has_seat_in_group": _("in the working group"),
    "is_member_of_group": _("in the working group, not as an observer"),
    "is_editor_of_group": _("as a chair or editor of the working group"),
    "is_chair_of_group": _("as a chair of the working group"),
}
"""How a thing must stand for a condition to hold, by its name, in the few words a cell of the table takes."""

ROLES = {
    "guest": (_("Without an account"), _("Everybody who reads this site. No account is needed to comment.")),
    "resident": (
        _("With an account"),
        _("Somebody who has confirmed an address and signs in, and belongs to no office here."),
    ),
    MEMBER: (
        _("On the team"),
        _(
            "Somebody who belongs to an office or an organisation here and sees its work before it is published."
        ),
    ),
    REPRESENTATIVE: (
        _("Representative"),
        _("Somebody who speaks in the name of an organisation and says who belongs to it."),
    ),
    EDITOR: (_("Editor"), _("Somebody who writes the drafts of an office.")),
    OFFICIAL: (
        _("Official"),
        _("Somebody who runs the consultations of an office: publishes, announces, answers comments."),
    ),
    ADMINISTRATOR: (
        _("Administration"),
        _(
            "Somebody who looks after people, organisations and the running of this site, not after its answers."
        ),
    ),
}
"""Every part one can have: its name in a table, and who that is."""

NEXT_STEPS = {
    "rule.consultation_closed": _(
        "If a new consultation of this document is announced, it will stand on its page. Until then write to the office that runs it."
    ),
    "rule.consultation_not_open_yet": _(
        "From that moment on everybody may comment, also without an account."
    ),
    "rule.consultation_overlaps": _("Choose a term after that consultation, or end that one first."),
    "rule.account_closed": _("Open the account first."),
    "rule.already_cancelled": _("A new consultation of the same document can be announced at any time."),
    "rule.already_reported": _("Publish a correction as a new, numbered report; the old one stays."),
    "rule.announce_closed": _("An announcement is published before the consultation ends."),
    "rule.cancel_closed": _("Its comments are owed their answers."),
    "rule.consultation_cancelled": _("A new consultation of the same document can be announced at any time."),
    "rule.explanation_not_open": _("Use the workbench to answer, once the consultation has ended."),
    "rule.host_stays": _(
        "Its documents and consultations stay. Close the accounts of those who no longer work there."
    ),
    "rule.host_unverified": _("Verify the organisation first."),
    "rule.identity_closed": _("Ask the administration of this site to open the account again."),
    "rule.identity_unverified": _("Confirm your address there, or sign in here with a password."),
    "rule.identity_without_address": _("Allow it to pass on your address, or sign in here with a password."),
    "rule.meeting_cancelled": _("Announce a new meeting instead."),
    "rule.meeting_not_begun": _("This will be possible from the hour the meeting begins."),
    "rule.meeting_over": _("Write in the note of the meeting what became of it."),
    "rule.protocol_too_early": _("This will be possible once the consultation has ended."),
    "rule.protocol_with_comments": _("Answer the comments on the workbench, then publish the answers."),
    "rule.registration_closed": _("Ask the administration of this site to make you an account."),
    "rule.request_decided": _("If something else is needed, make a new request."),
    "rule.second_factor_on": _("Turn it off first if you want to set up another one."),
    "rule.too_many_announcements": _("The last announcement stands; what changes is told as a correction."),
    "rule.last_chair": _("Write to the office; its address stands on its page."),
    "rule.invitation_for_another": _("Sign in with the other account, or write to whoever invited you."),
    "rule.invitation_just_sent": _("Look into the folder for unwanted mail as well."),
    "rule.last_administrator": _("Make somebody else an administrator first."),
    "rule.not_oneself": _("Ask another administrator."),
    "rule.last_section": _("Add the new part first, then remove this one."),
    "rule.move_into_itself": _("Choose a place outside of the part you are moving."),
    "rule.not_the_next_step": _("The page of the consultation shows which step comes now."),
    "rule.nothing_to_publish": _("Write the text of at least one part first."),
    "rule.annex_of_everything": _("Choose a part further down, or add a new annex."),
    "rule.join_apart": _("Move one of them first, so that they stand together."),
    "rule.join_with_itself": _("Choose the part before or after it."),
    "rule.level_deepest": _("Raise the part it stands under first, or join the two."),
    "rule.nothing_published": _("There will be a record to check once a version has been published."),
    "rule.preamble_has_no_level": _("Give it a heading first, as a part of its own."),
    "rule.preamble_stands": _("Add these words to it, or give the new part a heading."),
    "rule.proposal_decided": _("Make a new proposal if something else is needed."),
    "rule.stage_while_consulted": _("This will be possible once the consultation has ended."),
    "rule.undo_leaves_nothing": _("Add the new part first, then take this change back."),
    "rule.preamble_stays": _("Only parts with a heading can be moved."),
    "rule.still_open": _("You can publish the answers after %(moment)s."),
    "rule.unanswered": _(
        "Answer the comments that are left; the workbench lists them as those without a position."
    ),
    "rule.window_empty": _("Choose an end that comes after the beginning."),
    "rule.window_shortened": _("Leave the last day as it is, or choose a later one."),
    "rule.window_too_short": _("Choose the earliest end or a later day."),
}
"""What can be done instead, or when, by the code of the rule that forbids it now."""

SAYS_ITSELF = frozenset(
    {
        "rule.appealed_already",
        "rule.comment_withdrawn",
        "rule.moderation_hidden",
        "rule.moderation_not_appealed",
        "rule.moderation_not_hidden",
        "rule.moderation_not_waiting",
        "rule.moderation_same_person",
        "rule.nothing_to_confirm",
        "rule.redaction_destroyed",
        "rule.redaction_ended",
        "rule.revision_over",
        "rule.sender_erased",
        "rule.support_over",
        "rule.support_own",
        "rule.support_without_cookie",
        "rule.annex_already",
        "rule.effects_too_early",
        "rule.extend_closed",
        "rule.first_of_its_kind",
        "rule.invitation_over",
        "rule.join_with_what_it_stands_under",
        "rule.joint_answer_dropped",
        "rule.joint_answer_empty",
        "rule.joint_answer_not_approved",
        "rule.joint_answer_not_asked",
        "rule.joint_answer_sent",
        "rule.joint_answer_stands",
        "rule.joint_code_withdrawn",
        "rule.last_of_its_kind",
        "rule.last_official",
        "rule.last_representative",
        "rule.last_way_in",
        "rule.level_highest",
        "rule.no_password_to_link",
        "rule.note_resolved",
        "rule.nothing_to_link",
        "rule.proposal_section_gone",
        "rule.status_not_next",
        "rule.submission_in_time",
        "rule.submissions_over",
        "rule.too_many_codes",
        "rule.too_many_invitations",
        "rule.too_many_joint_parties",
        "rule.too_many_joint_points",
        "rule.too_many_joint_remarks",
    }
)
"""Rules whose own sentence says what can be done instead, or when."""
