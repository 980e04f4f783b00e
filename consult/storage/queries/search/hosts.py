"""What hosts keep for everybody: their standing texts and their collections of documents."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from consult.domain.text.plain import plain_of
from consult.storage.database import db
from consult.storage.models.organisations import HostText, Organisation
from consult.storage.queries.collections import list_collections_by_id
from consult.storage.queries.search.known import Known
from consult.storage.queries.viewers import Viewer


def list_host_text_ids(host_id: int) -> list[int]:
    """Every version of every standing text of a host: a new one takes the place of the one before."""
    return list(db.session.scalars(select(HostText.id).where(HostText.host_id == host_id)))


def read_host_texts(ids: Sequence[int], _: Viewer) -> list[Known]:
    """Standing texts in force; they are everybody's."""
    other = aliased(HostText)
    last = (
        select(func.max(other.number))
        .where(other.host_id == HostText.host_id, other.kind == HostText.kind)
        .correlate(HostText)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(HostText, Organisation.name, Organisation.slug)
        .join(Organisation, Organisation.id == HostText.host_id)
        .where(HostText.id.in_(ids), HostText.number == last, Organisation.is_host)
    )
    return [
        Known(
            kind="host_text",
            row_id=text.id,
            title="",
            body=plain_of(text.html),
            at=text.published_at,
            made_of=(text.html, host),
            host_id=text.host_id,
            host_name=host,
            slug=slug,
            fields=(("organisation", host), ("author", host)),
            text_kind=text.kind,
        )
        for text, host, slug in rows
    ]


def read_collections(ids: Sequence[int], viewer: Viewer) -> list[Known]:
    """Collections the viewer may know of."""
    return [
        Known(
            kind="collection",
            row_id=one.id,
            title=one.title,
            body=one.intro,
            at=one.changed_at,
            made_of=(one.intro,),
            host_id=one.host_id,
            host_name=one.host_name,
            slug=one.slug,
            fields=(("organisation", one.host_name),),
        )
        for one in list_collections_by_id(ids, viewer)
    ]
