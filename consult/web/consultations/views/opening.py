"""Opening a consultation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, InvalidInput
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.legal_bases import LEGAL_BASES
from consult.domain.process.windows import term_end
from consult.services import consultations as service
from consult.services.authority import require
from consult.storage.queries import documents as document_queries
from consult.storage.queries.documents import VersionRow
from consult.web.consultations.forms import OpenConsultation
from consult.web.consultations.presenters import OpeningPage
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import refuse
from consult.web.shared.heads import document_head, document_href, now
from consult.web.shared.i18n import HOME
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor, current_viewer

LAST_MINUTE = time(23, 59)


def new(slug: str) -> ResponseReturnValue:
    document = document_queries.get_document(slug, current_viewer())
    require(current_actor(), Permission.OPEN_CONSULTATION, Target(host_id=document.host_id))
    form = OpenConsultation()
    versions = document_queries.list_versions(document.id)
    form.version.choices = [
        (str(row.number), gettext("%(label)s, version %(number)s", label=row.label, number=row.number))
        for row in versions
    ]
    if request.method == "GET":
        _fill(form, versions)
    elif form.is_sent():
        try:
            _open(slug, document.title, form)
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The consultation is announced; comments are taken in its time."))
            return redirect(document_href(document), code=303)
    page = OpeningPage(head=document_head(document), back_href=document_href(document))
    shown = render_template("consultations/new.html", page=page, form=form, bases=_bases())
    return (shown, 422) if form.errors else shown


def _bases() -> list[tuple[str, str]]:
    words = {
        "strategy": gettext("Development strategy"),
        "programme": gettext("Programme of cooperation with NGOs"),
        "revitalisation": gettext("Revitalisation"),
        "environment": gettext("Environmental assessment"),
        "resolution": gettext("Own resolution of the municipality"),
    }
    return [(code, words.get(code, code)) for code in LEGAL_BASES]


def _fill(form: OpenConsultation, versions: Sequence[VersionRow]) -> None:
    """From now until the end of the usual term."""
    at = now().astimezone(HOME)
    form.opens_on.data, form.opens_time.data = at.date(), at.time().replace(second=0, microsecond=0)
    usual = LEGAL_BASES["resolution"].usual_days
    form.closes_on.data, form.closes_time.data = term_end(at.date(), usual), LAST_MINUTE
    if versions:
        form.version.data = str(versions[0].number)


def _open(slug: str, title: str, form: OpenConsultation) -> None:
    opens_on, closes_on = form.opens_on.data, form.closes_on.data
    if opens_on is None:
        raise InvalidInput("date", field="opens_on")
    if closes_on is None:
        raise InvalidInput("date", field="closes_on")
    opens = datetime.combine(opens_on, form.opens_time.data or time(0, 0), tzinfo=HOME)
    last = datetime.combine(closes_on, form.closes_time.data or LAST_MINUTE, tzinfo=HOME)
    # a minute people name as the last is open to its end
    closes = last.astimezone(UTC) + timedelta(minutes=1)
    service.open_consultation(
        current_actor(),
        slug,
        version_no=whole_number(form.version.data) or 0,
        title=title,
        legal_basis=form.legal_basis.data or "",
        summary=form.summary.data or "",
        opens_at=opens.astimezone(UTC),
        closes_at=closes,
        now=now(),
    )
