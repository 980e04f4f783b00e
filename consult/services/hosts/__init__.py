"""A host's own pages: how it looks, where it is found, and the standing texts it tells people."""

from consult.services.hosts.look import (
    Contact,
    change_contact,
    change_crest,
    change_look,
    change_retention,
    drop_crest,
)
from consult.services.hosts.standing_texts import (
    TEXT_KINDS,
    note_clause,
    preview_text,
    publish_declaration,
    publish_text,
)

__all__ = [
    "TEXT_KINDS",
    "Contact",
    "change_contact",
    "change_crest",
    "change_look",
    "change_retention",
    "drop_crest",
    "note_clause",
    "preview_text",
    "publish_declaration",
    "publish_text",
]
