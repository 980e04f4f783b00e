"""The record of administrative acts: who did what to whom, when and why."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext

from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services.authority import require
from consult.storage.queries import administration as queries
from consult.storage.queries.administration import ActRow
from consult.web.admin.acts import ACTS
from consult.web.admin.presenters.frame import PAGE_SIZE, areas, asked_page, pages
from consult.web.admin.presenters.record import ActEntry, RecordPage
from consult.web.shared.i18n import moment
from consult.web.shared.viewers import current_actor


def record() -> str:
    require(current_actor(), Permission.ADMINISTER, Target())
    number, kinds = asked_page(), tuple(ACTS)
    rows = queries.list_acts(kinds, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    page = RecordPage(
        areas=areas(),
        entries=tuple(_entry(row) for row in rows),
        pages=pages("admin.record", number, queries.count_acts(kinds)),
    )
    return render_template("admin/record.html", page=page)


def _entry(row: ActRow) -> ActEntry:
    person_id = row.refs.get("person_id")
    facts = {
        "person": row.person_name or gettext("account %(number)s", number=person_id or "?"),
        "organisation": row.organisation_name or "?",
        "number": person_id or "?",
    }
    return ActEntry(
        at=moment(row.at),
        who=row.actor_name or gettext("The system"),
        what=str(ACTS[row.kind]) % facts,
        href=url_for("admin.person", person_id=int(person_id)) if person_id else "",
        reason=row.reason or "",
    )
