"""How a record is altered behind the product's back, and the check that finds it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import text

from consult.domain.history.chain import change_hash, text_digest
from consult.storage.database import db


@dataclass(frozen=True, slots=True)
class Alteration:
    """`found` is what is named: the kind of record, which one ("*" where its id is drawn) and how it is wrong; `by` is
    the name of the check."""

    do: str | Callable[[], object]
    found: tuple[str, str, str]
    by: str

    def make(self) -> None:
        if isinstance(self.do, str):
            run(*self.do.format(bytes="BLOB").split("; "))
        else:
            self.do()

    def is_named_by(self, fault: tuple[str, str, str] | None) -> bool:
        if fault is None or (fault[0], fault[2]) != (self.found[0], self.found[2]):
            return False
        return self.found[1] == "*" or fault[1].split("/")[-1] == self.found[1].split("/")[-1]


def run(*statements: str, **values: object) -> None:
    """Alter the store."""
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        db.session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for statement in statements:
        db.session.execute(text(statement), values)
    db.session.commit()


def forge(number: int, said_now: dict[str, object]) -> None:
    """Let a change say something else, with a hash that fits."""
    body = db.session.execute(text("SELECT body FROM change WHERE number = :number"), {"number": number})
    said = json.loads(str(body.scalar())) | said_now
    run(
        "UPDATE change SET body = :body, hash = :hash WHERE number = :number",
        body=json.dumps(said),
        hash=change_hash(said),
        number=number,
    )


def forge_text(source: str) -> None:
    """Give a text other words, with a digest that fits."""
    run(
        "UPDATE section_text SET source = :source, digest = :digest WHERE id = 2",
        source=source,
        digest=text_digest(source),
    )
