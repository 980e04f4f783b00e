"""What every page of administration shares: its areas, and pages of long lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext

from consult.web.shared.addresses import address_with, whole_number
from consult.web.shared.presenters import Link

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one is in a long list; `previous_href` and `next_href` are empty at its ends."""

    total: int
    text: str
    previous_href: str = ""
    next_href: str = ""


def areas() -> tuple[Link, ...]:
    """The areas of administration, the one shown marked."""
    here = (request.endpoint or "").removeprefix("admin.")
    names = (
        ("overview", gettext("Today"), ("overview",)),
        ("people", gettext("People"), ("people", "person", "act_on_person")),
        ("organisations", gettext("Organisations"), ("organisations", "act_on_organisation")),
        ("hosts", gettext("Hosts"), ("hosts",)),
        ("requests", gettext("Requests about data"), ("requests", "data_request")),
        ("letters", gettext("Letters"), ("letters",)),
        ("search_index", gettext("Search index"), ("search_index",)),
        ("record", gettext("Record of acts"), ("record",)),
    )
    return tuple(Link(text, url_for(f"admin.{name}"), here in shown) for name, text, shown in names)


def asked_page() -> int:
    """The page of a list that was asked for, from 1 on."""
    return max(1, min(whole_number(request.args.get("page")) or 1, 100_000))


def pages(endpoint: str, number: int, total: int, query: Mapping[str, str] | None = None) -> Pages:
    """Words and links for one page of a list of `total`."""
    last = max(1, -(-total // PAGE_SIZE))

    def to(page: int) -> str:
        return address_with(endpoint, {}, {**(query or {}), "page": str(page)})

    return Pages(
        total=total,
        text=gettext("Page %(number)s of %(last)s", number=number, last=last) if last > 1 else "",
        previous_href=to(number - 1) if 1 < number <= last + 1 else "",
        next_href=to(number + 1) if number < last else "",
    )
