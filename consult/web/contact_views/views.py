"""Who looked at whose contact data, for those who look after the host."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.services import contact_views as service
from consult.services import senders
from consult.services.authority import require
from consult.services.hosts import change_retention
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries import submission_files as file_queries
from consult.storage.queries.contact_views import ViewRow
from consult.web.contact_views.forms import EraseSender, SetRetention
from consult.web.contact_views.presenters import ContactViewsPage, ErasePage, Subject, ViewLine
from consult.web.shared.addresses import whole_number
from consult.web.shared.calls import Pages
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.hosts import show_host
from consult.web.shared.i18n import as_written, moment
from consult.web.shared.presenters import Link
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor

ON_A_PAGE = 50
NAMED = 6
"""Submissions named in a line; a page of the register shows up to fifty."""


def list_all(slug: str) -> ResponseReturnValue:
    host = organisation_queries.get_host_page(slug)
    require(current_actor(), Permission.MANAGE_HOST, Target(host_id=host.id))
    form = SetRetention()
    if not form.is_submitted():
        form.months.data = str(host.retention_months)
    elif form.is_sent():
        try:
            change_retention(current_actor(), slug, form.months.data or "", now=now())
        except InvalidInput as error:
            refuse(form, error)
        else:
            say("done", gettext("Saved."))
            return redirect(url_for("contact_views.list_all", slug=slug), code=303)
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
    shown = render_template("contact_views/list_all.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def erase_sender(consultation_id: int, receipt_no: int) -> ResponseReturnValue:
    """Erase the data of whoever sent a submission without an account, at their request."""
    consultation = consultation_queries.get_consultation(consultation_id)
    require(current_actor(), Permission.SEE_PERSON_DATA, Target(host_id=consultation.host_id))
    file_queries.get_submission_id(consultation.register_id, receipt_no)
    show_host(consultation.host_id)
    back = url_for("submissions.show", consultation_id=consultation_id, receipt_no=receipt_no)
    form = EraseSender()
    if form.is_sent():
        try:
            senders.erase_sender(
                current_actor(), consultation_id, receipt_no, reason=form.reason.data or "", now=now()
            )
        except (InvalidInput, RuleBroken) as error:
            refuse(form, error)
        else:
            say("done", gettext("The data of the sender were erased."))
            return redirect(back, code=303)
    page = ErasePage(receipt_no, back)
    shown = render_template("contact_views/erase_sender.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


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
