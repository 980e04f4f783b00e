"""When words appeared in a document and when they went."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_babel import gettext

from consult.domain.errors import InvalidInput
from consult.services.appearances import Appearances, Period, Place, Step, Turn, find_appearances
from consult.storage.queries import documents as queries
from consult.storage.queries.documents import DocumentRow
from consult.web.appearances.presenters import (
    WordsExcerpt,
    WordsPage,
    WordsPeriod,
    WordsPlace,
    WordsTurn,
)
from consult.web.shared.addresses import printable
from consult.web.shared.cards import clipped, comment_href
from consult.web.shared.errors import wording
from consult.web.shared.exact_words import words_in_draft, words_in_version
from consult.web.shared.heads import document_head
from consult.web.shared.i18n import moment
from consult.web.shared.limits import limited
from consult.web.shared.presenters import Link, Piece
from consult.web.shared.redlines import redline
from consult.web.shared.viewers import current_actor, current_viewer

AROUND = 200
"""Code points of a part shown on each side of the words."""

ANSWER_LENGTH = 320
LONGEST_ASKED = 1_000


@limited("search")
def words(slug: str) -> tuple[str, int] | str:
    """The words asked for, with all their times in the document."""
    document = queries.get_document(slug, current_viewer())
    asked = printable(request.args.get("q", ""))[:LONGEST_ASKED]
    in_any_form = bool(request.args.get("forms"))
    page = WordsPage(
        head=document_head(document, tab="history"),
        action=url_for("appearances.words", slug=slug),
        query=asked,
        in_any_form=in_any_form,
    )
    if not asked.strip():
        return render_template("appearances/words.html", page=page)
    try:
        found = find_appearances(current_actor(), slug, asked, in_any_form=in_any_form)
    except InvalidInput as error:
        problem = WordsPage(page.head, page.action, asked, in_any_form, problem=wording(error))
        return render_template("appearances/words.html", page=problem)
    page = WordsPage(
        head=page.head,
        action=page.action,
        query=found.phrase.words,
        in_any_form=in_any_form,
        summary=_summary(found),
        periods=tuple(_period(document, period, found) for period in found.periods),
        earlier=found.earlier,
        sees_draft=found.sees_draft,
    )
    return render_template("appearances/words.html", page=page)


def _summary(found: Appearances) -> str:
    if not found.periods:
        return (
            gettext("These words have never stood in this document.")
            if found.sees_draft
            else gettext("These words stand in no published version of this document.")
        )
    last = found.periods[-1]
    if found.sees_draft:
        if last.until_no is None:
            return gettext("These words stand in the text since change %(number)s.", number=last.from_no)
        return gettext("These words are no longer in the text since change %(number)s.", number=last.until_no)
    if last.went is None:
        return gettext("These words stand in the text since version %(number)s.", number=last.versions[0])
    return gettext(
        "These words are no longer in the text since version %(number)s.", number=last.went.version_no
    )


def _period(document: DocumentRow, period: Period, found: Appearances) -> WordsPeriod:
    return WordsPeriod(
        title=_title(period, found),
        versions=tuple(
            Link(
                gettext("version %(number)s", number=number),
                url_for("documents.version", slug=document.slug, number=number),
            )
            for number in period.versions
        )
        if found.sees_draft
        else (),
        came=_turn(document, period.came, came=True),
        went=_turn(document, period.went, came=False) if period.went else None,
        places=tuple(_place(document, place, sees_draft=found.sees_draft) for place in period.places),
        more_places=period.place_count - len(period.places),
        is_now=period.went is None,
    )


def _title(period: Period, found: Appearances) -> str:
    if found.sees_draft:
        if period.until_no is None:
            return gettext("Since change %(number)s", number=period.from_no)
        return gettext(
            "From change %(first)s to change %(last)s", first=period.from_no, last=period.until_no - 1
        )
    first, last = period.versions[0], period.versions[-1]
    if period.went is None:
        return gettext("Since version %(number)s", number=first)
    if first == last:
        return gettext("In version %(number)s", number=first)
    return gettext("From version %(first)s to version %(last)s", first=first, last=last)


def _turn(document: DocumentRow, turn: Turn, *, came: bool) -> WordsTurn:
    comment, answer = turn.comment, turn.comment.answer if turn.comment else None
    return WordsTurn(
        change_text=gettext("change %(number)s", number=turn.number),
        change_href=url_for("documents.change", slug=document.slug, number=turn.number),
        by=turn.by if turn.by is not None else gettext("[name removed]"),
        at=moment(turn.at),
        note=turn.note,
        cause=turn.cause_kind or ("edit" if turn.kind == "save" else turn.kind),
        cause_text=gettext("comment %(number)s", number=comment.number) if comment else "",
        cause_href=comment_href(comment.register_id, comment.number) if comment else "",
        outcome=answer.outcome if answer else "",
        answer=clipped(answer.justification or "", ANSWER_LENGTH) if answer else "",
        version=Link(
            gettext("version %(number)s", number=turn.version_no),
            url_for("documents.version", slug=document.slug, number=turn.version_no),
        )
        if turn.version_no
        else None,
        redlines=tuple(
            (step.heading or gettext("(no heading)"), _around(step, came=came))
            for step in turn.steps
            if step.before and step.after
        ),
        excerpts=tuple(_excerpt(step, came=came) for step in turn.steps if not (step.before and step.after))[
            :1
        ],
    )


def _excerpt(step: Step, *, came: bool) -> WordsExcerpt:
    """The words in a part that is new, or gone, with whole words around them."""
    text, span = step.after if came else step.before, step.spans[0]
    start = 0 if span.start <= AROUND else text.find(" ", span.start - AROUND, span.start) + 1
    end = len(text) if span.end + AROUND >= len(text) else text.rfind(" ", span.end, span.end + AROUND)
    end = max(end, span.end)
    return WordsExcerpt(
        title=step.heading or gettext("(no heading)"),
        before=("[…] " if start else "") + text[start : span.start],
        words=span.of(text),
        after=text[span.end : end] + (" […]" if end < len(text) else ""),
    )


def _around(step: Step, *, came: bool) -> tuple[Piece, ...]:
    """What changed beside the words, the rest of the part left out."""
    text, span = step.after if came else step.before, step.spans[0]
    start = text.find(" ", max(0, span.start - AROUND), span.start) + 1 if span.start > AROUND else 0
    end = text.rfind(" ", span.end, span.end + AROUND) if span.end + AROUND < len(text) else len(text)
    end = max(end, span.end)
    counted = ("same", "ins") if came else ("same", "del")
    shown: list[Piece] = []
    at = 0
    was_cut = False
    for piece in redline(step.before, step.after):
        length = len(piece.text)
        if piece.kind not in counted:
            if start <= at <= end:
                shown.append(Piece(piece.kind, _clipped(piece.text)))
            continue
        first, last = max(start - at, 0), min(end - at, length)
        if first < last:
            before = "[…] " if first > 0 and not shown else ""
            shown.append(Piece(piece.kind, before + piece.text[first:last]))
        was_cut |= last < length and first < length
        at += length
    return (*shown, Piece("same", " […]")) if was_cut and shown else tuple(shown)


def _clipped(text: str) -> str:
    return text if len(text) <= 2 * AROUND else f"{text[:AROUND]} […] {text[-AROUND:]}"


def _place(document: DocumentRow, place: Place, *, sees_draft: bool) -> WordsPlace:
    if place.until_no is None and sees_draft:
        href = words_in_draft(document.slug, place.section_id, place.words)
    elif place.versions:
        href = words_in_version(document.slug, place.versions[-1], place.section_id, place.words)
    else:
        href = url_for("documents.change", slug=document.slug, number=place.from_no)
    title = " ".join(part for part in (place.label, place.heading or gettext("(no heading)")) if part)
    return WordsPlace(title=title, when=_when(place, sees_draft=sees_draft), href=href)


def _when(place: Place, *, sees_draft: bool) -> str:
    if sees_draft:
        if place.until_no is None:
            return gettext("since change %(number)s", number=place.from_no)
        if place.until_no - 1 == place.from_no:
            return gettext("during change %(number)s only", number=place.from_no)
        return gettext("changes %(first)s–%(last)s", first=place.from_no, last=place.until_no - 1)
    first, last = place.versions[0], place.versions[-1]
    if first == last:
        return gettext("version %(number)s", number=first)
    return gettext("versions %(first)s–%(last)s", first=first, last=last)
