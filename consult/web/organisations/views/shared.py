"""What the views of organisations and hosts share."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext

from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.storage.queries.organisations import HostedRow, HostPageRow, OrganisationRow
from consult.web.organisations.presenters import HostHead, Standing
from consult.web.shared.hosts import host_frame
from consult.web.shared.i18n import day
from consult.web.shared.presenters import DocumentRow, Link
from consult.web.shared.viewers import current_actor


def may(permission: Permission, organisation_id: int) -> bool:
    """Whether the reader may do something to an organisation: to show or hide a link, never to guard."""
    return is_allowed(current_actor(), permission, Target(host_id=organisation_id))


def standing(row: OrganisationRow) -> Standing:
    if row.is_verified:
        return "verified"
    return "refused" if row.refused_at else "waiting"


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def document_rows(rows: Sequence[HostedRow], host: str) -> tuple[DocumentRow, ...]:
    return tuple(
        DocumentRow(
            title=row.title,
            kind=row.kind,
            href=url_for("documents.show", slug=row.slug),
            stage=row.stage,
            host=host,
            detail=gettext("changed %(day)s", day=day(row.changed_at).text),
            language=row.language,
        )
        for row in rows
    )


def host_head(row: HostPageRow, current: str = "") -> HostHead:
    """The head of a host's pages, the tab called `current` marked."""
    frame = host_frame(row.id, row=row)
    tabs = (
        ("host", gettext("Home of the office")),
        ("rules", gettext("Rules of consultations")),
        ("clause", gettext("Information clause")),
        ("accessibility", gettext("Accessibility")),
        ("privacy", gettext("Privacy")),
    )
    return HostHead(
        name=row.name,
        short_name=row.short_name,
        href=frame.href,
        tabs=tuple(
            Link(words, url_for(f"organisations.{endpoint}", slug=row.slug), is_current=endpoint == current)
            for endpoint, words in tabs
        ),
        crest_href=frame.crest_href,
        look_href=frame.look_href,
        edit_href=url_for("organisations.edit_host", slug=row.slug)
        if may(Permission.MANAGE_HOST, row.id)
        else "",
    )
