"""Collections: documents of a host put together, in an order, with a word on why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.domain.errors import InvalidInput
from consult.domain.history.events import CollectionChanged, CollectionMade
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.text.slugs import slug_of
from consult.domain.text.typed import typed_line
from consult.services.authority import require
from consult.services.proposals.shared import checked_words
from consult.storage.models import Collection, CollectionDocument
from consult.storage.queries import collections as queries
from consult.storage.queries import groups as group_queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, unit_of_work

LONGEST_TITLE = 300
NAMES_OF_PAGES = frozenset({"new"})
"""Names no collection gets in addresses, since pages beside them have them."""


@dataclass(frozen=True, slots=True)
class CollectionText:
    """What one says of a collection; `document_ids` are documents of its host in their order."""

    title: str
    intro: str = ""
    document_ids: Sequence[int] = ()


def make_collection(actor: Actor, host_id: int | None, text: CollectionText, *, now: datetime) -> str:
    """Put documents of a host together; the name in addresses. Raises InvalidInput, NotFound, NotPermitted."""
    host = organisation_queries.get_host(host_id)
    require(actor, Permission.MANAGE_COLLECTIONS, Target(host_id=host.id))
    title, intro = _checked(text)
    with unit_of_work() as work:
        row = Collection(
            host_id=host.id,
            slug=_free_slug(title),
            title=title,
            intro=intro,
            created_at=now,
            changed_at=now,
        )
        work.add(row)
        work.flush()
        _put_documents(work, row, text.document_ids)
        work.record(CollectionMade(str(row.id), str(host.id)), at=now, actor_ref=actor.id)
        return row.slug


def change_collection(actor: Actor, slug: str, text: CollectionText, *, now: datetime) -> None:
    """Say anew what a collection is and what belongs to it, in which order."""
    known = queries.get_collection(slug, Viewer.of(actor))
    require(actor, Permission.MANAGE_COLLECTIONS, Target(host_id=known.host_id))
    title, intro = _checked(text)
    with unit_of_work() as work:
        row = queries.lock_collection(known.id)
        row.title, row.intro, row.changed_at = title, intro, now
        queries.remove_documents(row.id)
        _put_documents(work, row, text.document_ids)
        work.record(CollectionChanged(str(row.id), str(row.host_id)), at=now, actor_ref=actor.id)


def _checked(text: CollectionText) -> tuple[str, str]:
    title = typed_line(text.title, "title", LONGEST_TITLE)
    if not title:
        raise InvalidInput("collection_title", field="title")
    return title, checked_words(text.intro, "intro", may_be_empty=True)


def _put_documents(work: Work, row: Collection, document_ids: Sequence[int]) -> None:
    own = {document.id for document in group_queries.list_documents_of_host(row.host_id)}
    ordered = list(dict.fromkeys(document_ids))
    if not set(ordered) <= own:
        raise InvalidInput("collection_documents", field="documents")
    work.add(
        *(
            CollectionDocument(collection_id=row.id, document_id=each, ordinal=at)
            for at, each in enumerate(ordered, start=1)
        )
    )


def _free_slug(title: str) -> str:
    """A name in addresses made of the title, taken by no other collection."""
    stem = slug_of(title, otherwise="zbior")
    slug, number = stem, 1
    while slug in NAMES_OF_PAGES or queries.is_slug_taken(slug):
        number += 1
        slug = f"{stem}-{number}"
    return slug
