"""Every table, one file per feature; importing this package registers them all."""

from consult.storage.models.accounts import AccountLink, DataRequest, Person
from consult.storage.models.acts import RecordedAct
from consult.storage.models.attachments import Attachment, AttachmentState, VersionAttachment
from consult.storage.models.attributions import ChangeAttribution
from consult.storage.models.collections import Collection, CollectionDocument
from consult.storage.models.comments import (
    Comment,
    CommentRevision,
    CommentTarget,
    PersonData,
    Placement,
    Submission,
)
from consult.storage.models.consultations import (
    Announcement,
    Consultation,
    ConsultationChange,
    Register,
)
from consult.storage.models.discussion import CommentSupport
from consult.storage.models.dispositions import Disposition, DispositionRevision
from consult.storage.models.documents import Document, Version, VersionSection
from consult.storage.models.drafting import Change, Lineage, Occupancy, Section, SectionText
from consult.storage.models.following import Follow, VisitMark
from consult.storage.models.groups import GroupDocument, GroupInvitation, GroupMember, WorkingGroup
from consult.storage.models.history import Delivery, Event, Seal
from consult.storage.models.identities import PersonIdentity
from consult.storage.models.joint_answers import (
    JointAnswer,
    JointAnswerApprover,
    JointAnswerCode,
    JointAnswerLetter,
    JointAnswerParty,
    JointAnswerPlace,
    JointAnswerPoint,
    JointAnswerRemark,
    JointAnswerSource,
    SubmissionParty,
)
from consult.storage.models.letters import OutgoingLetter, UpkeepRun
from consult.storage.models.meeting_decisions import MeetingDecision
from consult.storage.models.meetings import (
    Explanation,
    ExplanationWithdrawal,
    Meeting,
    MeetingAttendance,
    MeetingChange,
    Opinion,
    OpinionChange,
)
from consult.storage.models.memberships import Membership
from consult.storage.models.moderation import CommentStanding, ModerationAct
from consult.storage.models.organisations import (
    Host,
    HostText,
    MembershipRequest,
    Organisation,
    OrganisationInvitation,
    SubmissionClause,
)
from consult.storage.models.pictures import KeptFile, Picture, PictureUse
from consult.storage.models.privacy import (
    ContactView,
    RedactedPassage,
    RedactedWords,
    Redaction,
    RedactionEnd,
)
from consult.storage.models.proposals import Proposal, ProposalPart, ProposalReply, ProposalTurn
from consult.storage.models.provenance import Provenance
from consult.storage.models.saved_searches import SavedSearch, SavedSearchFind, SavedSearchLink
from consult.storage.models.second_factors import RecoveryCode, SecondFactor
from consult.storage.models.section_notes import SectionNote, VersionNote
from consult.storage.models.section_statuses import DissentingOpinion, SectionStatus, StageStep
from consult.storage.models.sessions import PersonSession
from consult.storage.models.submissions import (
    LateDecision,
    LetterPassage,
    SubmissionFile,
    SubmissionFileContent,
    SubmissionFlag,
    SubmissionLetter,
    SubmissionMeeting,
)
from consult.storage.models.unsaved_texts import EditingPresence, UnsavedText
from consult.storage.models.unsent_comments import UnsentComment, UnsentSubmission, UnsentTarget
from consult.storage.models.working_notes import WorkingNote

__all__ = [
    "AccountLink",
    "Announcement",
    "Attachment",
    "AttachmentState",
    "Change",
    "ChangeAttribution",
    "Collection",
    "CollectionDocument",
    "Comment",
    "CommentRevision",
    "CommentStanding",
    "CommentSupport",
    "CommentTarget",
    "Consultation",
    "ConsultationChange",
    "ContactView",
    "DataRequest",
    "Delivery",
    "Disposition",
    "DispositionRevision",
    "DissentingOpinion",
    "Document",
    "EditingPresence",
    "Event",
    "Explanation",
    "ExplanationWithdrawal",
    "Follow",
    "GroupDocument",
    "GroupInvitation",
    "GroupMember",
    "Host",
    "HostText",
    "JointAnswer",
    "JointAnswerApprover",
    "JointAnswerCode",
    "JointAnswerLetter",
    "JointAnswerParty",
    "JointAnswerPlace",
    "JointAnswerPoint",
    "JointAnswerRemark",
    "JointAnswerSource",
    "KeptFile",
    "LateDecision",
    "LetterPassage",
    "Lineage",
    "Meeting",
    "MeetingAttendance",
    "MeetingChange",
    "MeetingDecision",
    "Membership",
    "MembershipRequest",
    "ModerationAct",
    "Occupancy",
    "Opinion",
    "OpinionChange",
    "Organisation",
    "OrganisationInvitation",
    "OutgoingLetter",
    "Person",
    "PersonData",
    "PersonIdentity",
    "PersonSession",
    "Picture",
    "PictureUse",
    "Placement",
    "Proposal",
    "ProposalPart",
    "ProposalReply",
    "ProposalTurn",
    "Provenance",
    "RecordedAct",
    "RecoveryCode",
    "RedactedPassage",
    "RedactedWords",
    "Redaction",
    "RedactionEnd",
    "Register",
    "SavedSearch",
    "SavedSearchFind",
    "SavedSearchLink",
    "Seal",
    "SecondFactor",
    "Section",
    "SectionNote",
    "SectionStatus",
    "SectionText",
    "StageStep",
    "Submission",
    "SubmissionClause",
    "SubmissionFile",
    "SubmissionFileContent",
    "SubmissionFlag",
    "SubmissionLetter",
    "SubmissionMeeting",
    "SubmissionParty",
    "UnsavedText",
    "UnsentComment",
    "UnsentSubmission",
    "UnsentTarget",
    "UpkeepRun",
    "Version",
    "VersionAttachment",
    "VersionNote",
    "VersionSection",
    "VisitMark",
    "WorkingGroup",
    "WorkingNote",
]
