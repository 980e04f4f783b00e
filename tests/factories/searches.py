"""Searches somebody keeps, made through the services people use."""

from __future__ import annotations

from consult.domain.policy.actors import Actor
from consult.ports.search import SearchQuery
from consult.services import saved_searches
from consult.storage.queries import saved_searches as queries
from consult.storage.unit_of_work import unit_of_work
from tests.factories.apps import Store


def keep_search(store: Store, actor: Actor) -> dict[str, object]:
    """A search somebody keeps and follows, with something it finds and a letter of it; what addresses need."""
    made = saved_searches.save_search(
        actor, "Terminy naborów", SearchQuery(words="gmina"), "/search?q=gmina", pace="instant", now=store.now
    )
    with unit_of_work():
        queries.add_known(made, ["comment:0"])
    token = saved_searches.draw_stop_link(made, store.now)
    return {"saved_searches.search_id": made, "saved_searches.token": token}
