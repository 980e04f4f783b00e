"""Which column of which table holds what, and who may read what is private: the table the canaries are held to.

Every column that can hold text stands here. `CODE` is what nobody types: codes, hashes, names in addresses, numbers of
public registers. `SECRET` opens something or proves who one is: it appears nowhere, for nobody. `PUBLIC` is written to be
published, and private only through the row it stands in, when that is not published yet. Everything else is `PRIVATE`
and needs a row in `PLANTS` saying who may see it.
"""

from __future__ import annotations

from dataclasses import dataclass

CODE, SECRET, PUBLIC, PRIVATE = "code", "secret", "public", "private"

COLUMNS: dict[str, str] = {
    "person.email": PRIVATE,
    "person.name": PRIVATE,
    "person.password_hash": SECRET,
    "person.session_stamp": SECRET,
    "person.language": CODE,
    "seal.digest": CODE,
    "seal.salt": SECRET,
    "seal.value": PRIVATE,
    "upkeep_run.name": CODE,
    "upkeep_run.failure": CODE,
    "account_link.purpose": CODE,
    "account_link.token_hash": SECRET,
    "account_link.address": PRIVATE,
    "account_link.asked_for": SECRET,
    "data_request.kind": CODE,
    "data_request.words": PRIVATE,
    "data_request.state": CODE,
    "data_request.reason": PRIVATE,
    "event.kind": CODE,
    "event.ref": CODE,
    "follow.kind": CODE,
    "follow.ref": CODE,
    "saved_search.name": PRIVATE,
    "saved_search.address": PRIVATE,
    "saved_search.query": PRIVATE,
    "saved_search.pace": CODE,
    "saved_search_find.ref": CODE,
    "saved_search_link.token_hash": SECRET,
    "organisation.slug": CODE,
    "organisation.name": PUBLIC,
    "organisation.short_name": PUBLIC,
    "organisation.plain_name": PUBLIC,
    "organisation.kind": CODE,
    "organisation.krs": CODE,
    "organisation.regon": CODE,
    "organisation.nip": CODE,
    "organisation.seat": PUBLIC,
    "organisation.website": PUBLIC,
    "organisation.email": PUBLIC,
    "organisation.summary": PUBLIC,
    "organisation.easy_to_read": PUBLIC,
    "organisation.sign_language": PUBLIC,
    "organisation.refusal_reason": PRIVATE,
    "unsaved_text.kind": CODE,
    "unsaved_text.section_id": CODE,
    "unsaved_text.window": CODE,
    "unsaved_text.source": PRIVATE,
    "unsaved_text.note": PRIVATE,
    "unsaved_text.further": PRIVATE,
    "editing_presence.section_id": CODE,
    "person_identity.issuer": CODE,
    "person_identity.subject": SECRET,
    "person_session.token_hash": SECRET,
    "person_session.means": CODE,
    "person_session.browser": PRIVATE,
    "person_session.system": PRIVATE,
    "recovery_code.code_hash": SECRET,
    "second_factor.secret": SECRET,
    "delivery.consumer": CODE,
    "document.slug": CODE,
    "document.title": PRIVATE,
    "document.kind": CODE,
    "document.language": CODE,
    "document.stage": CODE,
    "document.head_hash": CODE,
    "document.summary": PRIVATE,
    "document.easy_read_url": PUBLIC,
    "document.sign_language_url": PUBLIC,
    "host.crest": PUBLIC,
    "host.crest_hash": CODE,
    "host.accent": CODE,
    "host.phone": PUBLIC,
    "host.duty_address": PUBLIC,
    "host.duty_hours": PUBLIC,
    "host.e_delivery": PUBLIC,
    "host.bip": PUBLIC,
    "host_text.kind": CODE,
    "host_text.source": PUBLIC,
    "host_text.html": PUBLIC,
    "host_text.particulars": PUBLIC,
    "membership.role": CODE,
    "membership_request.words": PRIVATE,
    "organisation_invitation.role": CODE,
    "organisation_invitation.token_hash": SECRET,
    "organisation_invitation.email": PRIVATE,
    "group_invitation.role": CODE,
    "group_invitation.token_hash": SECRET,
    "group_invitation.email": PRIVATE,
    "working_group.slug": CODE,
    "working_group.name": PRIVATE,
    "working_group.block": PRIVATE,
    "working_group.summary": PRIVATE,
    "working_group.easy_read_url": PUBLIC,
    "working_group.sign_language_url": PUBLIC,
    "working_group.visibility": CODE,
    "change.kind": CODE,
    "change_attribution.cause_kind": CODE,
    "change.cause_kind": CODE,
    "change.body": CODE,
    "change.prev_hash": CODE,
    "change.hash": CODE,
    "group_member.role": CODE,
    "section.id": CODE,
    "version.label": PUBLIC,
    "version.change_hash": CODE,
    "version.checksum": CODE,
    "version.definitions": PUBLIC,
    "consultation.title": PUBLIC,
    "consultation.summary": PUBLIC,
    "consultation.legal_basis": CODE,
    "consultation.purpose": PUBLIC,
    "consultation.addressees": PUBLIC,
    "consultation.fields": CODE,
    "consultation.area": PUBLIC,
    "consultation.local_rule": PUBLIC,
    "consultation.decides": CODE,
    "consultation.forms": CODE,
    "consultation.channels": PUBLIC,
    "consultation.reading_place": PUBLIC,
    "consultation.contact": PUBLIC,
    "consultation.easy_href": PUBLIC,
    "consultation.sign_href": PUBLIC,
    "consultation.departure_reason": PUBLIC,
    "consultation.report_kind": CODE,
    "lineage.kind": CODE,
    "lineage.from_section": CODE,
    "lineage.to_section": CODE,
    "section_note.section_id": CODE,
    "section_note.kind": CODE,
    "section_note.text": PRIVATE,
    "provenance.runs": CODE,
    "section_text.section_id": CODE,
    "section_text.source": PRIVATE,
    "section_text.heading": PRIVATE,
    "section_text.html": PRIVATE,
    "section_text.plain": PRIVATE,
    "section_text.definitions": PRIVATE,
    "section_text.digest": CODE,
    "announcement.kind": CODE,
    "announcement.act": CODE,
    "announcement.title": PUBLIC,
    "announcement.source": PUBLIC,
    "announcement.html": PUBLIC,
    "announcement.form_token_hash": SECRET,
    "consultation_change.kind": CODE,
    "consultation_change.reason": PUBLIC,
    "consultation_change.details": CODE,
    "consultation_change.form_token_hash": SECRET,
    "meeting.kind": CODE,
    "meeting.title": PUBLIC,
    "meeting.place": PUBLIC,
    "meeting.room": PUBLIC,
    "meeting.link": PUBLIC,
    "meeting.series": PUBLIC,
    "meeting.block": PUBLIC,
    "meeting.programme": PUBLIC,
    "meeting.programme_html": PUBLIC,
    "meeting.access": CODE,
    "meeting.access_contact": PUBLIC,
    "meeting.access_note": PUBLIC,
    "meeting.note": PRIVATE,
    "meeting.note_html": PRIVATE,
    "occupancy.section_id": CODE,
    "occupancy.parent_id": CODE,
    "occupancy.rank": CODE,
    "opinion.body_kind": CODE,
    "opinion.body": PUBLIC,
    "opinion.legal_basis": PUBLIC,
    "opinion.outcome": CODE,
    "opinion.summary": PUBLIC,
    "opinion.source": PUBLIC,
    "opinion.html": PUBLIC,
    "register.head_hash": CODE,
    "version_section.section_id": CODE,
    "version_section.label": CODE,
    "version_section.hash": CODE,
    "meeting_attendance.capacity": CODE,
    "meeting_change.kind": CODE,
    "submission.prev_hash": CODE,
    "submission.receipt_hash": CODE,
    "submission.body": PRIVATE,
    "submission.channel": CODE,
    "submission.case_sign": PRIVATE,
    "submission.capacity": CODE,
    "submission.organisation_name_then": PUBLIC,
    "submission.form_token_hash": SECRET,
    "submission.secret_hash": SECRET,
    "comment.kind": CODE,
    "outgoing_letter.letter": CODE,
    "outgoing_letter.ref": CODE,
    "outgoing_letter.last_error": CODE,
    "person_data.name": PRIVATE,
    "person_data.email": PRIVATE,
    "person_data.language": CODE,
    "comment_target.section_id": CODE,
    "comment_target.scope": CODE,
    "comment_target.exact": PUBLIC,
    "comment_target.prefix": PUBLIC,
    "comment_target.suffix": PUBLIC,
    "disposition.outcome": CODE,
    "disposition.state": CODE,
    "disposition_revision.outcome": CODE,
    "proposal.state": CODE,
    "proposal.title": PRIVATE,
    "proposal.rationale": PRIVATE,
    "proposal_part.kind": CODE,
    "proposal_part.section_id": CODE,
    "proposal_part.source": PRIVATE,
    "proposal_part.first_source": PRIVATE,
    "proposal_part.state": CODE,
    "proposal_turn.state": CODE,
    "proposal_turn.reason": PRIVATE,
    "proposal_reply.text": PRIVATE,
    "section_status.section_id": CODE,
    "section_status.status": CODE,
    "section_status.note": PRIVATE,
    "dissenting_opinion.section_id": CODE,
    "dissenting_opinion.text": PRIVATE,
    "stage_step.from_stage": CODE,
    "stage_step.to_stage": CODE,
    "stage_step.note": PRIVATE,
    "working_note.section_id": CODE,
    "working_note.quote": PRIVATE,
    "working_note.text": PRIVATE,
    "collection.slug": CODE,
    "collection.title": PUBLIC,
    "collection.intro": PUBLIC,
    "meeting_decision.text": PUBLIC,
    "placement.section_id": CODE,
    "placement.state": CODE,
}
"""What every column of text holds."""

EVERYBODY = frozenset(
    {
        "guest",
        "disabled",
        "resident",
        "member",
        "editor",
        "official",
        "representative",
        "neighbour",
        "administrator",
        "seated",
        "observer",
    }
)
NOBODY: frozenset[str] = frozenset()
TEAM = frozenset({"member", "editor", "official", "administrator"})
"""Those who may see what is not published: the team of the host, and administrators."""

GROUP = TEAM | {"seated", "observer"}
"""Those who see the draft a group is at work on."""

NOTING = frozenset({"editor", "official", "seated", "observer"})
"""Those who read the working notes: the group, and those who edit the draft; not everybody on the team."""

OFFICIAL = frozenset({"official"})
KEEPERS = frozenset({"representative", "administrator"})
"""Those who say who belongs to the organisation."""

GROUP_KEEPERS = frozenset({"official", "administrator"})
"""Those who look after the groups of the host."""


@dataclass(frozen=True, slots=True)
class Plant:
    """A canary: `where` names the rows of the column it is put into, `seen_by` who may read it, with the reason."""

    column: str
    where: str
    seen_by: frozenset[str]
    reason: str


def sealed(column: str, where: str, seen_by: frozenset[str], reason: str) -> Plant:
    """A canary in the sealed value a column leads to."""
    table = column.partition(".")[0]
    name = column.partition(".")[2]
    return Plant(
        "seal.value", f"id IN (SELECT {name} FROM {table} WHERE {where})", seen_by, f"{column}: {reason}"
    )


HIDDEN = "document_id = (SELECT id FROM document WHERE slug = :hidden)"
SHOWN = "document_id = (SELECT id FROM document WHERE slug = :slug)"
HIDDEN_TEXT = f"section_id IN (SELECT id FROM section WHERE {HIDDEN})"

PLANTS: tuple[Plant, ...] = (
    # what a group says to itself
    Plant("proposal.title", SHOWN, GROUP, "proposals go with the draft"),
    Plant("proposal.rationale", SHOWN, GROUP, "proposals go with the draft"),
    Plant("proposal_part.source", "kind = 'reword'", GROUP, "proposals go with the draft"),
    Plant(
        "proposal_part.first_source", "kind = 'reword'", GROUP, "the wording as it was sent, beside today's"
    ),
    Plant("proposal_turn.reason", "id > 0", GROUP, "proposals go with the draft"),
    Plant("proposal_reply.text", "id > 0", GROUP, "proposals go with the draft"),
    Plant("section_status.note", SHOWN, GROUP, "what is said of a part goes with the draft"),
    Plant("dissenting_opinion.text", "is_public = 0", GROUP, "an opinion its author keeps in the group"),
    Plant("stage_step.note", SHOWN, GROUP, "why a document went on"),
    Plant("working_note.text", SHOWN, NOTING, "working notes stay in the group"),
    Plant("working_note.quote", SHOWN, NOTING, "working notes stay in the group"),
    # people
    Plant(
        "person.name",
        "id = :resident",
        frozenset({"resident", *KEEPERS}),
        "oneself, and whom one asked to be let in",
    ),
    Plant(
        "person.email",
        "id = :resident",
        frozenset({"resident", *KEEPERS}),
        "oneself, and whom one asked to be let in",
    ),
    Plant(
        "person.name",
        "id = :commenter",
        frozenset({"official", "administrator"}),
        "who commented with an account",
    ),
    Plant(
        "person.email",
        "id = :commenter",
        NOBODY,
        "the address of an account is shown once it is on record that one looks",
    ),
    Plant(
        "account_link.address", "person_id = :resident", frozenset({"resident"}), "an address being changed"
    ),
    Plant(
        "data_request.words",
        "person_id = :resident",
        frozenset({"resident"}),
        "shown to administrators once on record",
    ),
    Plant(
        "data_request.reason",
        "person_id = :resident",
        frozenset({"resident", "administrator"}),
        "the decision",
    ),
    Plant("saved_search.name", "person_id = :resident", frozenset({"resident"}), "one's own searches"),
    Plant("saved_search.address", "person_id = :resident", frozenset({"resident"}), "one's own searches"),
    Plant("saved_search.query", "person_id = :resident", frozenset({"resident"}), "one's own searches"),
    Plant("person_session.browser", "person_id = :resident", frozenset({"resident"}), "one's own sessions"),
    Plant("person_session.system", "person_id = :resident", frozenset({"resident"}), "one's own sessions"),
    # organisations
    Plant(
        "organisation.refusal_reason",
        "id = :refused",
        frozenset({"administrator"}),
        "those who entered it, and who refused",
    ),
    Plant(
        "membership_request.words",
        "person_id = :resident",
        KEEPERS | {"resident"},
        "oneself, and whom one asked to be let in",
    ),
    Plant("organisation_invitation.email", "email <> ''", KEEPERS, "who was invited"),
    Plant("group_invitation.email", "email <> ''", GROUP_KEEPERS, "who was invited to a group"),
    Plant("working_group.name", "slug = :hidden_group", TEAM, "a group of the host only"),
    Plant("working_group.block", "slug = :hidden_group", TEAM, "a group of the host only"),
    Plant("working_group.summary", "slug = :hidden_group", TEAM, "a group of the host only"),
    # what is not published
    Plant("document.title", "slug = :hidden", TEAM, "a document nobody published"),
    Plant("document.summary", "slug = :hidden", TEAM, "a document nobody published"),
    Plant("section_text.source", HIDDEN_TEXT, TEAM, "a document nobody published"),
    Plant("section_text.heading", HIDDEN_TEXT, TEAM, "a document nobody published"),
    Plant("section_text.html", HIDDEN_TEXT, TEAM, "a document nobody published"),
    Plant("section_text.plain", HIDDEN_TEXT, TEAM, "a document nobody published"),
    Plant(
        "section_text.definitions",
        HIDDEN_TEXT,
        NOBODY,
        "what links and notes are made of; shown as part of the text only",
    ),
    Plant("section_note.text", HIDDEN, TEAM, "a note beside a part of a document nobody published"),
    Plant("meeting.note", "note_published_at IS NULL", OFFICIAL, "a note not yet published"),
    Plant(
        "meeting.note_html",
        "note_published_at IS NULL",
        NOBODY,
        "a note not yet published, which the team reads as it was typed",
    ),
    # what is not saved
    Plant("unsaved_text.source", "id > 0", frozenset({"official"}), "oneself alone, not even the team"),
    Plant("unsaved_text.note", "id > 0", frozenset({"official"}), "oneself alone, not even the team"),
    Plant("unsaved_text.further", "id > 0", frozenset({"official"}), "oneself alone, with one's own data"),
    # what was handed in
    Plant("submission.body", "id > 0", NOBODY, "what is hashed; shown in no form"),
    Plant("submission.case_sign", "id > 0", OFFICIAL, "the sign of the office's case, in its register"),
    Plant("person_data.name", "name <> ''", OFFICIAL, "who commented"),
    Plant("person_data.email", "email <> ''", NOBODY, "where the receipt goes; no page shows it"),
    # what is sealed
    sealed("change.actor_seal_id", HIDDEN, TEAM, "who drafts"),
    sealed("change.note_seal_id", HIDDEN, TEAM, "notes of drafting"),
    sealed("change_attribution.reason_seal_id", "id > 0", TEAM, "where drafting came from, said afterwards"),
    sealed("comment_revision.text_seal_id", "comment_id > 0", EVERYBODY, "comments are public"),
    sealed("comment_revision.justification_seal_id", "comment_id > 0", EVERYBODY, "comments are public"),
    sealed("comment_revision.proposed_seal_id", "comment_id > 0", EVERYBODY, "comments are public"),
    sealed("disposition_revision.justification_seal_id", "comment_id > 0", TEAM, "answers not yet published"),
    sealed(
        "meeting_change.reason_seal_id",
        "meeting_id > 0",
        NOBODY,
        "why a meeting moved, told by letter to those concerned",
    ),
    sealed(
        "meeting_change.before_seal_id",
        "meeting_id > 0",
        NOBODY,
        "how a meeting stood before, kept for proof",
    ),
    sealed(
        "opinion_change.before_seal_id",
        "opinion_id > 0",
        NOBODY,
        "how an opinion stood before, kept for proof",
    ),
    sealed("submission_letter.text_seal_id", "submission_id > 0", OFFICIAL, "a letter, which names people"),
    sealed("late_decision.reason_seal_id", "submission_id > 0", OFFICIAL, "why a late one is considered"),
    sealed("explanation.text_seal_id", "id > 0", EVERYBODY, "explanations are public"),
    sealed("explanation_withdrawal.reason_seal_id", "explanation_id > 0", EVERYBODY, "why one was withdrawn"),
)
"""Where a canary is put, and who may read it."""
