"""What can be allowed, a sentence each."""

from __future__ import annotations

from enum import Enum


class Permission(Enum):
    """One thing somebody may be allowed to do; the table says under which conditions."""

    READ_DOCUMENT = "Read the published versions of a document."
    SEE_UNPUBLISHED = "See a working draft, its history, and answers before they are published."
    CREATE_DOCUMENT = "Begin a document of a host, or make one of a file."
    EDIT_DRAFT = "Change the text of a working draft."
    PROPOSE_CHANGE = "Propose other words for a working draft, and discuss proposals."
    WRITE_NOTES = "Write working notes of a group."
    READ_NOTES = "Read the working notes of a group."
    DISSENT = "Hold a dissenting opinion against a part of a working draft."
    SET_STATUS = "Say whether a part of a working draft is still being worked on or ready to be agreed."
    SETTLE_SECTION = "Say that a part of a working draft is agreed or disputed."
    ADVANCE_STAGE = "Move a document to its next stage."
    PUBLISH_VERSION = "Freeze the working draft as a version."
    OPEN_CONSULTATION = "Call for comments on a version."
    COMMENT = "Hand in comments."
    SUPPORT = "Support a comment somebody handed in."
    MODERATE = "Publish comments that wait, hide them with a reason, and decide on appeals."
    ANSWER_COMMENTS = "Decide on comments, give reasons, take wording, and publish the answers."
    EXPORT_COMMENT_TABLE = "Take away the table of all comments with answers not yet published."
    SEE_PERSON_DATA = "See the names and addresses of those who commented."
    RUN_CONSULTATION = (
        "Extend, correct or cancel a consultation, publish its protocol, and explain while it is open."
    )
    MANAGE_MEETINGS = "Announce meetings and duty hours, note who came, and keep the opinions that are due."
    MANAGE_COLLECTIONS = "Put documents together in a collection."
    MANAGE_GROUPS = "Make working groups and say who is in them."
    MANAGE_HOST = "Look after a host's own pages: its look, contact, rules and clauses."
    MANAGE_ORGANISATION = "Say who belongs to an organisation and who may speak in its name."
    SEE_JOINT_ANSWER = "Add remarks to a joint submission of one's organisation, and approve it when asked."
    LEAD_JOINT_ANSWER = "Begin an organisation's joint submission, put it together and send it."
    REGISTER_ORGANISATION = "Enter one's own organisation, to be verified."
    MANAGE_OWN_ACCOUNT = "See and change one's own account, and take one's data away."
    FOLLOW = "Follow documents, consultations and hosts."
    SEE_OPERATIONS = "See how the installation runs: mail, deliveries, the search index."
    ADMINISTER = "Look after people, organisations and hosts."
