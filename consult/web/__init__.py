"""How people reach us through a browser."""

from __future__ import annotations

from flask import Flask

from consult.web.accounts.routes import pages as accounts
from consult.web.admin.routes import pages as admin
from consult.web.appearances.routes import pages as appearances
from consult.web.attachments.routes import pages as attachments
from consult.web.collections.routes import pages as collections
from consult.web.comment_forms.routes import pages as comment_forms
from consult.web.comments.routes import pages as comments
from consult.web.comparison.routes import pages as comparison
from consult.web.consultations.routes import pages as consultations
from consult.web.contact_views.routes import pages as contact_views
from consult.web.cross_references.routes import pages as cross_references
from consult.web.definitions.routes import pages as definitions
from consult.web.discussion.routes import pages as discussion
from consult.web.dispositions.routes import pages as dispositions
from consult.web.documents.routes import pages as documents
from consult.web.feeds.routes import pages as feeds
from consult.web.groups.routes import pages as groups
from consult.web.health.routes import pages as health
from consult.web.joint_answers.routes import pages as joint_answers
from consult.web.meeting_decisions.routes import pages as meeting_decisions
from consult.web.meetings.routes import pages as meetings
from consult.web.moderation.routes import pages as moderation
from consult.web.notifications.routes import pages as notifications
from consult.web.organisations.routes import pages as organisations
from consult.web.pictures.routes import pages as pictures
from consult.web.placement_decisions.routes import pages as placement_decisions
from consult.web.proposals.routes import pages as proposals
from consult.web.provenance.routes import pages as provenance
from consult.web.redactions.routes import pages as redactions
from consult.web.requirements.routes import pages as requirements
from consult.web.saved_searches.routes import pages as saved_searches
from consult.web.search.routes import pages as search
from consult.web.section_notes.routes import pages as section_notes
from consult.web.section_statuses.routes import pages as section_statuses
from consult.web.shared.addresses import PUBLIC_ADDRESS
from consult.web.shared.errors import init_errors
from consult.web.shared.i18n import init_i18n
from consult.web.shared.kept_pages import init_kept_pages
from consult.web.shared.limits import EVERYBODY, init_limits
from consult.web.shared.routes import init_routes
from consult.web.shared.security import init_security
from consult.web.shared.site import init_site
from consult.web.shared.viewers import init_viewers
from consult.web.shared.watch import init_watch
from consult.web.similar.routes import pages as similar
from consult.web.submissions.routes import pages as submissions
from consult.web.unsaved_texts.routes import pages as unsaved_texts
from consult.web.working_notes.routes import pages as working_notes

BLUEPRINTS = (
    consultations,
    contact_views,
    documents,
    comments,
    discussion,
    moderation,
    submissions,
    comment_forms,
    dispositions,
    comparison,
    provenance,
    cross_references,
    definitions,
    redactions,
    requirements,
    section_notes,
    pictures,
    attachments,
    appearances,
    search,
    saved_searches,
    similar,
    accounts,
    organisations,
    groups,
    joint_answers,
    collections,
    proposals,
    placement_decisions,
    section_statuses,
    working_notes,
    meetings,
    meeting_decisions,
    feeds,
    notifications,
    unsaved_texts,
    admin,
    health,
)


def init_web(
    app: Flask,
    *,
    public_address: str,
    secure_cookies: bool = False,
    proxy_hops: int = 0,
    counters: str = EVERYBODY,
) -> None:
    """Give an application its pages; `counters` says where limits are counted."""
    app.config[PUBLIC_ADDRESS] = public_address
    init_security(app, secure_cookies=secure_cookies, proxy_hops=proxy_hops)
    init_viewers(app)
    init_errors(app)
    init_i18n(app)
    init_site(app)
    init_kept_pages(app)
    init_limits(app, counters)
    init_routes(app)
    for pages in BLUEPRINTS:
        app.register_blueprint(pages)
    init_watch(app, trusts_names=proxy_hops > 0)
