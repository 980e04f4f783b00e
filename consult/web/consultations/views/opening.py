"""Opening a consultation: a preset of its legal basis, its term counted as the law counts, what people have to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, NotFound
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.legal_bases import FORMS, LEGAL_BASES, earliest_end
from consult.domain.process.windows import LAST_MINUTE, term_end
from consult.services import consultations as service
from consult.services.authority import require
from consult.storage.queries import consultations as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.documents import DocumentRow, VersionRow
from consult.storage.queries.listings import count_answered
from consult.storage.queries.organisations import get_host_page_by_id
from consult.web.consultations.forms import OpenConsultation
from consult.web.consultations.presenters import OpeningPage
from consult.web.consultations.views.terms import (
    basis_of_form,
    moments_of,
    offered_end,
    panel_of_form,
    put_end,
    term_of_form,
)
from consult.web.shared.addresses import address_with, whole_number
from consult.web.shared.fields import field_choices
from consult.web.shared.forms import refuse
from consult.web.shared.heads import document_head, document_href, now
from consult.web.shared.i18n import HOME
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor, current_viewer

BASIS_OF_KIND = {"strategy": "strategy", "programme": "programme"}
"""The legal basis a form begins with, by the kind of the document."""


def new(slug: str) -> ResponseReturnValue:
    document = document_queries.get_document(slug, current_viewer())
    require(current_actor(), Permission.OPEN_CONSULTATION, Target(host_id=document.host_id))
    form = OpenConsultation()
    versions = document_queries.list_versions(document.id)
    form.version.choices = [
        (str(row.number), gettext("%(label)s, version %(number)s", label=row.label, number=row.number))
        for row in versions
    ]
    is_check = False
    if request.method == "GET":
        _fill(form, document, versions)
    elif form.is_sent():
        is_check = form.then.data in ("check", "earliest")
        if is_check:
            _follow_basis(form)
        try:
            if is_check:
                _check(form)
            else:
                consultation_id = _open(document, form)
                say(
                    "done",
                    gettext(
                        "The consultation is prepared. Only your team sees it until its announcement is published."
                    ),
                )
                return redirect(
                    url_for("consultations.announcement", consultation_id=consultation_id), code=303
                )
        except ConsultError as error:
            refuse(form, error)
    unanswered, answers_href = _unanswered(document)
    page = OpeningPage(
        head=document_head(document),
        back_href=document_href(document),
        term=panel_of_form(form, was_checked=is_check or bool(form.errors)),
        bases=tuple(
            (code, address_with("consultations.new", {"slug": slug}, {"basis": code})) for code in LEGAL_BASES
        ),
        unanswered=unanswered,
        answers_href=answers_href,
    )
    shown = render_template(
        "consultations/new.html",
        page=page,
        form=form,
        fields=field_choices(),
        forms=[str(code) for code in FORMS],
    )
    return (shown, 422) if form.errors else shown


def _follow_basis(form: OpenConsultation) -> None:
    """Another legal basis brings the forms it asks for, and its addressees where nobody changed those of the last; what
    was ticked stays ticked."""
    basis, before = basis_of_form(form), LEGAL_BASES.get(form.counted_basis.data or "")
    if before is not None and before is not basis:
        chosen = {*(form.forms.data or ()), *basis.required_forms}
        form.forms.data = [str(code) for code in FORMS if code in chosen]
        if (form.addressees.data or "").splitlines() == list(before.addressees):
            form.addressees.data = "\n".join(basis.addressees)
    form.counted_basis.data = basis.code


def _unanswered(document: DocumentRow) -> tuple[int, str]:
    """(comments of the document's last consultation that wait for an answer, where they are answered)."""
    for row in queries.list_consultations(document_id=document.id):
        if row.is_cancelled:
            continue
        left = 0 if row.is_answered else row.comment_count - count_answered([row.id]).get(row.id, 0)
        return max(left, 0), url_for("dispositions.queue", consultation_id=row.id)
    return 0, ""


def _check(form: OpenConsultation) -> None:
    """Whether the times can be at all; raises what a service would."""
    if form.then.data == "earliest" and (term := term_of_form(form)) is not None:
        put_end(form, offered_end(basis_of_form(form), term))
    opens, closes = moments_of(form)
    form.own_term()
    service.check_times(opens, closes, now())


def _fill(form: OpenConsultation, document: DocumentRow, versions: Sequence[VersionRow]) -> None:
    """The preset: from now until the end of the usual term, addressees and forms of the act, addresses of the host."""
    asked = request.args.get("basis", "")
    code = asked if asked in LEGAL_BASES else BASIS_OF_KIND.get(document.kind, "resolution")
    basis = LEGAL_BASES[code]
    at = now().astimezone(HOME)
    form.title.data = gettext("Consultation of “%(title)s”", title=document.title)[:300]
    form.legal_basis.data = form.counted_basis.data = code
    form.opens_on.data, form.opens_time.data = at.date(), at.time().replace(second=0, microsecond=0)
    form.closes_on.data = earliest_end(basis, at.date()) or term_end(at.date(), basis.usual_days)
    form.closes_time.data = LAST_MINUTE
    form.addressees.data = "\n".join(basis.addressees)
    form.forms.data = [str(one) for one in FORMS if one in basis.required_forms]
    if versions:
        form.version.data = str(versions[0].number)
    _fill_addresses(form, document)


def _fill_addresses(form: OpenConsultation, document: DocumentRow) -> None:
    """Where comments are sent: as in the host's last consultation, else as on its own page."""
    last = queries.find_last_of_host(document.host_id)
    if last is not None:
        for code, address in last.channels:
            form[code].data = address
        form.contact.data, form.reading_place.data = last.contact, last.reading_place
        form.local_rule.data = last.local_rule
        form.own_days.data = str(last.own_days or "")
        form.decides.data = last.decides
        form.area.data = last.area
        if last.channels:
            return
    try:
        host = get_host_page_by_id(document.host_id)
    except NotFound:
        return
    form.paper.data = ", ".join(part for part in (host.name, " ".join(host.seat.split())) if part)
    form.email.data, form.phone.data = host.email, host.phone
    form.edoreczenia.data = host.e_delivery if host.e_delivery.upper().startswith("AE:PL") else ""
    form.epuap.data = "" if form.edoreczenia.data else host.e_delivery
    form.duty.data = ", ".join(
        " ".join(part.split()) for part in (host.duty_address, host.duty_hours) if part
    )


def _open(document: DocumentRow, form: OpenConsultation) -> int:
    opens, closes = moments_of(form)
    details = replace(
        form.details(),
        own_days=form.own_term(),
        decides=form.decides.data or "receipt",
        forms=tuple(form.forms.data or ()),
        departure_reason=form.departure_reason.data or "",
        is_departure_confirmed=bool(form.departure_confirmed.data),
    )
    return service.open_consultation(
        current_actor(),
        document.slug,
        version_no=whole_number(form.version.data) or 0,
        title=form.title.data or document.title,
        legal_basis=form.legal_basis.data or "",
        summary=form.summary.data or "",
        details=details,
        opens_at=opens,
        closes_at=closes,
        announce=False,
        now=now(),
    )
