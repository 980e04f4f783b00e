"""A term as pages show it: counted, held against the act, with what is due afterwards."""

from __future__ import annotations

from datetime import date, datetime, time

from flask_babel import gettext

from consult.domain.errors import ConsultError, InvalidInput
from consult.domain.process.legal_bases import (
    LEGAL_BASES,
    LegalBasis,
    Term,
    count_term,
    missing_forms,
    report_due,
)
from consult.domain.process.windows import (
    LAST_MINUTE,
    WARSAW,
    comes_twice,
    is_working_day,
    last_moment,
    named_moment,
    term_end,
)
from consult.services.consultations import as_announced, term_of
from consult.storage.queries.consultations import ConsultationRow
from consult.web.consultations.forms import AnnounceForm, OpenConsultation
from consult.web.consultations.presenters import DutyLine, TermPanel
from consult.web.shared.heads import now
from consult.web.shared.i18n import day


def term_panel(
    basis: LegalBasis,
    term: Term | None,
    *,
    forms: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
    was_checked: bool = False,
) -> TermPanel:
    """The panel of a preset, with the term where there is one to count."""
    missing, more = missing_forms(basis, forms)
    empty = TermPanel(
        basis=basis.code,
        source=basis.source,
        counted_from=basis.counted_from,
        report_title=basis.report_title,
        least=basis.least_days,
        missing_forms=tuple(sorted(missing)),
        more_forms=more,
        notes=notes,
        duties=_duties(basis, term.last_day if term else None),
        addressees=basis.addressees,
        term_source=basis.term_source,
        was_checked=was_checked,
    )
    if term is None:
        return empty
    due = report_due(basis, term.last_day)
    offered = offered_end(basis, term)
    return TermPanel(
        basis=empty.basis,
        source=empty.source,
        counted_from=empty.counted_from,
        report_title=empty.report_title,
        starts=day(term.starts_on),
        last_day=day(term.last_day),
        given=term.given,
        least=term.least,
        earliest=day(term.earliest) if term.earliest else None,
        offered=day(offered) if offered != term.last_day else None,
        unmoved=day(term.unmoved) if term.unmoved and term.unmoved != term.earliest else None,
        is_too_short=term.is_too_short,
        ends_on_free_day=not is_working_day(term.last_day),
        report_due=day(due) if due else None,
        missing_forms=empty.missing_forms,
        more_forms=more,
        notes=notes,
        duties=empty.duties,
        addressees=empty.addressees,
        term_source=empty.term_source,
        was_checked=was_checked,
    )


def offered_end(basis: LegalBasis, term: Term) -> date:
    """The last day a form offers: the earliest lawful one, else that of the usual term."""
    return term.earliest or term_end(term.starts_on, basis.usual_days)


def put_end(form: OpenConsultation | AnnounceForm, last_day: date) -> None:
    """Put the end of a sent form on another day, so that the page shows it and not what was sent."""
    form.closes_on.data, form.closes_time.data = last_day, LAST_MINUTE
    form.closes_on.raw_data = form.closes_time.raw_data = None


def panel_of(row: ConsultationRow) -> TermPanel:
    """The term of a consultation as it stands, or as it would were it announced now."""
    row = as_announced(row, now())
    basis = LEGAL_BASES[row.legal_basis]
    term = term_of(basis, row.counted_on, row.opens_at, row.closes_at, row.own_days)
    return term_panel(basis, term, forms=row.forms)


def basis_of_form(form: OpenConsultation) -> LegalBasis:
    return LEGAL_BASES.get(form.legal_basis.data or "") or LEGAL_BASES["resolution"]


def term_of_form(form: OpenConsultation) -> Term | None:
    """The term a form describes, announced today; None where days and hours say none."""
    try:
        opens, closes = moments_of(form)
        own = form.own_term()
    except (ConsultError, TypeError):
        return None
    return count_term(
        basis_of_form(form),
        announced_on=min(now(), opens).astimezone(WARSAW).date(),
        opens_on=opens.astimezone(WARSAW).date(),
        last_day=last_moment(closes).date(),
        own_days=own,
    )


def panel_of_form(form: OpenConsultation, *, was_checked: bool) -> TermPanel:
    """The term a form describes; without one where days and hours say none."""
    basis, term = basis_of_form(form), term_of_form(form)
    forms = tuple(form.forms.data or ())
    if term is None:
        return term_panel(basis, None, forms=forms, was_checked=was_checked)
    notes = clock_notes(
        (form.opens_on.data, form.opens_time.data or time(0, 0), False),
        (form.closes_on.data, form.closes_time.data or LAST_MINUTE, True),
    )
    return term_panel(basis, term, forms=forms, notes=notes, was_checked=was_checked)


def moments_of(form: OpenConsultation) -> tuple[datetime, datetime]:
    """Beginning and end a form names. Raises InvalidInput about a day or an hour there is not."""
    return (
        moment_named(form.opens_on.data, form.opens_time.data or time(0, 0), "opens", is_end=False),
        moment_named(form.closes_on.data, form.closes_time.data or LAST_MINUTE, "closes", is_end=True),
    )


def moment_named(on: date | None, hour: time, which: str, *, is_end: bool) -> datetime:
    """A moment by its day and hour; `which` is the beginning of the names of the fields they stand in."""
    if on is None:
        raise InvalidInput("date", field=f"{which}_on")
    return named_moment(on, hour, field=f"{which}_time", is_end=is_end)


def clock_notes(*named: tuple[date | None, time, bool]) -> tuple[str, ...]:
    """What is to be known of hours in the night clocks go back."""
    found = []
    for on, hour, is_end in named:
        if on is None or not comes_twice(on, hour):
            continue
        facts = {"day": day(on).text, "hour": f"{hour:%H:%M}"}
        found.append(
            gettext("On %(day)s clocks go back and %(hour)s comes twice; the second one is meant.", **facts)
            if is_end
            else gettext(
                "On %(day)s clocks go back and %(hour)s comes twice; the first one is meant.", **facts
            )
        )
    return tuple(found)


def _duties(basis: LegalBasis, last_day: date | None) -> tuple[DutyLine, ...]:
    today = now().astimezone(WARSAW).date()
    lines = []
    for duty in basis.duties:
        due = duty.due(last_day) if last_day else None
        lines.append(
            DutyLine(
                code=duty.code,
                source=duty.source,
                due=day(due) if due else None,
                days=duty.days,
                is_past=due is not None and due < today,
            )
        )
    return tuple(lines)
