"""The list of all consultations, past ones too."""

from __future__ import annotations

from flask import render_template, request
from flask_babel import gettext, pgettext

from consult.storage.queries import listings
from consult.storage.queries.listings import STATES, CallFilter
from consult.web.consultations.presenters_front import CallList
from consult.web.shared.addresses import address_with, printable, whole_number
from consult.web.shared.calls import Pages, call_of, choice
from consult.web.shared.fields import field_choices
from consult.web.shared.heads import now
from consult.web.shared.places import built
from consult.web.shared.presenters import Link

ON_A_PAGE = 20


def list_all() -> str:
    """Consultations narrowed by what the address says, twenty on a page."""
    at = now()
    areas, years = listings.list_areas_and_years()
    asked = {name: printable(request.args.get(name, ""))[:300] for name in ("host", "field", "area", "year")}
    choices = (
        choice("host", gettext("Host"), gettext("all hosts"), listings.list_calling_hosts(), asked["host"]),
        choice("field", gettext("Field"), gettext("all fields"), field_choices(), asked["field"]),
        choice(
            "area", gettext("Area"), gettext("all areas"), [(area, area) for area in areas], asked["area"]
        ),
        choice(
            "year", gettext("Year"), gettext("all years"), [(str(year),) * 2 for year in years], asked["year"]
        ),
    )
    chosen = {one.name: one.chosen for one in choices}
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    wanted = CallFilter(
        state=state,
        host=chosen["host"],
        field=chosen["field"],
        area=chosen["area"],
        year=whole_number(chosen["year"]),
    )
    counts = listings.count_calls(wanted, at)
    count = counts[state] if state else sum(counts.values())
    number = min(max(whole_number(request.args.get("page")) or 1, 1), max(-(-count // ON_A_PAGE), 1))
    rows = listings.list_calls(wanted, at, limit=ON_A_PAGE, offset=(number - 1) * ON_A_PAGE)
    page = CallList(
        calls=tuple(call_of(row, at) for row in rows),
        count=count,
        states=tuple(
            Link(
                text,
                address_with("consultations.list_all", {}, {**chosen, "state": code}),
                code == state,
                counts[code] if code else sum(counts.values()),
            )
            for code, text in _state_words()
        ),
        state=state,
        choices=choices,
        is_narrowed=any(chosen.values()),
        pages=_pages(number, count, {**chosen, "state": state}),
        list_href=address_with("consultations.list_all", {}, {"state": state}),
        all_href=address_with("consultations.list_all", {}, {}),
        feed_href=built("/feeds/consultations.atom"),
        calendar_href=built("/calendars/consultations.ics"),
    )
    return render_template("consultations/list.html", page=page)


def _state_words() -> list[tuple[str, str]]:
    return [
        ("", gettext("All")),
        ("open", pgettext("consultations", "Open")),
        ("announced", pgettext("consultations", "Announced")),
        ("answering", gettext("Considering comments")),
        ("reported", pgettext("consultations", "Finished")),
        ("cancelled", pgettext("consultations", "Cancelled")),
    ]


def _pages(number: int, count: int, query: dict[str, str]) -> Pages:
    last = max(-(-count // ON_A_PAGE), 1)

    def href(page: int) -> str:
        return address_with("consultations.list_all", {}, {**query, "page": page if page > 1 else ""})

    return Pages(
        number,
        last,
        href(number - 1) if number > 1 else "",
        href(number + 1) if number < last else "",
    )
