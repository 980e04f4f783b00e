"""Giving an empty store the demonstration, as if people had worked in it for months.

Everything goes through the services people use, in the order in which it would have happened, at moments
counted back from now. It is one transaction: a store is given the whole demonstration or stays empty.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from consult.domain.consolidation.apply import proposed_paragraph
from consult.domain.policy.actors import ANONYMOUS, EDITOR, MEMBER, OFFICIAL, SYSTEM, Actor
from consult.domain.process.windows import WARSAW, closing, first_moment
from consult.domain.text.spans import Span
from consult.services import (
    accounts,
    comments,
    consultations,
    dispositions,
    documents,
    drafting,
    organisations,
    quotations,
)
from consult.services import search as search_service
from consult.services.comments import Pointing, Remark, Sender
from consult.services.dispositions import Wording
from consult.services.sockets import current_ports
from consult.services.together import all_or_nothing
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.documents import SectionRow
from consult.storage.queries.viewers import EVERYTHING

FOLDER = Path(__file__).parent

CITY_CONSULTATION_ENDED = 8
"""Days since the last day of the consultation on the standards."""
STRATEGY_DAYS_LEFT = 20
PROGRAMME_CONSULTATION_ENDED = 24

NGO_NAME = "Fundacja A"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demonstration; its password is known only from here."""

    email: str
    name: str
    role: str
    password: str

    def __str__(self) -> str:
        return f"{self.email:<34} {self.password:<18} {self.role}"


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who acts: the hosts' ids and the people as actors."""

    city: int
    village: int
    ngo: int
    city_official: Actor
    city_editor: Actor
    village_official: Actor
    village_editor: Actor
    ngo_member: Actor


def seed(now: datetime, *, keep: Callable[[list[DemoAccount]], None] = lambda _: None) -> list[DemoAccount]:
    """Fill an empty store and feed its index; the accounts made, with their passwords.

    Everything lies before `now`, but for the end of the consultation that is still open. `keep` is handed the
    accounts before anything is committed: a store never holds accounts whose passwords nobody has.
    """
    with all_or_nothing():
        cast, made = _people(now - timedelta(days=150))
        _standards(cast, now)
        _strategy(cast, now)
        _programme(cast, now)
        keep(made)
    search_service.reindex(now=current_ports().clock.now)
    return made


# --- people ------------------------------------------------------------------------------------------------------


def _people(at: datetime) -> tuple[_Cast, list[DemoAccount]]:
    city, village = (
        organisations.create_organisation(SYSTEM, name=name, slug=slug, kind="office", is_host=True, now=at)
        for name, slug in (("Urząd Miasta", "urzad-miasta"), ("Gmina Wiejska", "gmina-wiejska"))
    )
    ngo = organisations.create_organisation(SYSTEM, name=NGO_NAME, slug="fundacja-a", kind="ngo", now=at)
    made: list[DemoAccount] = []

    def person(
        mailbox: str, name: str, role: str, *memberships: tuple[int, str], is_administrator: bool = False
    ) -> Actor:
        account = DemoAccount(f"{mailbox}@demo.example", name, role, secrets.token_urlsafe(12))
        accounts.create_person(
            SYSTEM,
            email=account.email,
            name=name,
            password=account.password,
            is_administrator=is_administrator,
            memberships=memberships,
            now=at,
        )
        made.append(account)
        row = account_queries.find_person_by_email(account.email)
        assert row is not None  # noqa: S101 - made just now
        return accounts.actor_of(row)

    cast = _Cast(
        city=city,
        village=village,
        ngo=ngo,
        city_official=person(
            "miasto.urzednik",
            "Urząd Miasta, pełnomocnik",
            "official of Urząd Miasta: consultations, answers, versions",
            (city, OFFICIAL),
        ),
        city_editor=person(
            "miasto.redaktor", "Urząd Miasta, redaktor", "editor of Urząd Miasta: drafts", (city, EDITOR)
        ),
        village_official=person(
            "gmina.urzednik",
            "Gmina Wiejska, sekretarz",
            "official of Gmina Wiejska: consultations, answers, versions",
            (village, OFFICIAL),
        ),
        village_editor=person(
            "gmina.redaktor", "Gmina Wiejska, redaktor", "editor of Gmina Wiejska: drafts", (village, EDITOR)
        ),
        ngo_member=person(
            "fundacja", f"{NGO_NAME}, zarząd", f"member of {NGO_NAME}: comments in its name", (ngo, MEMBER)
        ),
    )
    person("administrator", "Administrator", "administrator: people and organisations", is_administrator=True)
    return cast, made


# --- the standards: consulted, answers being written -------------------------------------------------------------


def _standards(cast: _Cast, now: datetime) -> None:
    """Three versions of one text: drafted, consulted, and taken further by the answers given so far."""
    last_day = _day(now, -CITY_CONSULTATION_ENDED)
    slug = _import(cast.city_editor, "standard-1.md", "standard", cast.city, at=_at(last_day, -100, 9))
    documents.publish_version(
        cast.city_official, slug, label="wersja grup roboczych", now=_at(last_day, -90, 12)
    )
    _revise(
        cast.city_editor,
        slug,
        "standard-2.md",
        "Po uwagach obu grup roboczych: nowe części o wkładzie własnym i o sporach.",
        at=_at(last_day, -50, 10),
    )
    documents.publish_version(
        cast.city_official, slug, label="projekt do konsultacji", now=_at(last_day, -44, 12)
    )
    consultations.open_consultation(
        cast.city_official,
        slug,
        version_no=2,
        title="Konsultacje standardów współpracy z organizacjami pozarządowymi",
        legal_basis="resolution",
        opens_at=first_moment(last_day - timedelta(35)),
        closes_at=closing(last_day),
        now=_at(last_day, -42, 11),
    )
    remarks = _read("comments.json")
    numbered = _hand_in(
        cast.city_official, cast, slug, remarks, {at: last_day - _days(one) for at, one in enumerate(remarks)}
    )
    _answer(cast, slug, remarks, numbered, first_day=last_day + timedelta(3), now=now)
    _revise(
        cast.city_editor,
        slug,
        "standard-3.md",
        "Zmiany przyjęte w odpowiedziach na uwagi z konsultacji.",
        at=now - timedelta(hours=30),
    )
    _edit(cast.city_editor, slug, _read("draft-edits.json"), first=now - timedelta(hours=26))


def _answer(
    cast: _Cast,
    slug: str,
    remarks: list[dict[str, Any]],
    numbered: Mapping[int, int],
    *,
    first_day: date,
    now: datetime,
) -> None:
    """The answers given so far, some with the wording taken from the comment, in the order of the comments."""
    answered = [at for at, one in enumerate(remarks) if one["disposition"]]
    begin = _at(first_day, 0, 8)
    step = (now - timedelta(hours=40) - begin) / len(answered)
    for place, at in enumerate(answered):
        disposition, comment_id = remarks[at]["disposition"], numbered[at]
        is_taken = disposition["change_in_v3"] and disposition["outcome"] == "accepted"
        dispositions.save_disposition(
            cast.city_official,
            comment_id,
            outcome=disposition["outcome"],
            justification=disposition["justification"],
            wording=_wording(slug, remarks[at], comment_id) if is_taken else None,
            expected_revision=0,
            now=begin + place * step,
        )


def _wording(slug: str, remark: Mapping[str, Any], comment_id: int) -> Wording | None:
    """The proposal put into its paragraph; None where it would not read as the text that came of it."""
    if not remark["proposed"] or remark["proposed"] not in _text("standard-3.md"):
        return None
    (place,) = comment_queries.list_placements_of([comment_id])
    if place.state != "placed" or place.start is None or place.end is None:
        return None
    document = document_queries.get_document(slug, EVERYTHING)
    standing = document_queries.get_section(document.id, place.section_id)
    lines, paragraph = proposed_paragraph(
        standing.source, standing.plain, Span(place.start, place.end), remark["proposed"]
    )
    return Wording(standing.section_id, standing.text_id, lines, paragraph)


def _edit(editor: Actor, slug: str, edits: Iterable[Mapping[str, Any]], *, first: datetime) -> None:
    """Edits to the working draft, an hour apart; those whose words the text no longer holds are left out."""
    at = first
    for edit in edits:
        section = _section(slug, edit["heading"])
        if section is None or section.source.count(edit["find"]) != 1:
            continue
        drafting.save_section(
            editor,
            slug,
            section.section_id,
            source=section.source.replace(edit["find"], edit["replace"]),
            base_text_id=section.text_id,
            note=edit["note"],
            now=at,
        )
        at += timedelta(hours=1)


# --- the strategy: being consulted now ---------------------------------------------------------------------------


def _strategy(cast: _Cast, now: datetime) -> None:
    last_day = _day(now, STRATEGY_DAYS_LEFT)
    opened = last_day - timedelta(42)
    slug = _import(cast.village_editor, "strategy.md", "strategy", cast.village, at=_at(opened, -30, 9))
    documents.publish_version(
        cast.village_official, slug, label="projekt do konsultacji", now=_at(opened, -6, 13)
    )
    consultations.open_consultation(
        cast.village_official,
        slug,
        version_no=1,
        title="Konsultacje strategii rozwoju gminy do 2035 roku",
        legal_basis="strategy",
        opens_at=first_moment(opened),
        closes_at=closing(last_day),
        now=_at(opened, -5, 10),
    )
    remarks = _read("strategy-comments.json")
    youngest = min(_days(one).days for one in remarks)
    today = _day(now, 0)
    # the youngest came yesterday; the consultation still has its days before it
    days = {at: today - _days(one) + timedelta(youngest - 1) for at, one in enumerate(remarks)}
    _hand_in(cast.village_official, cast, slug, remarks, days)


# --- the programme: consulted, and nobody commented --------------------------------------------------------------


def _programme(cast: _Cast, now: datetime) -> None:
    last_day = _day(now, -PROGRAMME_CONSULTATION_ENDED)
    slug = _import(cast.village_editor, "programme.md", "programme", cast.village, at=_at(last_day, -40, 9))
    documents.publish_version(
        cast.village_official, slug, label="projekt do konsultacji", now=_at(last_day, -20, 9)
    )
    consultation_id = consultations.open_consultation(
        cast.village_official,
        slug,
        version_no=1,
        title="Konsultacje rocznego programu współpracy",
        legal_basis="programme",
        opens_at=first_moment(last_day - timedelta(14)),
        closes_at=closing(last_day),
        now=_at(last_day, -16, 9),
    )
    dispositions.publish_dispositions(cast.village_official, consultation_id, now=_at(last_day, 5, 10))


# --- comments ----------------------------------------------------------------------------------------------------


def _hand_in(
    official: Actor, cast: _Cast, slug: str, remarks: list[dict[str, Any]], days: Mapping[int, date]
) -> dict[int, int]:
    """Hand in remarks on their days: one sender, channel and day are one submission. Comment ids by index.

    What came by post or was said at a meeting is entered by the official.
    """

    def together(at: int) -> tuple[date, str, str]:
        return days[at], remarks[at]["channel"], remarks[at]["by"]

    document = document_queries.get_document(slug, EVERYTHING)
    closes_at = consultation_queries.list_consultations(document_id=document.id)[0].closes_at
    numbered: dict[int, int] = {}
    in_order = sorted(range(len(remarks)), key=together)
    for place, ((day, channel, by), group) in enumerate(groupby(in_order, key=together)):
        indices = list(group)
        moment = _at(day, 0, 8) + timedelta(minutes=7 * place % 600)
        is_late = moment >= closes_at
        sent_by = cast.ngo_member if by == NGO_NAME else ANONYMOUS
        actor = official if channel != "web" or is_late else sent_by
        receipt = comments.submit_comments(
            actor,
            slug,
            [_remark(slug, remarks[at], moment) for at in indices],
            _sender(remarks[indices[0]], day),
            now=moment,
        )
        numbered |= dict(zip(indices, receipt.comment_ids, strict=True))
    return numbered


def _remark(slug: str, remark: Mapping[str, Any], moment: datetime) -> Remark:
    pointings: tuple[Pointing, ...] = ()
    if remark["quote"]:
        pointing = quotations.find_quote(SYSTEM, slug, remark["quote"], nth=remark["nth"], now=moment)
        if pointing is None:
            raise LookupError(f"the demonstration quotes words that are not in its text: {remark['quote']}")
        pointings = (pointing,)
    return Remark(
        text=remark["text"],
        kind=remark["kind"],
        justification=remark["justification"],
        proposed=remark["proposed"],
        pointings=pointings,
    )


def _sender(remark: Mapping[str, Any], day: date) -> Sender:
    is_person = remark["capacity"] == "resident"
    return Sender(
        capacity=remark["capacity"],
        name=remark["by"] if is_person else "",
        organisation_name="" if is_person else remark["by"],
        channel=remark["channel"],
        received_on=None if remark["channel"] == "web" else day,
    )


# --- texts and moments -------------------------------------------------------------------------------------------


def _import(actor: Actor, filename: str, kind: str, host_id: int, *, at: datetime) -> str:
    imported = documents.import_document(
        actor, content=_text(filename).encode(), filename=filename, kind=kind, host_id=host_id, now=at
    )
    return imported.slug


def _revise(actor: Actor, slug: str, filename: str, note: str, *, at: datetime) -> None:
    documents.revise_document(
        actor, slug, content=_text(filename).encode(), filename=filename, note=note, now=at
    )


def _section(slug: str, heading: str) -> SectionRow | None:
    document = document_queries.get_document(slug, EVERYTHING)
    sections = document_queries.list_draft_sections(document.id)
    return next((section for section in sections if section.heading == heading), None)


def _text(filename: str) -> str:
    return (FOLDER / filename).read_text(encoding="utf-8")


def _read(filename: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_text(filename))
    return found


def _days(remark: Mapping[str, Any]) -> timedelta:
    return timedelta(remark["days_before_close"])


def _day(now: datetime, days: int) -> date:
    """The day in Warsaw `days` from now."""
    return now.astimezone(WARSAW).date() + timedelta(days)


def _at(day: date, days: int, hour: int) -> datetime:
    """An hour in Warsaw, `days` from a day."""
    return datetime.combine(day + timedelta(days), time(hour), WARSAW).astimezone(UTC)
