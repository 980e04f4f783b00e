"""What changes come from, named with links: the comment, the meeting, the proposal, the reason given afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from flask import current_app, url_for
from flask_babel import gettext

from consult.domain.policy.permissions import Permission
from consult.services.causes import Caused, CauseFound, Named, Sight, cause_of, gather_causes, sight_of
from consult.storage.queries import comments as comment_queries
from consult.storage.queries.comments import CommentRow
from consult.storage.queries.documents import DocumentRow
from consult.web.shared.cards import author_of, clipped, comment_href
from consult.web.shared.heads import may
from consult.web.shared.i18n import as_written, day, moment, phrase
from consult.web.shared.presenters import Moment
from consult.web.shared.viewers import current_actor

LONGEST_QUOTE = 160


class Told(Caused, Protocol):
    """What is told of a change besides its cause."""

    @property
    def number(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def author(self) -> str | None: ...
    @property
    def note(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class ChangeCause:
    """A change with what it comes from.

    `kind` is comment, meeting, decision, proposal, amendment, editorial, reason, beginning, back (it takes an earlier
    change back) or none. `text` names the cause ("Comment 61") and is "" for none; `words` are a line of it: of the
    comment, of the reason. `comments` are all those that asked for it as (number, who asked, address). `ask_href` leads to where one says what it comes from, for who may. `later` tells when and
    by whom the cause was said afterwards. `by` is empty for readers from outside the office. `is_repeated` marks one that stands in full above.
    """

    slug: str
    number: int
    change_text: str
    change_href: str
    on: Moment
    kind: str
    text: str = ""
    href: str = ""
    comments: tuple[tuple[int, str, str], ...] = ()
    outcome: str = ""
    words: str = ""
    note: str = ""
    by: str = ""
    later: str = ""
    ask_href: str = ""
    is_repeated: bool = False

    @property
    def is_missing(self) -> bool:
        return self.kind == "none"


def address_if_built(endpoint: str, **values: object) -> str:
    """The address of a page, or "" in an installation that does not have it."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""  # type: ignore[arg-type]


def causes_of(document: DocumentRow, changes: Iterable[Told]) -> dict[int, ChangeCause]:
    """The causes of changes of a document by number; a fixed number of queries."""
    rows = list(changes)
    sight = sight_of(current_actor(), document)
    known = gather_causes(rows, sight)
    return tell_causes(document, [(row, cause_of(row, known)) for row in rows], sight)


def asking_comments(found: Iterable[CauseFound], sight: Sight) -> dict[int, CommentRow]:
    """The comments that causes name, by id."""
    wanted = {comment_id for cause in found for comment_id in cause.comment_ids}
    rows = comment_queries.list_comments_by_id(wanted, with_drafts=sight.answers) if wanted else []
    return {row.id: row for row in rows}


def tell_causes(
    document: DocumentRow,
    found: Iterable[tuple[Told, CauseFound]],
    sight: Sight,
    comments: Mapping[int, CommentRow] | None = None,
) -> dict[int, ChangeCause]:
    """What was found, in words, by number; `comments` where they were read already (see asking_comments)."""
    pairs = list(found)
    if comments is None:
        comments = asking_comments([cause for _, cause in pairs], sight)
    may_say = may(Permission.EDIT_DRAFT, document)
    return {row.number: _told(document, row, cause, comments, sight, may_say) for row, cause in pairs}


def _told(
    document: DocumentRow,
    row: Told,
    cause: CauseFound,
    comments: Mapping[int, CommentRow],
    sight: Sight,
    may_say: bool,
) -> ChangeCause:
    plain = ChangeCause(
        slug=document.slug,
        number=row.number,
        change_text=gettext("Change %(number)s", number=row.number),
        change_href=url_for("documents.change", slug=document.slug, number=row.number),
        on=day(row.at),
        kind=cause.kind,
        note=(row.note or "") if sight.drafts else "",
        by=_author(row) if sight.drafts else "",
        ask_href=_ask(document, row) if may_say and not cause.is_recorded and cause.kind != "back" else "",
    )
    told = _named(plain, row, cause, comments, sight)
    if cause.said is None:
        return told
    return replace(
        told,
        words=clipped(cause.reason, 400) or told.words,
        later=_later(cause.said.at, cause.said.by, sight),
    )


def _later(at: datetime, by: str, sight: Sight) -> str:
    if sight.drafts and by:
        return phrase(
            gettext("cause added %(moment)s by %(name)s"), moment=moment(at).text, name=as_written(by)
        )
    return gettext("cause added %(moment)s", moment=moment(at).text)


def _author(row: Told) -> str:
    return row.author if row.author is not None else gettext("[name removed]")


def _ask(document: DocumentRow, row: Told) -> str:
    return url_for("documents.attribute", slug=document.slug, number=row.number)


def _named(
    plain: ChangeCause, row: Told, cause: CauseFound, comments: Mapping[int, CommentRow], sight: Sight
) -> ChangeCause:
    if cause.kind == "comment":
        return _comment(plain, [comments[key] for key in cause.comment_ids if key in comments])
    if cause.kind in ("meeting", "decision"):
        return _meeting(plain, cause.named)
    if cause.kind == "proposal":
        return _proposal(plain, cause.named)
    if cause.kind == "back":
        return _back(plain, row, sight)
    words = {
        "editorial": gettext("Editorial correction"),
        "reason": gettext("Reason given"),
        "beginning": gettext("Beginning of the document"),
        "none": "",
    }
    return replace(plain, text=words.get(cause.kind, plain.change_text))


def _comment(plain: ChangeCause, asking: Sequence[CommentRow]) -> ChangeCause:
    if not asking:  # made by the team outside of a consultation, and for its eyes only
        return replace(plain, text=gettext("A comment of the team"))
    first = asking[0]
    numbers = ", ".join(str(comment.number) for comment in asking)
    return replace(
        plain,
        text=gettext("Comment %(number)s", number=numbers)
        if len(asking) == 1
        else gettext("Comments %(numbers)s", numbers=numbers),
        href=comment_href(first.register_id, first.number),
        comments=tuple(
            (row.number, who_asked(row), comment_href(row.register_id, row.number)) for row in asking
        ),
        outcome=first.answer.outcome if first.answer else "",
        words=clipped(first.text or "", LONGEST_QUOTE),
    )


def who_asked(comment: CommentRow) -> str:
    """Who asked, as everybody may read it; empty for a resident who did not want to be named."""
    author = author_of(comment)
    return author.organisation or author.name


def _meeting(plain: ChangeCause, named: Named | None) -> ChangeCause:
    if named is None:
        text = gettext("Decision of a meeting") if plain.kind == "decision" else gettext("Meeting")
        return replace(plain, text=text)
    text = named.title
    if named.number is not None:
        text = gettext("Decision %(number)s, %(meeting)s", number=named.number, meeting=named.title)
    return replace(plain, text=text, href=url_for("meetings.show", meeting_id=named.id))


def _proposal(plain: ChangeCause, named: Named | None) -> ChangeCause:
    if named is None:
        return replace(plain, text=gettext("A proposal of the working group"))
    return replace(
        plain,
        text=gettext("Proposal %(number)s", number=named.number),
        href=url_for("proposals.show", slug=plain.slug, number=named.number),
        words=clipped(named.title, LONGEST_QUOTE),
    )


def _back(plain: ChangeCause, row: Told, sight: Sight) -> ChangeCause:
    return replace(
        plain,
        text=gettext("Takes back change %(number)s", number=row.of_no)
        if row.kind == "undo"
        else gettext("Brings back the state after change %(number)s", number=row.of_no),
        href=url_for("documents.change", slug=plain.slug, number=row.of_no) if sight.drafts else "",
    )
