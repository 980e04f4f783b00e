"""Searches people keep: asked again with one press, or followed by mail.

Like following, keeping a search is one's own affair: it changes no page but one's own, so no event is recorded. What the
person knows the search to find is kept, and a letter tells only of what they do not know yet. Of a part of a document
its texts are one and the same thing: that a part already found was reworded is no news.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from consult.domain.errors import InvalidInput, NotFound
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.text.normalise import admit
from consult.ports.search import Hit, SearchQuery, SearchUnavailable
from consult.services.accounts import actor_of
from consult.services.authority import require
from consult.services.drawn_secrets import draw_secret, hashed
from consult.services.posting import post
from consult.services.search import lag, list_visible_hits
from consult.storage.models import SavedSearch, SavedSearchLink
from consult.storage.queries import deliveries as delivery_queries
from consult.storage.queries import saved_searches as queries
from consult.storage.queries.accounts import find_person
from consult.storage.queries.saved_searches import SavedSearchRow
from consult.storage.unit_of_work import end_reading, unit_of_work

HOME = ZoneInfo("Europe/Warsaw")

PACES = ("none", "instant", "daily", "weekly")
MOST_SAVED = 100
LONGEST_NAME = 200
LONGEST_QUERY = 4_000
"""Code points of a query and of its address that are kept."""

MOST_LOOKED_AT = 500
"""Places of a search that are looked at for something new, the newest first."""

MOST_IN_A_LETTER = 20
MORNING_HOUR = 7
"""Daily and weekly letters are made after this hour, Polish time; weekly ones on Mondays."""

LINKS_KEPT = timedelta(days=400)
"""How long the link in a letter stops the letters."""

log = structlog.get_logger()


def save_search(
    actor: Actor, name: str, query: SearchQuery, address: str, *, pace: str = "none", now: datetime
) -> int:
    """Keep a search under a name; `address` is that of its results page. Returns its id.

    What it finds now counts as known. Raises NotPermitted for guests, InvalidInput.
    """
    require(actor, Permission.FOLLOW, Target())
    kept = kept_query(query)
    if len(kept) > LONGEST_QUERY or len(address) > LONGEST_QUERY:
        raise InvalidInput("search_too_long")
    called, paced = _name(name), _pace(pace)
    with unit_of_work() as work:
        if queries.count_saved_searches(_person(actor)) >= MOST_SAVED:
            raise InvalidInput("searches_too_many", limit=MOST_SAVED)
        saved = SavedSearch(
            person_id=_person(actor),
            name=called,
            address=address,
            query=kept,
            pace="none",
            made_at=now,
            looked_at=None,
        )
        work.add(saved)
        work.flush()
        _set_pace(actor, _get(actor, saved.id), paced, now)
        return saved.id


def change_search(actor: Actor, search_id: int, *, name: str, pace: str, now: datetime) -> None:
    """Call a search otherwise, or have letters of it more or less often. Raises NotFound, InvalidInput."""
    require(actor, Permission.FOLLOW, Target())
    called, paced = _name(name), _pace(pace)
    with unit_of_work():
        saved = _get(actor, search_id)
        queries.change_saved_search(saved.id, name=called)
        _set_pace(actor, saved, paced, now)


def delete_search(actor: Actor, search_id: int) -> None:
    """Keep a search no longer. Raises NotFound."""
    require(actor, Permission.FOLLOW, Target())
    with unit_of_work():
        queries.delete_saved_search(_get(actor, search_id).id)


def find_by_link(token: str) -> SavedSearchRow | None:
    """The search whose letters a link stops; None where the link is unknown or too old."""
    return queries.find_linked(hashed(token))


def stop_by_link(token: str) -> SavedSearchRow:
    """Send no more letters of the search a link of one of them names; it stays saved. Raises NotFound."""
    with unit_of_work():
        saved = queries.find_linked(hashed(token))
        if saved is None:
            raise NotFound("saved_search")
        queries.change_saved_search(saved.id, pace="none")
        queries.forget_known(saved.id)
    return saved


def draw_stop_link(search_id: int, now: datetime) -> str:
    """A new secret that stops the letters of a search, for a letter that leaves now."""
    secret = draw_secret()
    with unit_of_work() as work:
        work.add(SavedSearchLink(token_hash=hashed(secret), search_id=search_id, made_at=now))
    return secret


# What is kept of a query


def kept_query(query: SearchQuery) -> str:
    """JSON of what a query asks for that is not as usual."""
    usual = SearchQuery(words="")
    asked = {
        field.name: getattr(query, field.name)
        for field in fields(SearchQuery)
        if getattr(query, field.name) != getattr(usual, field.name)
    }
    return json.dumps(asked, ensure_ascii=False, sort_keys=True, default=datetime.isoformat)


def read_query(kept: str) -> SearchQuery | None:
    """The query kept as JSON; None where it cannot be read (any more)."""
    try:
        asked: Mapping[str, Any] = json.loads(kept)
        known = {field.name for field in fields(SearchQuery)}
        values = {name: _tupled(value) for name, value in asked.items() if name in known}
        if "as_of" in values:
            values["as_of"] = datetime.fromisoformat(values["as_of"])
        return SearchQuery(**({"words": ""} | values))
    except (ValueError, TypeError, AttributeError):
        return None


def _tupled(value: Any) -> Any:
    return tuple(_tupled(one) for one in value) if isinstance(value, list) else value


# Looking for something new


@dataclass(frozen=True, slots=True)
class Found:
    """A place a search finds, and the thing the person knows it by."""

    hit: Hit
    known_as: str


def list_found(actor: Actor, saved: SavedSearchRow) -> list[Found]:
    """The newest places a search finds for a person, those of one part of a document once.

    Raises SearchUnavailable.
    """
    query = read_query(saved.query)
    if query is None:
        return []
    hits = list_visible_hits(actor, replace(query, sort="newest"), limit=MOST_LOOKED_AT)
    texts = {int(hit.ref.partition(":")[2]) for hit in hits if hit.kind == "section_text"}
    sections = queries.list_sections_of_texts(texts)
    found: dict[str, Found] = {}
    for hit in hits:
        known_as = hit.ref
        if hit.kind == "section_text":
            known_as = f"section:{sections.get(int(hit.ref.partition(':')[2]), '')}"
        found.setdefault(known_as, Found(hit, known_as))
    return list(found.values())


def tell_of_new_places(now: datetime) -> int:
    """Ask for letters of what followed searches newly find; returns how many letters.

    Done by the worker now and then. Nothing is looked for where nothing has happened since the last time.
    """
    told = 0
    last_event = delivery_queries.last_event()
    heard = last_event if not lag() else 0  # what the index has not heard of is looked for again
    for search_id in queries.list_followed_ids(last_event):
        end_reading()
        try:
            told += _tell(search_id, heard, now)
        except SearchUnavailable:
            log.info("saved searches wait for the index")
            break
    return told


def _tell(search_id: int, heard: int, now: datetime) -> bool:
    saved = queries.find_saved_search(search_id)
    person = find_person(saved.person_id) if saved else None
    if saved is None or person is None or not person.is_confirmed or not is_due(saved, now):
        return False
    found = list_found(actor_of(person), saved)
    known = queries.list_known(search_id, [one.known_as for one in found])
    new = [one for one in found if one.known_as not in known]
    with unit_of_work() as work:
        queries.change_saved_search(search_id, looked_at=now, looked_event=heard)
        queries.add_known(search_id, [one.known_as for one in new])
        if new:
            refs = [one.known_as for one in new[:MOST_LOOKED_AT]]
            post(
                work,
                "saved_searches/found",
                person_id=saved.person_id,
                ref={"search_id": search_id, "found": refs},
                at=now,
            )
    return bool(new)


def is_due(saved: SavedSearchRow, now: datetime) -> bool:
    """Whether it is time to look: at once, or after the morning of the day or of Monday."""
    if saved.looked_at is None or saved.pace == "instant":
        return saved.pace != "none"
    local = now.astimezone(HOME)
    morning = local.replace(hour=MORNING_HOUR, minute=0, second=0, microsecond=0)
    if saved.pace == "weekly":
        morning -= timedelta(days=morning.weekday())
        if morning > local:
            morning -= timedelta(days=7)
    elif morning > local:
        morning -= timedelta(days=1)
    return saved.pace in ("daily", "weekly") and saved.looked_at < morning


def forget_old_links(now: datetime) -> int:
    """Drop links of letters nobody will look up any more; returns how many."""
    with unit_of_work():
        return queries.forget_links(now - LINKS_KEPT)


def _set_pace(actor: Actor, saved: SavedSearchRow, pace: str, now: datetime) -> None:
    """Have letters at a pace. Where none came before, what is found now counts as known."""
    if pace == saved.pace:
        return
    queries.change_saved_search(saved.id, pace=pace)
    if pace == "none":
        queries.forget_known(saved.id)
    elif saved.pace == "none":
        queries.forget_known(saved.id)
        queries.add_known(saved.id, _known_from_the_start(actor, saved))
        queries.change_saved_search(saved.id, looked_at=now, looked_event=0)


def _known_from_the_start(actor: Actor, saved: SavedSearchRow) -> Sequence[str]:
    try:
        return [one.known_as for one in list_found(actor, saved)]
    except SearchUnavailable as unavailable:
        raise InvalidInput("search_not_now") from unavailable


def _person(actor: Actor) -> int:
    if actor.id is None:
        raise NotFound("person")
    return actor.id


def _get(actor: Actor, search_id: int) -> SavedSearchRow:
    saved = queries.find_saved_search(search_id, _person(actor))
    if saved is None:
        raise NotFound("saved_search")
    return saved


def _name(typed: str) -> str:
    name = " ".join(admit(typed, field="name").split())
    if not name:
        raise InvalidInput("search_name_empty", field="name")
    if len(name) > LONGEST_NAME:
        raise InvalidInput("search_name_too_long", field="name", limit=LONGEST_NAME)
    return name


def _pace(pace: str) -> str:
    if pace not in PACES:
        raise InvalidInput("search_pace", field="pace")
    return pace
