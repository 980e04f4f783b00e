"""What may be edited, and what may be written: shared by all acts of drafting."""

from __future__ import annotations

from consult.domain.errors import InvalidInput
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.text import outline
from consult.domain.text.normalise import admit
from consult.services.authority import of_document, require
from consult.storage.queries import documents as document_queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.viewers import Viewer

LONGEST_SOURCE = 1_000_000
"""Code points of Markdown one section may hold."""

LONGEST_NOTE = 2_000
LONGEST_TITLE = 400


def get_editable(actor: Actor, slug: str) -> DocumentRow:
    """The document, if the actor may edit its working draft. Raises NotFound or NotPermitted."""
    document = document_queries.get_document(slug, Viewer.of(actor))
    require(actor, Permission.EDIT_DRAFT, of_document(document))
    return document


def checked_title(title: str) -> str:
    """A title as it is kept. Raises InvalidInput when it is empty, long or not one line."""
    heading = " ".join(admit(title, field="title").split(" ")).strip()
    if not heading:
        raise InvalidInput("title_empty", field="title")
    if "\n" in heading:
        raise InvalidInput("title_multiline", field="title")
    if len(heading) > LONGEST_TITLE:
        raise InvalidInput("title_too_long", field="title", limit=LONGEST_TITLE)
    return heading


def check_note(note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise InvalidInput("note_too_long", field="note", limit=LONGEST_NOTE)


def checked_source(source: str, *, may_be_empty: bool = False) -> str:
    text = admit(source, field="source")
    if len(text) > LONGEST_SOURCE:
        raise InvalidInput("text_too_long", field="source", limit=LONGEST_SOURCE)
    if not text.strip() and not may_be_empty:
        raise InvalidInput("text_empty", field="source")
    return text


_SECTION_THAT_CLOSES = (
    "\n\n# x\n\n" + "`" * 80 + "\n\n" + "~" * 80 + "\n\n--> ?> ]]> </pre></script></style></textarea>\n"
)
"""A section with an end for every kind of block: where one was left open before it, its heading is none."""


def closed(source: str) -> str:
    """A section's text that another may follow: it ends with a blank line, or nothing was to be added.

    Raises InvalidInput when a block of code or a comment is left open in it, which would swallow what follows.
    """
    if len(outline.split(source + _SECTION_THAT_CLOSES)) == len(outline.split(source)):
        raise InvalidInput("block_left_open", field="source")
    if source.endswith("\n\n") or not source:
        return source
    return source + ("\n" if source.endswith("\n") else "\n\n")
