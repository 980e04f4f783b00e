"""Every page worth a picture: what it is called, who looks at it, and its address in the demonstration."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

OFFICIAL, EDITOR, ADMINISTRATOR, NGO = "miasto.urzednik", "miasto.redaktor", "administrator", "fundacja"
VILLAGE, RESIDENT = "gmina.urzednik", "mieszkanka"
GUEST = ""


@dataclass(frozen=True, slots=True)
class Place:
    """`path` holds the names of `addresses` in braces; `status` is what the page answers."""

    name: str
    path: str
    who: str = GUEST
    status: int = 200


PLACES = (
    # the front
    Place("home", "/"),
    Place("home-official", "/", OFFICIAL),
    Place("home-resident", "/", RESIDENT),
    Place("consultations", "/consultations"),
    Place("documents", "/documents"),
    Place("groups", "/groups"),
    Place("group", "/groups/{group}"),
    Place("group-new", "/groups/new", OFFICIAL),
    Place("group-edit", "/groups/{group}/edit", OFFICIAL),
    Place("group-people", "/groups/{group}/people", OFFICIAL),
    Place("group-invited", "/groups/invitations/nieznane", status=404),
    Place("meetings", "/meetings"),
    Place("organisations", "/organisations"),
    Place("changes", "/changes", RESIDENT),
    Place("roles", "/roles"),
    Place("statements", "/statements"),
    Place("feeds", "/feeds"),
    Place("search", "/search?q=konsultacje"),
    Place("words", "/documents/{standard}/words?q=po+30+dniach+Urz%C4%85d+publikuje"),
    Place("words-draft", "/documents/{standard}/words?q=organizacja&forms=1", EDITOR),
    Place("words-never", "/documents/{standard}/words?q=nietakiegoslowa"),
    Place("saved-searches", "/account/searches", RESIDENT),
    Place("similar", "/comments/{register}/1/similar"),
    Place("support", "/comments/{open_register}/1/support"),
    Place("moderation", "/consultations/{open}/moderation", VILLAGE),
    Place("moderation-case", "/comments/{open_register}/1/moderation", VILLAGE),
    Place("search-stopped", "/searches/stop/nieznany", status=410),
    Place("search-kept", "/account/searches/new?q=konsultacje", RESIDENT),
    Place("search-empty", "/search?q=nietakiegoslowa"),
    Place("search-form", "/search?q=nietakiegoslowa+rodzaj:uwaga+od:2026-01-01"),
    Place("search-narrowed", "/search?q=uwagi&kind=comment&sort=newest"),
    Place("search-within", "/documents/{standard}/search?q=termin"),
    Place("not-found", "/documents/nie-ma", status=404),
    Place("not-permitted", "/documents/new", NGO, status=403),
    # reading and drafting
    Place("reading", "/documents/{standard}"),
    Place("reading-strategy", "/documents/{strategy}"),
    Place("requirements", "/documents/{standard}/requirements"),
    Place("requirements-must", "/documents/{standard}/requirements?strength=must"),
    Place("terms", "/documents/{standard}/terms"),
    Place("references", "/documents/{standard}/references", EDITOR),
    Place("reading-announced", "/documents/{premises}"),
    Place("about", "/documents/{standard}/about"),
    Place("about-edit", "/documents/{standard}/about/edit", EDITOR),
    Place("draft", "/documents/{standard}/draft", EDITOR),
    Place("section-edit", "/documents/{standard}/sections/{section}", EDITOR),
    Place("section-new", "/documents/{standard}/sections/new", EDITOR),
    Place("pictures", "/documents/{standard}/pictures", EDITOR),
    Place("picture-new", "/documents/{standard}/pictures/new", EDITOR),
    Place("attachments", "/documents/{standard}/attachments", EDITOR),
    Place("attachments-guest", "/documents/{standard}/attachments"),
    Place("attachment-new", "/documents/{standard}/attachments/new", EDITOR),
    Place("attachment-edit", "/documents/{standard}/attachments/1/edit", EDITOR),
    Place("attachment-remove", "/documents/{standard}/attachments/1/remove", EDITOR),
    Place("attachment-history", "/documents/{standard}/attachments/1/history", EDITOR),
    Place("section-notes", "/documents/{standard}/sections/{section}/beside", EDITOR),
    Place("section-history", "/documents/{standard}/sections/{section}/history", EDITOR),
    Place("section-move", "/documents/{standard}/sections/{section}/move", EDITOR),
    Place("section-remove", "/documents/{standard}/sections/{section}/remove", EDITOR),
    Place("outline", "/documents/{standard}/outline", EDITOR),
    Place("outline-open", "/documents/{standard}/outline?part={section}", EDITOR),
    Place("section-split", "/documents/{standard}/sections/{section}/split", EDITOR),
    Place("section-join", "/documents/{standard}/sections/{section}/join", EDITOR),
    Place("change-undo", "/documents/{standard}/changes/2/undo", EDITOR),
    Place("change-restore", "/documents/{standard}/changes/2/restore", EDITOR),
    Place("history", "/documents/{standard}/history", EDITOR),
    Place("change", "/documents/{standard}/changes/2"),
    Place("compare", "/documents/{standard}/compare"),
    Place("origins", "/documents/{agreement}/origins"),
    Place("origins-part", "/documents/{standard}/origins?version=draft&by=age&section={section}", EDITOR),
    Place("origins-passage", "/documents/{agreement}/origins?section={asked_for}&from=0&to=400"),
    Place("downloads", "/documents/{standard}/downloads"),
    Place("record", "/documents/{standard}/record"),
    Place("version", "/documents/{standard}/versions/1"),
    Place("revise", "/documents/{standard}/revise", EDITOR),
    Place("publish", "/documents/{standard}/publish", OFFICIAL),
    Place("document-new", "/documents/new", EDITOR),
    Place("document-import", "/documents/import", EDITOR),
    Place("person-changes", "/people/{editor}/changes", EDITOR),
    Place("change-cause", "/documents/{standard}/changes/2/cause", EDITOR),
    Place("unsaved", "/unsaved", EDITOR),
    # a working group at work
    Place("proposals", "/documents/{standard}/proposals", EDITOR),
    Place("proposal", "/documents/{standard}/proposals/1", EDITOR),
    Place("proposal-new", "/documents/{standard}/proposals/new", EDITOR),
    Place("proposals-together", "/documents/{standard}/proposals/together", EDITOR),
    Place("notes", "/documents/{standard}/notes", EDITOR),
    Place("statuses", "/documents/{standard}/statuses", EDITOR),
    Place("status", "/documents/{standard}/sections/{section}/status", EDITOR),
    Place("stage", "/documents/{standard}/stage", OFFICIAL),
    Place("collections", "/collections"),
    Place("collection-new", "/collections/new", OFFICIAL),
    Place("decisions", "/meetings/{meeting_past}/decisions", VILLAGE),
    # consultations
    Place("effects", "/consultations/{silent}/effects", VILLAGE),
    Place("consult", "/documents/{standard}/consult", OFFICIAL),
    Place("consultation-open", "/consultations/{open}"),
    Place("consultation-official", "/consultations/{open}", VILLAGE),
    Place("consultation-answered", "/consultations/{closed}"),
    Place("consultation-announced", "/consultations/{announced}"),
    Place("consultation-silent", "/consultations/{silent}"),
    Place("announcement-new", "/consultations/{open}/announcement", VILLAGE),
    Place("announcement", "/consultations/{open}/announcements/1"),
    Place("protocol", "/consultations/{silent}/announcements/2"),
    Place("protocol-new", "/consultations/{silent}/protocol", VILLAGE),
    Place("extend", "/consultations/{open}/extend", VILLAGE),
    Place("correct", "/consultations/{open}/correct", VILLAGE),
    Place("cancel", "/consultations/{open}/cancel", VILLAGE),
    Place("explanations", "/consultations/{open}/explanations"),
    Place("explain", "/consultations/{open}/explain", VILLAGE),
    Place("explain-comment", "/comments/{open_register}/1/explain", VILLAGE),
    Place("explanation-withdraw", "/explanations/{explanation}/withdraw", VILLAGE),
    Place("opinions", "/consultations/{open}/opinions"),
    Place("opinion-new", "/consultations/{open}/opinions/new", VILLAGE),
    Place("opinion-edit", "/opinions/{opinion}/edit", VILLAGE),
    Place("meeting", "/meetings/{meeting}"),
    Place("meeting-past", "/meetings/{meeting_past}"),
    Place("meeting-cancelled", "/meetings/{meeting_cancelled}"),
    Place("meeting-new", "/consultations/{open}/meetings/new", VILLAGE),
    Place("meeting-edit", "/meetings/{meeting}/edit", VILLAGE),
    Place("meeting-cancel", "/meetings/{meeting}/cancel", VILLAGE),
    Place("meeting-note", "/meetings/{meeting_past}/note", VILLAGE),
    Place("meeting-attendance", "/meetings/{meeting_past}/attendance", VILLAGE),
    # comments and answers
    Place("comments", "/documents/{standard}/comments"),
    Place("comment", "/comments/{register}/1"),
    Place("comment-new", "/documents/{strategy}/comments/new"),
    Place("comments-waiting", "/documents/{strategy}/comments/unsent", RESIDENT),
    Place("comments-unsent", "/unsent-comments", RESIDENT),
    Place("workbench", "/consultations/{closed}/answers/1?show=all", OFFICIAL),
    Place("placements", "/documents/{standard}/placements?show=decided", OFFICIAL),
    Place("placement", "/documents/{standard}/placements/{target}", OFFICIAL),
    Place("joint-list", "/joint-answers", NGO),
    Place("joint-begin", "/consultations/{open}/joint-answers/new", RESIDENT),
    Place("joint", "/joint-answers/{joint}", NGO),
    Place("joint-code", "/joint-answers/{joint}/code", NGO),
    Place("joint-desk", "/joint-answers/{joint}/desk", NGO),
    Place("joint-point", "/joint-answers/{joint}/points/{joint_point}", NGO),
    Place("joint-point-new", "/joint-answers/{joint}/points/new", NGO),
    Place("joint-aside", "/joint-answers/{joint}/remarks/{joint_remark}/aside", NGO),
    Place("joint-settle", "/joint-answers/{joint}/settle", NGO),
    Place("joint-review", "/joint-answers/{joint}/review", NGO),
    Place("joint-trail", "/joint-answers/{joint}/trail", NGO),
    Place("joint-send", "/joint-answers/{joint}/send", NGO),
    Place("joint-text", "/joint-answers/{joint}/text", NGO),
    Place("joint-remark", "/joint-answers/{joint}/remarks/new", NGO),
    Place("joint-code-unknown", "/with-code/nieznany", status=404),
    Place("joint-signatures", "/joint-answers/{joint_sent}/signatures", VILLAGE),
    Place("submissions", "/consultations/{open}/submissions", VILLAGE),
    Place("submissions-late", "/consultations/{open}/submissions?standing=waiting", VILLAGE),
    Place("submission-new", "/consultations/{open}/submissions/new", VILLAGE),
    Place("submission-returned", "/consultations/{open}/submissions/returned", VILLAGE),
    Place("comment-form", "/consultations/{open}/form"),
    Place("submission", "/consultations/{open}/submissions/{letter}", VILLAGE),
    Place("submission-receipt", "/consultations/{open}/submissions/{letter}/receipt", VILLAGE),
    # people
    Place("sign-in", "/sign-in"),
    Place("register", "/register"),
    Place("forgot", "/forgot"),
    Place("check-mail", "/check-mail"),
    Place("confirm-again", "/confirm"),
    Place("confirm-expired", "/confirm/nieznany", status=410),
    Place("reset-expired", "/reset/nieznany", status=410),
    Place("account", "/account", RESIDENT),
    Place("account-comments", "/account/comments", RESIDENT),
    Place("account-data", "/account/data", RESIDENT),
    Place("account-record", "/account/data/record", RESIDENT),
    Place("account-email", "/account/email", RESIDENT),
    Place("account-password", "/account/password", RESIDENT),
    Place("account-sessions", "/account/sessions", RESIDENT),
    Place("account-second-factor", "/account/second-factor", RESIDENT),
    Place("account-identities", "/account/identities", RESIDENT),
    Place("account-following", "/account/following", RESIDENT),
    # organisations and hosts
    Place("organisation", "/organisations/fundacja-a"),
    Place("organisation-edit", "/organisations/fundacja-a/edit", NGO),
    Place("organisation-people", "/organisations/fundacja-a/people", NGO),
    Place("organisation-join", "/organisations/fundacja-a/join", EDITOR),
    Place("organisation-leave", "/organisations/fundacja-a/leave", NGO),
    Place("organisation-new", "/organisations/new", RESIDENT),
    Place("host", "/hosts/urzad-miasta"),
    Place("host-village", "/hosts/gmina-wiejska"),
    Place("host-rules", "/hosts/urzad-miasta/rules"),
    Place("host-clause", "/hosts/urzad-miasta/clause"),
    Place("host-privacy", "/hosts/urzad-miasta/privacy"),
    Place("host-accessibility", "/hosts/urzad-miasta/accessibility"),
    Place("host-edit", "/hosts/urzad-miasta/edit", OFFICIAL),
    Place("host-edit-contact", "/hosts/urzad-miasta/edit/contact", OFFICIAL),
    Place("erase-sender", "/consultations/{open}/submissions/1/erase-sender", VILLAGE),
    Place("redact", "/comments/{register}/1/redact", OFFICIAL),
    Place("host-contact-views", "/hosts/urzad-miasta/contact-views", OFFICIAL),
    Place("host-edit-look", "/hosts/urzad-miasta/edit/look", OFFICIAL),
    Place("host-edit-text", "/hosts/urzad-miasta/edit/texts/clause", OFFICIAL),
    Place("host-edit-accessibility", "/hosts/urzad-miasta/edit/accessibility", OFFICIAL),
    # administration
    Place("admin", "/admin", ADMINISTRATOR),
    Place("admin-people", "/admin/people", ADMINISTRATOR),
    Place("admin-person", "/admin/people/{person}", ADMINISTRATOR),
    Place("admin-person-close", "/admin/people/{person}/close", ADMINISTRATOR),
    Place("admin-person-membership", "/admin/people/{person}/membership", ADMINISTRATOR),
    Place("admin-organisations", "/admin/organisations", ADMINISTRATOR),
    Place("admin-organisation-verify", "/admin/organisations/{waiting}/verify", ADMINISTRATOR),
    Place("admin-hosts", "/admin/hosts", ADMINISTRATOR),
    Place("admin-requests", "/admin/requests", ADMINISTRATOR),
    Place("admin-request", "/admin/requests/{request}", ADMINISTRATOR),
    Place("admin-letters", "/admin/letters", ADMINISTRATOR),
    Place("admin-search", "/admin/search", ADMINISTRATOR),
    Place("admin-record", "/admin/record", ADMINISTRATOR),
)

_CONSULTATION = "SELECT c.id FROM consultation c JOIN document d ON d.id = c.document_id WHERE d.kind = '{}'"
_REGISTER = "SELECT r.id FROM register r JOIN consultation c ON c.id = r.consultation_id JOIN document d ON d.id = c.document_id WHERE d.kind = '{}'"
_SLUG = "SELECT slug FROM document WHERE kind = '{}'"
_MEETING = "SELECT m.id FROM meeting m JOIN consultation c ON c.id = m.consultation_id JOIN document d ON d.id = c.document_id WHERE d.kind = 'strategy' AND {}"

_STATEMENTS = {
    "standard": _SLUG.format("standard"),
    "strategy": _SLUG.format("strategy"),
    "premises": _SLUG.format("regulation"),
    "agreement": _SLUG.format("model"),
    "asked_for": "SELECT t.section_id FROM section_text t JOIN change c ON c.id = t.change_id"
    " JOIN document d ON d.id = c.document_id WHERE d.kind = 'model' AND c.cause_kind = 'comment' LIMIT 1",
    "section": "SELECT o.section_id FROM occupancy o JOIN document d ON d.id = o.document_id"
    " WHERE d.kind = 'standard' AND o.until_no IS NULL ORDER BY o.rank LIMIT 1 OFFSET 6",
    "target": "SELECT t.id FROM comment_target t JOIN placement p ON p.target_id = t.id"
    " JOIN section s ON s.id = p.section_id JOIN document d ON d.id = s.document_id"
    " WHERE d.kind = 'standard' AND p.is_current AND t.scope = 'passage'"
    " ORDER BY p.state = 'uncertain' DESC, p.state = 'changed' DESC, t.id LIMIT 1",
    "closed": _CONSULTATION.format("standard"),
    "open": _CONSULTATION.format("strategy"),
    "silent": _CONSULTATION.format("programme"),
    "announced": _CONSULTATION.format("regulation"),
    "register": _REGISTER.format("standard"),
    "open_register": _REGISTER.format("strategy"),
    "joint": "SELECT id FROM joint_answer WHERE state = 'collecting'",
    "joint_sent": "SELECT id FROM joint_answer WHERE state = 'sent'",
    "joint_point": "SELECT p.id FROM joint_answer_point p JOIN joint_answer a ON a.id = p.answer_id WHERE a.state = 'collecting'",
    "joint_remark": "SELECT r.id FROM joint_answer_remark r WHERE r.set_aside_at IS NULL AND r.id NOT IN"
    " (SELECT remark_id FROM joint_answer_source) ORDER BY r.id LIMIT 1",
    "letter": "SELECT s.receipt_no FROM submission s JOIN submission_letter l ON l.submission_id = s.id",
    "group": "SELECT slug FROM working_group ORDER BY id LIMIT 1",
    "explanation": "SELECT id FROM explanation ORDER BY id DESC LIMIT 1",
    "opinion": "SELECT o.id FROM opinion o JOIN consultation c ON c.id = o.consultation_id"
    " JOIN document d ON d.id = c.document_id WHERE d.kind = 'strategy' ORDER BY o.id LIMIT 1",
    "meeting": _MEETING.format("m.cancelled_at IS NULL ORDER BY m.starts_at DESC LIMIT 1 OFFSET 2"),
    "meeting_past": _MEETING.format("m.cancelled_at IS NULL ORDER BY m.starts_at LIMIT 1"),
    "meeting_cancelled": _MEETING.format("m.cancelled_at IS NOT NULL"),
    "person": "SELECT id FROM person WHERE email LIKE 'mieszkanka%'",
    "editor": "SELECT id FROM person WHERE email LIKE 'miasto.redaktor%'",
    "waiting": "SELECT id FROM organisation WHERE verified_at IS NULL",
    "request": "SELECT id FROM data_request LIMIT 1",
}


def addresses(store: Path) -> dict[str, object]:
    """The parts of addresses in a store that holds the demonstration. Raises LookupError for one it does not hold."""
    known = {}
    with sqlite3.connect(store / "consult.sqlite3") as connection:
        for name, statement in _STATEMENTS.items():
            row = connection.execute(statement).fetchone()
            if row is None:
                raise LookupError(statement)
            known[name] = row[0]
    return known
