"""Every page worth a picture: what it is called, who looks at it, and its address in the demonstration."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

OFFICIAL, EDITOR, ADMINISTRATOR, NGO = "miasto.urzednik", "miasto.redaktor", "administrator", "fundacja"
GUEST = ""


@dataclass(frozen=True, slots=True)
class Place:
    """`path` holds the names of `addresses` in braces; `status` is what the page answers."""

    name: str
    path: str
    who: str = GUEST
    status: int = 200


PLACES = (
    Place("home", "/"),
    Place("home-official", "/", OFFICIAL),
    Place("documents", "/documents"),
    Place("reading", "/documents/{standard}"),
    Place("reading-strategy", "/documents/{strategy}"),
    Place("draft", "/documents/{standard}/draft", EDITOR),
    Place("section-edit", "/documents/{standard}/sections/{section}", EDITOR),
    Place("section-history", "/documents/{standard}/sections/{section}/history", EDITOR),
    Place("section-move", "/documents/{standard}/sections/{section}/move", EDITOR),
    Place("history", "/documents/{standard}/history", EDITOR),
    Place("change", "/documents/{standard}/changes/2"),
    Place("compare", "/documents/{standard}/compare"),
    Place("downloads", "/documents/{standard}/downloads"),
    Place("versions", "/documents/{standard}/versions/1"),
    Place("revise", "/documents/{standard}/revise", EDITOR),
    Place("publish", "/documents/{standard}/publish", OFFICIAL),
    Place("consult", "/documents/{standard}/consult", OFFICIAL),
    Place("document-new", "/documents/new", EDITOR),
    Place("document-import", "/documents/import", EDITOR),
    Place("comments", "/documents/{standard}/comments"),
    Place("comment", "/comments/{register}/1"),
    Place("comment-new", "/documents/{strategy}/comments/new"),
    Place("workbench", "/consultations/{consultation}/answers/1?show=all", OFFICIAL),
    Place("search", "/search?q=konsultacje"),
    Place("search-empty", "/search?q=nietakiegoslowa"),
    Place("sign-in", "/sign-in"),
    Place("not-found", "/documents/nie-ma", status=404),
    Place("not-permitted", "/documents/new", NGO, status=403),
)


def addresses(store: Path) -> dict[str, object]:
    """The parts of addresses in a store that holds the demonstration."""
    with sqlite3.connect(store / "consult.sqlite3") as connection:

        def one(statement: str) -> object:
            row = connection.execute(statement).fetchone()
            if row is None:
                raise LookupError(statement)
            return row[0]

        return {
            "standard": one("SELECT slug FROM document WHERE kind = 'standard'"),
            "strategy": one("SELECT slug FROM document WHERE kind = 'strategy'"),
            "programme": one("SELECT slug FROM document WHERE kind = 'programme'"),
            "section": one(
                "SELECT o.section_id FROM occupancy o JOIN document d ON d.id = o.document_id"
                " WHERE d.kind = 'standard' AND o.until_no IS NULL ORDER BY o.rank LIMIT 1 OFFSET 6"
            ),
            "consultation": one(
                "SELECT c.id FROM consultation c JOIN document d ON d.id = c.document_id WHERE d.kind = 'standard'"
            ),
            "consultation_open": one(
                "SELECT c.id FROM consultation c JOIN document d ON d.id = c.document_id WHERE d.kind = 'strategy'"
            ),
            "consultation_silent": one(
                "SELECT c.id FROM consultation c JOIN document d ON d.id = c.document_id WHERE d.kind = 'programme'"
            ),
            "register": one(
                "SELECT r.id FROM register r JOIN document d ON d.id = r.document_id"
                " WHERE d.kind = 'standard' AND r.consultation_id IS NOT NULL"
            ),
        }
