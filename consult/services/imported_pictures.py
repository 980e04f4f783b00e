"""Pictures that come with a file: made anew before anything is kept, then kept with the document made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from consult.domain.diffing.compare import compare
from consult.domain.errors import InvalidInput
from consult.domain.history.events import PictureAdded
from consult.domain.policy.actors import Actor
from consult.domain.text.pictures import name_of, renamed, without
from consult.ports.imports import ImportedPicture, ImportedText, Remark
from consult.services.kept_files import digest_of, keep_file
from consult.services.pictures import LARGEST_SIDE
from consult.storage.models import Picture
from consult.storage.queries import pictures as queries
from consult.storage.unit_of_work import Work, current_ports


def make_pictures(text: ImportedText) -> ImportedText:
    """A text that was read with its pictures made anew and named accordingly; those that cannot be are left out, and
    remarked on. Takes its time: not to be called in a transaction."""
    if not text.pictures:
        return text
    names: dict[str, str] = {}
    made: dict[str, ImportedPicture] = {}
    for picture in text.pictures:
        one = _made(picture)
        if one is not None:
            names[picture.name] = one.name
            made.setdefault(one.name, one)
    refused = frozenset(picture.name for picture in text.pictures if picture.name not in names)

    def settled(source: str) -> str:
        return renamed(without(source, refused), names)

    source = settled(text.source)
    margin = text.margin
    if refused and margin:
        script = compare(renamed(text.source, names), source)
        margin = tuple(
            replace(one, span=script.map_span(one.span) if one.span is not None else None) for one in margin
        )
    return replace(
        text,
        source=source,
        original=settled(text.original),
        suggestions=tuple(replace(one, source=settled(one.source)) for one in text.suggestions),
        margin=margin,
        remarks=_remarks(text.remarks, len(refused)),
        pictures=tuple(made.values()),
    )


def _remarks(remarks: Sequence[Remark], refused: int) -> tuple[Remark, ...]:
    if not refused:
        return tuple(remarks)
    left_out = sum(remark.count for remark in remarks if remark.code == "images") + refused
    return (*(remark for remark in remarks if remark.code != "images"), Remark("images", left_out))


def _made(picture: ImportedPicture) -> ImportedPicture | None:
    """The picture as it would be kept; None where it cannot be read. One that was made here once, and comes back in a
    file written here, stays what it is."""
    sockets = current_ports().pictures
    digest = digest_of(picture.content)
    held = queries.find_made(digest)
    if held is not None:
        return replace(picture, name=name_of(digest), kind=held[0], width=held[1], height=held[2])
    try:
        made = sockets.made_anew(picture.content, field="file", side=LARGEST_SIDE)
    except InvalidInput:
        return None
    known = queries.find_kept(digest_of(made.content))
    if known is not None and not known[1]:
        return None  # erased, and not to come back
    return replace(
        picture,
        name=name_of(digest_of(made.content)),
        content=made.content,
        kind=made.kind,
        width=made.width,
        height=made.height,
    )


def keep_pictures(
    work: Work, actor: Actor, document_id: int, pictures: Sequence[ImportedPicture], *, now: datetime
) -> None:
    """Keep the pictures of a file (see `make_pictures`) with a document that has not got them yet."""
    held = {row.name for row in queries.list_named(document_id, {picture.name for picture in pictures})}
    for picture in pictures:
        if picture.name in held or not picture.kind:
            continue
        row = Picture(
            document_id=document_id,
            name=picture.name,
            digest=keep_file(work, picture.content, field="file"),
            kind=picture.kind,
            width=picture.width,
            height=picture.height,
            alt=picture.alt,
            is_decorative=picture.is_decorative,
            caption="",
            at=now,
            person_id=actor.id,
        )
        work.add(row)
        work.flush()
        work.record(PictureAdded(str(document_id), str(row.id)), at=now, actor_ref=actor.id)
