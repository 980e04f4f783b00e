"""Which texts one may compare, and which ones were asked for."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from flask_babel import gettext

from consult.domain.policy.permissions import Permission
from consult.services.comparison import Side
from consult.storage.queries import documents as queries
from consult.storage.queries import timelines as timeline_queries
from consult.storage.queries.documents import DocumentRow, VersionRow
from consult.web.shared.addresses import whole_number
from consult.web.shared.heads import may
from consult.web.shared.i18n import day

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Choosable:
    """A text one may compare: its value in the address, its name in words, where it stands in the history."""

    value: str
    name: str
    side: Side
    version: VersionRow | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The two texts to compare, the earlier first, or a `problem` in words; `texts` are all there are to choose from."""

    texts: tuple[Choosable, ...]
    old: Choosable | None
    new: Choosable | None
    problem: str = ""


def choose(document: DocumentRow) -> Choice:
    """What the address asks for, and where it asks for nothing the last two versions."""
    sees_draft = may(Permission.SEE_UNPUBLISHED, document)
    texts = list(_texts(document, sees_draft))
    new = _asked(document, "to", texts, sees_draft)
    old = _asked(document, "from", texts, sees_draft)
    if not texts:
        return Choice((), None, None, gettext("There is nothing to compare yet."))
    new = new or texts[0]
    if old is None:
        older = [text for text in texts if text.side.change_no < new.side.change_no]
        old = older[0] if older else new
    if old.side.change_no > new.side.change_no:
        old, new = new, old
    for text in (old, new):
        if text not in texts:
            texts.append(text)
    same = (old.value, old.side) == (new.value, new.side)
    problem = gettext("Choose two different texts.") if same else ""
    return Choice(tuple(texts), old, new, problem)


def _texts(document: DocumentRow, sees_draft: bool) -> list[Choosable]:
    """Everything one may choose from a list, the newest first."""
    versions = queries.list_versions(document.id)
    found = [
        Choosable(
            f"v{row.number}",
            gettext(
                "version %(number)s, %(label)s (%(day)s)",
                number=row.number,
                label=row.label,
                day=day(row.published_at).text,
            ),
            Side(row.change_no, row.id),
            row,
        )
        for row in versions
    ]
    if sees_draft and document.last_change_no:
        name = gettext("working draft after change %(number)s", number=document.last_change_no)
        found.insert(0, Choosable(DRAFT, name, Side(document.last_change_no)))
    return found


def _asked(document: DocumentRow, name: str, texts: list[Choosable], sees_draft: bool) -> Choosable | None:
    """The text a query names: by value, or by the number of a change typed beside it."""
    value = request.args.get(name, "")
    number = whole_number(request.args.get(f"{name}_change")) if sees_draft else None
    if number is None and sees_draft and value.startswith("c"):
        number = whole_number(value[1:])
    if number is not None:
        return _after_change(document, number)
    return next((text for text in texts if text.value == value), None)


def _after_change(document: DocumentRow, number: int) -> Choosable | None:
    if number == 0:
        return Choosable("c0", gettext("nothing, before the first change"), Side(0))
    row = timeline_queries.list_changes_in(document.id, {number}).get(number)
    if row is None:
        return None
    name = gettext("after change %(number)s (%(day)s)", number=number, day=day(row.at).text)
    return Choosable(f"c{number}", name, Side(number))
