"""What the pages of attached files show."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.attachments import AttachedFile
from consult.web.shared.presenters import DocumentHead, Link, Moment


@dataclass(frozen=True, slots=True)
class Entry:
    """An attached file with what may be done with it; an empty address means that it may not."""

    file: AttachedFile
    history_href: str
    edit_href: str = ""
    remove_href: str = ""
    up_href: str = ""
    down_href: str = ""


@dataclass(frozen=True, slots=True)
class AttachmentsPage:
    """`attachments/list_all.html`; variables `page`, `form` (token of the buttons). `removed` are (title, history) of
    those that were taken out."""

    head: DocumentHead
    entries: tuple[Entry, ...]
    removed: tuple[Link, ...]
    add_href: str
    is_draft: bool


@dataclass(frozen=True, slots=True)
class AttachmentPage:
    """`attachments/new.html`, `attachments/edit.html`, `attachments/remove.html`; variables `page`, `form`. `taken` are
    the endings one may attach, for the choice of files."""

    head: DocumentHead
    title: str
    back_href: str
    taken: str
    limit: str
    file: AttachedFile | None = None


@dataclass(frozen=True, slots=True)
class State:
    """How an attachment stood from a moment on: `act` is a code (attached, replaced, reworded, moved, removed)."""

    act: str
    file: AttachedFile
    at: Moment
    by: str
    reason: str
    back_href: str


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """`attachments/history.html`; variables `page`, `form` (token of the buttons)."""

    head: DocumentHead
    title: str
    states: tuple[State, ...]
    back_href: str
