"""What people are writing and have not saved: kept for them while they write, and for nobody else.

No lock keeps anybody from writing: a text is kept beside the record, and meets what others saved when it is saved
itself. Every open page (`window`) keeps a row of its own, so that two pages of one person never overwrite one another.
A page that brings a text back (after a crash, on another device) says which one in `Taken`; it goes on in that row
unless the page it came from is still being written in, whose words then stay beside it.

What somebody has not saved is their own affair and changes no page but their own, so no event is recorded. It is kept
for KEPT after the last keystroke; the list of one's own unsaved texts says until when.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from consult.domain.errors import InvalidInput, NotFound
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.text.normalise import admit
from consult.services.authority import of_document, require
from consult.storage.models import EditingPresence, UnsavedText
from consult.storage.queries import documents as document_queries
from consult.storage.queries import unsaved_texts as queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.unsaved_texts import UnsavedRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, unit_of_work

KINDS = ("edit", "add", "move", "remove", "revise", "propose")
"""The forms of the editor, which stand beside a document."""

FORM = "form"
"""Every other form whose words are kept: known by the address it is sent to."""

LONGEST_ADDRESS = 500
LONGEST_TITLE = 300

KEPT = timedelta(days=180)
"""How long a text nobody touches stays."""

PRESENT_FOR = timedelta(seconds=75)
"""How long somebody counts as writing after their page was last heard of; it speaks up every twenty seconds."""

NOTED_EVERY = timedelta(seconds=10)

LONGEST_SOURCE = 1_000_000
LONGEST_REST = 400_000
MOST_TEXTS = 200
MOST_SIZE = 10_000_000
"""Code points one person may leave unsaved, in all texts together."""

_WINDOW = re.compile(r"[A-Za-z0-9_-]{16,32}")


@dataclass(frozen=True, slots=True)
class Place:
    """The form somebody writes in: one of KINDS, and the section it is about, "" for none."""

    kind: str
    section_id: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form beside the editor: the address it is sent to, with "#" and its name where several are sent to one; the
    `page` it stands on, and what that is called."""

    address: str
    page: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a form. `base_text_id` is the text of the section the writing began from."""

    source: str
    note: str = ""
    base_text_id: int | None = None
    further: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """Which kept text a page went on from."""

    id: int
    revision: int

    @classmethod
    def read(cls, text: str | None) -> Taken | None:
        """The value a page holds, "id:revision"; None for anything else."""
        found = re.fullmatch(r"([0-9]{1,18}):([0-9]{1,9})", text or "")
        return cls(int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True, slots=True)
class Kept:
    """A text as it is kept now: the row a page has to name as `Taken`, and when it was kept."""

    id: int
    revision: int
    kept_at: datetime


def new_window() -> str:
    """A name for a page in which somebody will write."""
    return secrets.token_urlsafe(16)


def keep_unsaved(
    actor: Actor,
    slug: str,
    place: Place,
    typed: Typed,
    *,
    window: str,
    taken: Taken | None = None,
    now: datetime,
) -> Kept:
    """Keep what stands in a form. Keeping the same again changes nothing.

    Whoever may see the working draft may keep what they write beside it. Raises InvalidInput for what cannot be kept
    ("text_too_long", "control_characters") and when a person left too much unsaved ("unsaved_too_many",
    "unsaved_too_much"); NotFound for a section or a base there is not.
    """
    words = _checked(typed)
    if place.kind not in KINDS:
        raise InvalidInput("unsaved_place")
    with unit_of_work() as work:
        document, person_id = _writer(actor, slug)
        _check_place(document, place, words.base_text_id)
        where = _Where(document.id, place.kind, place.section_id)
        return _kept(work, person_id, where, words, window=window, taken=taken, now=now)


def keep_form(
    actor: Actor,
    form: Form,
    fields: Mapping[str, str],
    *,
    window: str,
    taken: Taken | None = None,
    now: datetime,
) -> Kept:
    """Keep what stands in the fields of a form beside the editor. Keeping the same again changes nothing.

    It is kept for its writer alone, who may bring it back wherever the form stands; whether it may be sent is asked
    when it is. Raises InvalidInput as `keep_unsaved` does, NotPermitted for those without an account.
    """
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    words = _checked(Typed("", further=fields))
    address, page = admit(form.address, field="address"), admit(form.page, field="page")
    if not all(_is_of_this_site(one) for one in (address, page)):
        raise InvalidInput("unsaved_place")
    words = Typed("", page, further=words.further)
    title = " ".join(admit(form.title, field="title").split())[:LONGEST_TITLE]
    where = _Where(None, FORM, "", address, title)
    with unit_of_work() as work:
        return _kept(work, actor.id or 0, where, words, window=window, taken=taken, now=now)


@dataclass(frozen=True, slots=True)
class _Where:
    """What tells the kept texts of one form from those of another; `title` does not."""

    document_id: int | None
    kind: str
    section_id: str
    address: str = ""
    title: str = ""

    def holds(self, row: UnsavedText) -> bool:
        found = (row.document_id, row.kind, row.section_id, row.address)
        return found == (self.document_id, self.kind, self.section_id, self.address)


def _kept(
    work: Work,
    person_id: int,
    where: _Where,
    words: Typed,
    *,
    window: str,
    taken: Taken | None,
    now: datetime,
) -> Kept:
    """Write one row of what is kept: that of the window, that taken up, or a new one."""
    if not _WINDOW.fullmatch(window):
        raise InvalidInput("unsaved_place")
    queries.lock_writer(person_id)
    row = queries.find_by_window(person_id, window)
    if row is None and taken is not None:
        row = queries.find_at_revision(person_id, taken.id, taken.revision)
        if row is not None and not where.holds(row):
            row = None
    if row is not None and not where.holds(row):
        raise InvalidInput("unsaved_place")
    further = json.dumps(dict(sorted(words.further.items())), ensure_ascii=False)
    size = len(words.source) + len(words.note) + len(further)
    if row is None:
        _check_room(person_id, texts=1, size=size)
        row = UnsavedText(
            person_id=person_id,
            document_id=where.document_id,
            kind=where.kind,
            section_id=where.section_id,
            address=where.address,
            revision=0,
            source="",
            note="",
            further="",
            size=0,
            begun_at=now,
            kept_at=now,
        )
        work.add(row)
    elif size > row.size:
        _check_room(person_id, texts=0, size=size - row.size)
    kept = (row.source, row.note, row.further, row.base_text_id)
    if row.revision == 0 or kept != (words.source, words.note, further, words.base_text_id):
        row.source, row.note, row.further = words.source, words.note, further
        row.base_text_id, row.size, row.kept_at = words.base_text_id, size, now
        row.revision += 1
    row.window, row.title = window, where.title
    work.flush()
    return Kept(row.id, row.revision, row.kept_at)


def settle_unsaved(actor: Actor, window: str, taken: Taken | None = None) -> None:
    """Forget what a page kept: its words were saved. What another page wrote on since stays."""
    person_id = actor.id
    if person_id is None:
        return
    with unit_of_work():
        queries.lock_writer(person_id)
        queries.drop_window(person_id, window)
        if taken is not None:
            row = queries.find_at_revision(person_id, taken.id, taken.revision)
            if row is not None:
                queries.drop_unsaved(person_id, row.id)


def discard_unsaved(actor: Actor, unsaved_id: int) -> None:
    """Throw away one of one's own unsaved texts. Raises NotFound for those of others as for those there are not."""
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    with unit_of_work():
        if not queries.drop_unsaved(actor.id or 0, unsaved_id):
            raise NotFound("unsaved_text")


def fields_of(row: UnsavedRow) -> dict[str, str]:
    """The further fields of a kept form."""
    found = json.loads(row.further or "{}")
    return {str(name): str(value) for name, value in found.items()}


def forget_old(now: datetime) -> int:
    """Drop texts nobody touched for KEPT, and who was in an editor an hour ago; returns how many texts."""
    with unit_of_work():
        queries.drop_presences_before(now - timedelta(hours=1))
        return queries.drop_kept_before(now - KEPT)


# Who is writing where


def note_presence(actor: Actor, slug: str, section_id: str, *, now: datetime) -> None:
    """Note that somebody has the editor of a section open. Raises NotFound, NotPermitted."""
    with unit_of_work() as work:
        document, person_id = _writer(actor, slug, Permission.EDIT_DRAFT)
        if not queries.is_section_of(document.id, section_id):
            raise NotFound("section")
        queries.lock_writer(person_id)
        row = queries.find_presence(person_id, section_id)
        if row is None:
            work.add(
                EditingPresence(
                    person_id=person_id, section_id=section_id, document_id=document.id, seen_at=now
                )
            )
        elif now - row.seen_at >= NOTED_EVERY:
            row.seen_at = now


def end_presence(actor: Actor, section_id: str) -> None:
    """Note that somebody closed the editor of a section, or saved it."""
    person_id = actor.id
    if person_id is None:
        return
    with unit_of_work():
        queries.drop_presence(person_id, section_id)


# What the acts share


def _writer(
    actor: Actor, slug: str, permission: Permission = Permission.SEE_UNPUBLISHED
) -> tuple[DocumentRow, int]:
    document = document_queries.get_document(slug, Viewer.of(actor))
    require(actor, permission, of_document(document))
    person_id = actor.id
    if person_id is None:
        raise NotFound("person")
    return document, person_id


def _is_of_this_site(address: str) -> bool:
    """Whether an address is a path here, and not that of another site ("//…")."""
    return len(address) <= LONGEST_ADDRESS and bool(re.fullmatch(r"/(?!/)[^\\\s]*", address))


def _check_place(document: DocumentRow, place: Place, base_text_id: int | None) -> None:
    if place.section_id and not queries.is_section_of(document.id, place.section_id):
        raise NotFound("section")
    if base_text_id is not None and document_queries.get_text(base_text_id).section_id != place.section_id:
        raise NotFound("text")


def _check_room(person_id: int, *, texts: int, size: int) -> None:
    count, total = queries.count_and_size(person_id)
    if count + texts > MOST_TEXTS:
        raise InvalidInput("unsaved_too_many", limit=MOST_TEXTS)
    if total + size > MOST_SIZE:
        raise InvalidInput("unsaved_too_much", limit=MOST_SIZE)


def _checked(typed: Typed) -> Typed:
    source = admit(typed.source, field="source")
    note = admit(typed.note, field="note")
    further = {name: admit(value, field=name) for name, value in typed.further.items()}
    if len(source) > LONGEST_SOURCE:
        raise InvalidInput("text_too_long", field="source", limit=LONGEST_SOURCE)
    if len(note) + sum(len(name) + len(value) for name, value in further.items()) > LONGEST_REST:
        raise InvalidInput("text_too_long", field="note", limit=LONGEST_REST)
    return Typed(source, note, typed.base_text_id, further)
