"""What can be allowed, a sentence each."""

from __future__ import annotations

from enum import Enum


class Permission(Enum):
    """One thing somebody may be allowed to do; the table says under which conditions."""

    READ_DOCUMENT = "Read the published versions of a document."
    SEE_UNPUBLISHED = "See a working draft, its history, and answers before they are published."
    CREATE_DOCUMENT = "Begin a document of a host, or make one of a file."
    EDIT_DRAFT = "Change the text of a working draft."
    PUBLISH_VERSION = "Freeze the working draft as a version."
    OPEN_CONSULTATION = "Call for comments on a version."
    COMMENT = "Hand in comments."
    ANSWER_COMMENTS = "Decide on comments, give reasons, take wording, and publish the answers."
    EXPORT_COMMENT_TABLE = "Take away the table of all comments with answers not yet published."
    SEE_PERSON_DATA = "See the names and addresses of those who commented."
    ADMINISTER = "Look after people, organisations and hosts."
