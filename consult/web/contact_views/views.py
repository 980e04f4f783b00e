"""Who looked at whose contact data, for those who look after the host."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_babel import gettext

from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.services import contact_views as service
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.contact_views import ViewRow
from consult.web.contact_views.presenters import ContactViewsPage, Subject, ViewLine
from consult.web.shared.addresses import whole_number
from consult.web.shared.calls import Pages
from consult.web.shared.hosts import show_host
from consult.web.shared.i18n import as_written, moment
from consult.web.shared.presenters import Link
from consult.web.shared.viewers import current_actor

ON_A_PAGE = 50
NAMED = 6
"""Submissions named in a line; a page of the register shows up to fifty."""


def list_all(slug: str) -> str:
    host = organisation_queries.get_host_page(slug)
    number = max(1, min(whole_number(request.args.get("page")) or 1, 100_000))
    rows = service.list_contact_views(
        current_actor(), host.id, offset=(number - 1) * ON_A_PAGE, limit=ON_A_PAGE
    )
    count = service.count_contact_views(current_actor(), host.id)
    show_host(host.id)
    opens = is_allowed(current_actor(), Permission.ANSWER_COMMENTS, Target(host_id=host.id))
    page = ContactViewsPage(
        host=host.name,
        host_href=url_for("organisations.edit_host", slug=slug),
        lines=tuple(_line(row, opens=opens) for row in rows),
        pages=_pages(slug, number, -(-count // ON_A_PAGE)),
    )
    return render_template("contact_views/list_all.html", page=page)


def _line(row: ViewRow, *, opens: bool) -> ViewLine:
    def href(receipt_no: int) -> str:
        if row.consultation_id is None or not opens:
            return ""
        return url_for("submissions.show", consultation_id=row.consultation_id, receipt_no=receipt_no)

    return ViewLine(
        at=moment(row.at),
        who=row.viewer or gettext("[name removed]"),
        place=row.place,
        where=Link(
            as_written(row.title, row.language),
            url_for("consultations.show", consultation_id=row.consultation_id) if row.consultation_id else "",
        ),
        subjects=tuple(Subject(one, href(one)) for one in row.receipts[:NAMED]),
        more=max(0, len(row.receipts) - NAMED),
    )


def _pages(slug: str, number: int, last: int) -> Pages:
    def href(page: int) -> str:
        return url_for("contact_views.list_all", slug=slug, page=page) if 1 <= page <= last else ""

    return Pages(number, last, href(number - 1), href(number + 1))
