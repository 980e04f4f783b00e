"""What a consultation rests on: its shortest term, whom it has to reach, in which forms, and what is due afterwards.

The rules are those of the acts, as they stood at the end of 2025; citations are written as offices write them. A local
resolution may ask for more, so a host may set its own shortest term and its own addressees; nothing here is ever less
than the act. Duties name what the host still owes once the term has passed; `due` says by when, where an act says so.

What wants a lawyer's eye before anybody relies on it: whether the term of the revitalisation act is counted from the
day consultations begin also where the announcement came earlier (here: yes, as art. 6 ust. 5 says since 24 September
2023); how a municipal strategy whose proceedings began before that day is treated; whether art. 115 of the Civil Code,
which moves an end on a Saturday or holiday, also moves the fixed days 30 November and 31 May (here: it does not, they
are shown as they stand); and the terms a council of public benefit was given by its own statute.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.process.windows import days_given, term_end

LONGEST_OWN_TERM = 366
"""Days a host may ask of itself."""


class Form(StrEnum):
    """How people are heard. Codes are kept in tables and never change."""

    WRITTEN = "written"
    ORAL = "oral"
    MEETING = "meeting"
    DEBATE = "debate"
    WORKSHOP = "workshop"
    WALK = "walk"
    SURVEY = "survey"
    INTERVIEW = "interview"
    PANEL = "panel"
    DUTY = "duty"


FORMS = tuple(Form)

REVITALISATION_FORMS = frozenset(
    {
        Form.MEETING,
        Form.DEBATE,
        Form.WORKSHOP,
        Form.WALK,
        Form.SURVEY,
        Form.INTERVIEW,
        Form.PANEL,
        Form.ORAL,
    }
)
"""The forms of art. 6 ust. 3 pkt 2 of the revitalisation act, at least two of which go with comments in writing."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something the host owes, by its code, with the rule it comes from.

    `when` says how its day is found: `days` after the end of the consultation; `days` from delivery of the draft to
    the body that gives its opinion (known to nobody before); the `day` (month, day) of the year the consultation ends
    in, or `years_later`; before opening; or when it happens. A yearly programme consulted in 2026 is adopted that
    year, holds in 2027 and is accounted for in 2028.
    """

    code: str
    source: str
    when: Literal["after_end", "from_delivery", "fixed", "before", "event"]
    days: int = 0
    day: tuple[int, int] = (0, 0)
    years_later: int = 0

    def due(self, last_day: date) -> date | None:
        """By which day, for a consultation that ends on `last_day`; None where no day follows from that."""
        if self.when == "after_end" and self.days:
            return term_end(last_day, self.days)
        if self.when == "fixed":
            return date(last_day.year + self.years_later, *self.day)
        return None


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """What a consultation rests on. `source` is the rule as it is cited.

    `least_days` is the shortest term, None where only a local resolution can say; `usual_days` is what a form
    begins with; `counted_from` is the event that starts the term. `term_source` says which rule the term stands in.
    `addressees` are named as the act names them. `required_forms` must all be used, and of `one_of_forms` at least
    `one_of_least`. `letters` is what decides about a letter that was posted in time and came late: "postmark" where the
    act, or one it refers to, has a letter count from its postmark (art. 57 § 5 pkt 2 of the Code of Administrative
    Procedure), "receipt" where nothing does; a host may always announce that the postmark decides, never take it back
    from people an act gives it to. None of the acts below refers to that rule: what art. 41 of the environment act
    leaves unconsidered, say, is what was handed in after the term. `report_title` is what the account of the consultation is called, and `report_days` how long the
    host has for it after the end, None where nothing says.
    """

    code: str
    source: str
    least_days: int | None
    usual_days: int
    term_source: str = ""
    counted_from: Literal["announcement", "opening"] = "announcement"
    addressees: tuple[str, ...] = ()
    required_forms: frozenset[Form] = frozenset({Form.WRITTEN})
    one_of_forms: frozenset[Form] = frozenset()
    one_of_least: int = 0
    form_source: str = ""
    names_meetings: bool = False
    letters: Literal["receipt", "postmark"] = "receipt"
    report_title: str = "raport z konsultacji"
    report_days: int | None = None
    duties: tuple[Duty, ...] = field(default=())

    def least(self, own_days: int | None) -> int | None:
        """The shortest term: the act's or the host's own, whichever is longer."""
        return max((days for days in (self.least_days, own_days) if days), default=None)

    def decides(self, announced: str) -> str:
        """What decides about letters where the host announces this: never less than the act gives."""
        return "postmark" if "postmark" in (self.letters, announced) else "receipt"


_STRATEGY = "ustawy z dnia 6 grudnia 2006 r. o zasadach prowadzenia polityki rozwoju"
_BENEFIT = "ustawy z dnia 24 kwietnia 2003 r. o działalności pożytku publicznego i o wolontariacie"
_REVITALISATION = "ustawy z dnia 9 października 2015 r. o rewitalizacji"
_ENVIRONMENT = (
    "ustawy z dnia 3 października 2008 r. o udostępnianiu informacji o środowisku i jego ochronie, "
    "udziale społeczeństwa w ochronie środowiska oraz o ocenach oddziaływania na środowisko"
)
_INFORMATION = "ustawy z dnia 6 września 2001 r. o dostępie do informacji publicznej"
_COMMUNE = "ustawy z dnia 8 marca 1990 r. o samorządzie gminnym"

_COUNCIL = Duty("council_opinion", f"art. 41i ust. 2 {_BENEFIT}", "from_delivery", days=14)

LEGAL_BASES: dict[str, LegalBasis] = {
    basis.code: basis
    for basis in (
        LegalBasis(
            "strategy",
            f"art. 6 ust. 3–6 {_STRATEGY}",
            least_days=35,
            usual_days=35,
            term_source=f"art. 6 ust. 5 {_STRATEGY}",
            addressees=(
                "sąsiednie gminy i ich związki",
                "lokalni partnerzy społeczni i gospodarczy",
                "mieszkańcy gminy",
                "dyrektor regionalnego zarządu gospodarki wodnej Państwowego Gospodarstwa Wodnego Wody Polskie",
            ),
            required_forms=frozenset({Form.WRITTEN, Form.MEETING}),
            form_source=f"art. 6 ust. 4 {_STRATEGY}",
            names_meetings=True,
            report_title="sprawozdanie z przebiegu i wyników konsultacji",
            report_days=30,
            duties=(
                _COUNCIL,
                Duty("report_online", f"art. 6 ust. 6 {_STRATEGY}", "after_end", days=30),
                Duty("environment_alongside", f"art. 39 i art. 46 {_ENVIRONMENT}", "event"),
            ),
        ),
        LegalBasis(
            "programme",
            f"art. 5 ust. 5 i art. 5a ust. 1 {_BENEFIT}",
            least_days=None,
            usual_days=14,
            term_source=f"art. 5 ust. 5 {_BENEFIT}",
            addressees=(
                "organizacje pozarządowe",
                "podmioty wymienione w art. 3 ust. 3 ustawy o działalności pożytku publicznego i o wolontariacie",
                "rada działalności pożytku publicznego",
            ),
            report_title="protokół z konsultacji",
            duties=(
                _COUNCIL,
                Duty("opinion_attached", f"art. 5a ust. 2a {_BENEFIT}", "event"),
                Duty("adopted", f"art. 5a ust. 1 {_BENEFIT}", "fixed", day=(11, 30)),
                Duty("bulletin", f"art. 6 ust. 1 pkt 1 lit. c i art. 8 ust. 3 {_INFORMATION}", "event"),
                Duty("performance_report", f"art. 5a ust. 3 {_BENEFIT}", "fixed", day=(5, 31), years_later=2),
            ),
        ),
        LegalBasis(
            "revitalisation",
            f"art. 6 {_REVITALISATION}",
            least_days=35,
            usual_days=35,
            term_source=f"art. 6 ust. 5 {_REVITALISATION}",
            counted_from="opening",
            addressees=(
                "mieszkańcy obszaru rewitalizacji oraz właściciele, użytkownicy wieczyści nieruchomości "
                "i podmioty zarządzające nieruchomościami na tym obszarze",
                "pozostali mieszkańcy gminy",
                "podmioty prowadzące lub zamierzające prowadzić na obszarze gminy działalność gospodarczą",
                "podmioty prowadzące lub zamierzające prowadzić na obszarze gminy działalność społeczną, "
                "w tym organizacje pozarządowe i grupy nieformalne",
                "jednostki samorządu terytorialnego i ich jednostki organizacyjne",
                "organy władzy publicznej",
            ),
            one_of_forms=REVITALISATION_FORMS,
            one_of_least=2,
            form_source=f"art. 6 ust. 4 {_REVITALISATION}",
            report_title="informacja podsumowująca konsultacje społeczne",
            duties=(
                Duty("announced_in_four_ways", f"art. 6 ust. 2 {_REVITALISATION}", "before"),
                Duty("summary_of_forms", f"art. 6 {_REVITALISATION}", "event"),
            ),
        ),
        LegalBasis(
            "environment",
            f"art. 39 ust. 1 {_ENVIRONMENT}",
            least_days=21,
            usual_days=21,
            term_source=f"art. 39 ust. 1 pkt 4 {_ENVIRONMENT}",
            addressees=("każdy",),
            required_forms=frozenset({Form.WRITTEN, Form.ORAL}),
            form_source=f"art. 40 {_ENVIRONMENT}",
            report_title="uzasadnienie z informacją o udziale społeczeństwa",
            duties=(
                Duty("late_unconsidered", f"art. 41 {_ENVIRONMENT}", "event"),
                Duty("reasons_attached", f"art. 42 pkt 2 {_ENVIRONMENT}", "event"),
                Duty("adoption_announced", f"art. 43 {_ENVIRONMENT}", "event"),
            ),
        ),
        LegalBasis(
            "resolution",
            f"art. 5a {_COMMUNE}",
            least_days=None,
            usual_days=21,
            term_source=f"art. 5a ust. 2 {_COMMUNE}",
            addressees=("mieszkańcy gminy",),
            duties=(Duty("as_resolved", f"art. 5a ust. 2 {_COMMUNE}", "event"),),
        ),
    )
}
"""Every legal basis by its code. Terms are those of the acts; a local resolution may ask for more."""


# --- the term ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it was counted: `starts_on` is the day of the event, itself left out; `given` days follow it.

    `least` is the shortest lawful number of days and `earliest` the earliest lawful last day, both None where nothing
    sets a term; `unmoved` is where the shortest term would have ended, had that been a working day.
    """

    starts_on: date
    last_day: date
    given: int
    least: int | None
    earliest: date | None
    unmoved: date | None
    counted_from: Literal["announcement", "opening"]

    @property
    def is_too_short(self) -> bool:
        return self.earliest is not None and self.last_day < self.earliest


def count_term(
    basis: LegalBasis, *, announced_on: date, opens_on: date, last_day: date, own_days: int | None = None
) -> Term:
    """How a term ending with `last_day` stands against the act and the host's own rule.

    A term counted from the beginning of a consultation starts with its opening, any other with the announcement.
    """
    starts_on = opens_on if basis.counted_from == "opening" else announced_on
    least = basis.least(own_days)
    return Term(
        starts_on=starts_on,
        last_day=last_day,
        given=days_given(starts_on, last_day),
        least=least,
        earliest=None if least is None else term_end(starts_on, least),
        unmoved=None if least is None else date.fromordinal(starts_on.toordinal() + least),
        counted_from=basis.counted_from,
    )


def earliest_end(basis: LegalBasis, starts_on: date, own_days: int | None = None) -> date | None:
    """The earliest lawful last day of a term that starts on a day; None where nothing sets a term."""
    least = basis.least(own_days)
    return None if least is None else term_end(starts_on, least)


def require_term(term: Term, basis: LegalBasis) -> None:
    """Raises RuleBroken("window_too_short") when a term ends before the earliest lawful day."""
    if term.is_too_short and term.earliest is not None:
        raise RuleBroken(
            "window_too_short",
            basis=basis.code,
            least_days=term.least,
            earliest=term.earliest.isoformat(),
            given=term.given,
        )


def checked_own_days(days: int | None) -> int | None:
    """A host's own shortest term. Raises InvalidInput("own_term") unless it is a number of days up to a year."""
    if days is not None and not 1 <= days <= LONGEST_OWN_TERM:
        raise InvalidInput("own_term", field="own_days", limit=LONGEST_OWN_TERM)
    return days


def missing_forms(basis: LegalBasis, used: Iterable[str]) -> tuple[frozenset[Form], int]:
    """Forms the act asks for that are not used, and how many more of the forms to choose from are wanted."""
    chosen = {Form(code) for code in used if code in FORMS}
    wanted = basis.one_of_least - len(chosen & basis.one_of_forms)
    return basis.required_forms - chosen, max(0, wanted)


def report_due(basis: LegalBasis, last_day: date) -> date | None:
    """The last day for the report after a consultation that ended on `last_day`; None where the law sets none."""
    return None if basis.report_days is None else term_end(last_day, basis.report_days)
