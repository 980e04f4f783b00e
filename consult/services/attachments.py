"""Files attached to a document: attached, replaced, worded, put in order, removed; listed and given out.

What is done shows at once to those who draft, and to readers with the next published version, as changes of the text do.
Every file that was ever attached stays reachable from the attachment's history.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

from consult.domain.errors import InvalidInput, NotFound
from consult.domain.history.acts import ActKind
from consult.domain.history.events import AttachmentChanged
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.table import is_allowed
from consult.domain.text.file_names import ending_of, safe_name
from consult.domain.text.typed import typed_line, typed_words
from consult.ports.attached_files import MEDIA_TYPES, CheckedFile
from consult.ports.exports import ExportedFile, ExportedSection, captions_for
from consult.services.acts import keep_act
from consult.services.authority import of_document, require
from consult.services.drafting import get_editable
from consult.services.kept_files import keep_file
from consult.storage.models import Attachment, AttachmentState, VersionAttachment
from consult.storage.queries import attachments as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import pictures as file_queries
from consult.storage.queries.attachments import AttachmentRow
from consult.storage.queries.documents import DocumentRow, VersionRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, current_ports, unit_of_work

MOST_ATTACHMENTS = 100
LONGEST_TITLE = 300
LONGEST_DESCRIPTION = 2_000
LONGEST_REASON = 1_000
LARGEST_SIDE = 6_000
"""Pixels of the longer side of a picture that is attached."""

_PICTURES = ("png", "jpeg")


@dataclass(frozen=True, slots=True)
class Words:
    """What an attachment is called, and what is in it ("" for nothing said)."""

    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A file to be saved by whoever asked for it; `is_public` says that everybody may have it, now and later."""

    content: bytes
    media_type: str
    file_name: str
    digest: str
    is_public: bool


def attach_file(
    actor: Actor, slug: str, *, content: bytes, file_name: str, words: Words, now: datetime
) -> int:
    """Attach a file to a document, after those it has; without a title it is called as the file. The attachment's id.

    Raises InvalidInput beside "file", "title", "description".
    """
    document = get_editable(actor, slug)
    said = _checked(words, otherwise=_stem(file_name))
    checked, name = _checked_file(content, file_name)
    with unit_of_work() as work:
        document_queries.lock_document(document.id)
        held = queries.list_draft_attachments(document.id)
        if len(held) >= MOST_ATTACHMENTS:
            raise InvalidInput("too_many_attachments", field="file", limit=MOST_ATTACHMENTS)
        attachment = Attachment(document_id=document.id)
        work.add(attachment)
        work.flush()
        state = AttachmentState(
            attachment_id=attachment.id,
            document_id=document.id,
            act="attached",
            digest=keep_file(work, checked.content, field="file"),
            kind=checked.kind,
            file_name=name,
            size=len(checked.content),
            title=said.title,
            description=said.description,
            position=max((row.position for row in held), default=-1) + 1,
            reason="",
            at=now,
            person_id=actor.id,
        )
        _record(work, state, actor, now)
        return attachment.id


def change_attachment(
    actor: Actor,
    slug: str,
    attachment_id: int,
    *,
    words: Words,
    content: bytes = b"",
    file_name: str = "",
    reason: str = "",
    now: datetime,
) -> bool:
    """Word an attachment anew, replace its file, or both; False when nothing differs. The file it had stays reachable.

    Raises InvalidInput beside "file", "title", "description", "reason"; NotFound for one that is removed.
    """
    document = get_editable(actor, slug)
    said = _checked(words)
    because = typed_words(reason, "reason", LONGEST_REASON)
    checked = _checked_file(content, file_name) if content or file_name else None
    with unit_of_work() as work:
        document_queries.lock_document(document.id)
        row = queries.get_attachment(document.id, attachment_id)
        digest, kind, name, size = row.digest, row.kind, row.file_name, row.size
        if checked is not None:
            file, name = checked
            digest = keep_file(work, file.content, field="file")
            kind, size = file.kind, len(file.content)
        is_same = (said.title, said.description) == (row.title, row.description)
        if is_same and (digest, name) == (row.digest, row.file_name):
            return False
        state = _further_state(row, act="reworded" if digest == row.digest else "replaced")
        state.digest, state.kind, state.file_name, state.size = digest, kind, name, size
        state.title, state.description, state.reason = said.title, said.description, because
        state.at, state.person_id = now, actor.id
        _record(work, state, actor, now)
        return True


def move_attachment(actor: Actor, slug: str, attachment_id: int, *, is_up: bool, now: datetime) -> bool:
    """Move an attachment one place up or down in the list; False when it stands at the end of it already."""
    document = get_editable(actor, slug)
    with unit_of_work() as work:
        document_queries.lock_document(document.id)
        rows = queries.list_draft_attachments(document.id)
        at = next((at for at, row in enumerate(rows) if row.attachment_id == attachment_id), None)
        if at is None:
            raise NotFound("attachment")
        other = at - 1 if is_up else at + 1
        if not 0 <= other < len(rows):
            return False
        for row, place in ((rows[at], other), (rows[other], at)):
            state = _further_state(row, act="moved")
            state.position, state.at, state.person_id = rows[place].position, now, actor.id
            _record(work, state, actor, now)
        return True


def remove_attachment(
    actor: Actor, slug: str, attachment_id: int, *, reason: str = "", now: datetime
) -> None:
    """Take an attachment out of the list; what it was stays in its history, and in the versions published with it."""
    document = get_editable(actor, slug)
    because = typed_words(reason, "reason", LONGEST_REASON)
    with unit_of_work() as work:
        document_queries.lock_document(document.id)
        state = _further_state(queries.get_attachment(document.id, attachment_id), act="removed")
        state.reason, state.at, state.person_id = because, now, actor.id
        _record(work, state, actor, now)


def bring_attachment_back(actor: Actor, slug: str, state_id: int, *, now: datetime) -> None:
    """Let an attachment stand again as it once stood: one that was removed, or the file it had before."""
    document = get_editable(actor, slug)
    with unit_of_work() as work:
        document_queries.lock_document(document.id)
        once = queries.get_state(document.id, state_id)
        held = queries.list_draft_attachments(document.id)
        if not once.is_there:
            raise InvalidInput("file_erased", field="file")
        stands = next((row for row in held if row.attachment_id == once.attachment_id), None)
        if stands is None and len(held) >= MOST_ATTACHMENTS:
            raise InvalidInput("too_many_attachments", field="file", limit=MOST_ATTACHMENTS)
        state = _further_state(once, act="replaced" if stands else "attached")
        state.position = stands.position if stands else max((row.position for row in held), default=-1) + 1
        state.at, state.person_id = now, actor.id
        _record(work, state, actor, now)


def publish_attachments(work: Work, document_id: int, version_id: int) -> None:
    """Keep with a version how the attachments stood."""
    work.add(
        *(
            VersionAttachment(version_id=version_id, state_id=row.id)
            for row in queries.list_draft_attachments(document_id)
        )
    )


def attachments_of(document: DocumentRow, version: VersionRow | None) -> list[AttachmentRow]:
    """The attachments published with a version, or those of the working draft, in their order."""
    if version is not None:
        return queries.list_version_attachments(version.id)
    return queries.list_draft_attachments(document.id)


def give_attachment(actor: Actor, slug: str, state_id: int) -> Given:
    """The file of an attachment as it once stood, for whoever may know of it: everybody where it was published with a
    version, those who see the working draft otherwise. Raises NotFound for everything else."""
    document = document_queries.get_document(slug, Viewer.of(actor))
    row = queries.get_state(document.id, state_id)
    is_public = queries.is_state_published(row.id)
    if not is_public and not is_allowed(actor, Permission.SEE_UNPUBLISHED, of_document(document)):
        raise NotFound("attachment")
    return Given(
        file_queries.get_content(row.digest), MEDIA_TYPES[row.kind], row.file_name, row.digest, is_public
    )


def list_history(actor: Actor, slug: str, attachment_id: int) -> tuple[DocumentRow, list[AttachmentRow]]:
    """All that was done with an attachment, the last first, for those who see the working draft. Raises NotFound."""
    document = document_queries.get_document(slug, Viewer.of(actor))
    require(actor, Permission.SEE_UNPUBLISHED, of_document(document))
    rows = queries.list_states(document.id, attachment_id)
    if not rows:
        raise NotFound("attachment")
    return document, rows


def attachment_list(
    document: DocumentRow, version: VersionRow | None, *, address: str
) -> tuple[ExportedSection, ...]:
    """The list of attachments at the end of an exported text, as one more section every format can print; none where
    there are none. It has no source: Markdown is the text itself and goes out without. `address` is where a file is, with ``{}`` for the number of its state, or "" for nowhere."""
    rows = attachments_of(document, version)
    if not rows:
        return ()
    captions = captions_for(document.language)
    html = [f"<h2>{escape(captions.attachments)}</h2><ol>"]
    for row in rows:
        about = f"{row.file_name}, {captions.size_of(row.size)}, SHA-256 {row.digest}"
        href = address.format(row.id) if address else ""
        link = f'<a href="{escape(href)}">{escape(row.title)}</a>' if href else escape(row.title)
        said = f"<br>{escape(' '.join(row.description.split()))}" if row.description else ""
        html.append(f"<li><p><strong>{link}</strong>{said}<br>{escape(about)}</p></li>")
    return (ExportedSection("", 1, 2, "", "".join(html) + "</ol>"),)


def attached_files(document: DocumentRow, version: VersionRow | None) -> tuple[ExportedFile, ...]:
    """The attached files themselves, each under a name of its own, in their order; those that are still there."""
    rows = [row for row in attachments_of(document, version) if row.is_there]
    contents = file_queries.list_contents({row.digest for row in rows})
    return tuple(
        ExportedFile(contents[row.digest], f"{number:02d} {row.file_name}")
        for number, row in enumerate(rows, start=1)
    )


# What the acts share


def _further_state(row: AttachmentRow, *, act: str) -> AttachmentState:
    """A further state of an attachment that says what the one before said."""
    return AttachmentState(
        attachment_id=row.attachment_id,
        document_id=row.document_id,
        act=act,
        digest=row.digest,
        kind=row.kind,
        file_name=row.file_name,
        size=row.size,
        title=row.title,
        description=row.description,
        position=row.position,
        reason="",
        at=row.at,
        person_id=None,
    )


def _record(work: Work, state: AttachmentState, actor: Actor, now: datetime) -> None:
    work.add(state)
    work.flush()
    keep_act(work, state.document_id, ActKind.ATTACHMENT, state.id)
    work.record(AttachmentChanged(str(state.document_id), str(state.id)), at=now, actor_ref=actor.id)


def _checked(words: Words, *, otherwise: str = "") -> Words:
    title = typed_line(words.title, "title", LONGEST_TITLE) or otherwise[:LONGEST_TITLE]
    if not title:
        raise InvalidInput("attachment_title", field="title")
    return Words(title, typed_words(words.description, "description", LONGEST_DESCRIPTION))


def _checked_file(content: bytes, file_name: str) -> tuple[CheckedFile, str]:
    """The file as it is kept, and the name it is given out under."""
    if not file_name:
        raise InvalidInput("file_missing", field="file")
    if not content:
        raise InvalidInput("attached_empty", field="file")
    checked = current_ports().attached_files.check(content, ending=ending_of(file_name))
    if checked.kind in _PICTURES:
        made = current_ports().pictures.made_anew(content, field="file", side=LARGEST_SIDE, kind=checked.kind)
        checked = replace(checked, content=made.content)
    return checked, safe_name(file_name, "jpg" if checked.kind == "jpeg" else checked.kind)


def _stem(file_name: str) -> str:
    return safe_name(file_name, "x").removesuffix(".x") if file_name else ""
