"""Comments that wait: the bar that tells of them, and the page on which they are looked over and sent together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

from consult.domain.errors import InvalidInput, NotPermitted, RuleBroken
from consult.domain.process.comments import shown_name
from consult.services import unsent_comments as service
from consult.services.unsent_comments import KEPT, remark_of
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import unsent_comments as queries
from consult.storage.queries.documents import DocumentRow, TextRow
from consult.storage.queries.unsent_comments import Holder, UnsentRow, UnsentSenderRow
from consult.web.comments.forms import ReviewForm, SenderForm
from consult.web.comments.passages import Pointed, shown_passage
from consult.web.comments.presenters import (
    ReviewPage,
    SenderChoices,
    UnsentBar,
    UnsentCard,
    UnsentDocument,
    UnsentPage,
)
from consult.web.comments.senders import fill_sender, own_choices, seen_as, sender_of, unsent_sender_of
from consult.web.shared.cards import clipped
from consult.web.shared.errors import wording
from consult.web.shared.forms import Act, is_our_token, new_token, refuse
from consult.web.shared.heads import document_head, now
from consult.web.shared.hosts import host_frame
from consult.web.shared.i18n import day, deadline, language
from consult.web.shared.limits import limited
from consult.web.shared.presenters import Piece
from consult.web.shared.redlines import redline
from consult.web.shared.site import say, say_stale
from consult.web.shared.unsent import current_holder, tell_scripts
from consult.web.shared.viewers import current_actor, current_person, current_viewer

_BLANK_LINES = re.compile(r"\n\s*\n")
FIRST_WORDS = 60


def unsent() -> Response:
    """The documents on which comments wait."""
    holder = current_holder()
    page = UnsentPage(
        documents=tuple(
            UnsentDocument(row.title, row.language, row.count, url_for("comments.review", slug=row.slug))
            for row in (queries.list_counts(holder) if holder else [])
        ),
        days=KEPT.days,
    )
    return _private(render_template("comments/unsent.html", page=page))


def bar() -> Response:
    """What waits, for the bar a script puts on every page; empty when nothing does."""
    holder = current_holder()
    counts = queries.list_counts(holder) if holder else []
    tell_scripts(holder)
    if holder is None or not counts:
        return _private("")
    first = counts[0]
    pointing_at, back_href = "", ""
    document = document_queries.get_document(first.slug, current_viewer())
    sender = queries.find_sender(holder, document.id)
    if sender is not None and sender.pointing_for is not None:
        row = queries.find_unsent(holder, document.id, sender.pointing_for)
        pointing_at = clipped(row.text or row.proposed or "", FIRST_WORDS) if row else ""
        back_href = url_for("comments.edit_unsent", slug=first.slug, unsent_id=row.id) if row else ""
    shown = UnsentBar(
        count=sum(row.count for row in counts),
        href=url_for("comments.review", slug=first.slug) if len(counts) == 1 else url_for("comments.unsent"),
        pointing_at=pointing_at,
        back_href=back_href,
    )
    return _private(render_template("comments/_bar.html", bar=shown))


@limited("comments")
def review(slug: str) -> ResponseReturnValue:
    """Everything that waits on a document, and the one button that sends it."""
    document = document_queries.get_document(slug, current_viewer())
    holder = current_holder()
    form = ReviewForm()
    kept = queries.find_sender(holder, document.id) if holder else None
    over = ""
    if form.is_submitted():
        if form.is_sent() and not form.website.data:
            try:
                return _send(document, holder, form)
            except InvalidInput as error:
                refuse(form, error)
            except (RuleBroken, NotPermitted) as error:
                over = wording(error)
                form.form_errors.append(over)
        elif form.website.data:
            form.form_errors.append(gettext("The field that is to stay empty was filled in."))
        if holder is not None and not form.website.data:
            _keep_sender(document, holder, form)
    else:
        fill_sender(form, kept)
        form.token.data = new_token()
    shown = render_template(
        "comments/review.html", page=_review(document, holder, kept, form, over), form=form
    )
    return _private(shown, 422 if form.errors else 200)


def _send(document: DocumentRow, holder: Holder | None, form: ReviewForm) -> ResponseReturnValue:
    token = form.token.data or ""
    receipt = service.send_unsent(
        current_actor(),
        holder or Holder(browser_hash="nobody"),
        document.slug,
        sender_of(form),
        form_token=token if is_our_token(token) else "",
        language=language(),
        now=now(),
    )
    tell_scripts(holder)
    where = url_for(
        "comments.receipt",
        register_id=receipt.register_id,
        receipt_no=receipt.receipt_no,
        secret=receipt.secret,
    )
    return redirect(where, code=303)


@limited("preview")
def look(slug: str) -> ResponseReturnValue:
    """Keep in whose name the comments are to be sent, and show how it will be seen."""
    document = document_queries.get_document(slug, current_viewer())
    holder, form = current_holder(), ReviewForm()
    if holder is None or not form.is_sent():
        say_stale()
    else:
        _keep_sender(document, holder, form)
    return redirect(url_for("comments.review", slug=slug, _anchor="seen"), code=303)


def _keep_sender(document: DocumentRow, holder: Holder, form: SenderForm) -> None:
    try:
        service.keep_sender(current_actor(), holder, document.slug, unsent_sender_of(form), now=now())
    except InvalidInput:
        return  # what cannot be kept was said beside its field


@limited("comments")
def remove_unsent(slug: str, unsent_id: int) -> ResponseReturnValue:
    holder = _holder_on(slug)
    if holder is None or not Act().is_sent():
        say_stale()
        return redirect(url_for("comments.review", slug=slug), code=303)
    service.remove_unsent(current_actor(), holder, slug, unsent_id, now=now())
    tell_scripts(holder)
    say(
        "done",
        gettext("The comment is thrown away."),
        undo_href=url_for("comments.put_back_unsent", slug=slug, unsent_id=unsent_id),
    )
    return redirect(url_for("comments.review", slug=slug), code=303)


@limited("comments")
def put_back_unsent(slug: str, unsent_id: int) -> ResponseReturnValue:
    holder = _holder_on(slug)
    if holder is None or not Act().is_sent():
        say_stale()
    else:
        service.put_back_unsent(current_actor(), holder, slug, unsent_id, now=now())
        tell_scripts(holder)
        say("done", gettext("The comment is back in its place."))
    return redirect(url_for("comments.review", slug=slug), code=303)


@limited("comments")
def move_unsent(slug: str, unsent_id: int) -> ResponseReturnValue:
    holder = _holder_on(slug)
    if holder is None or not Act().is_sent():
        say_stale()
    else:
        is_up = request.form.get("to") == "up"
        service.move_unsent(current_actor(), holder, slug, unsent_id, is_up=is_up, now=now())
    return redirect(url_for("comments.review", slug=slug, _anchor=f"uwaga-{unsent_id}"), code=303)


@limited("comments")
def stop_pointing(slug: str) -> ResponseReturnValue:
    """Give up choosing one more passage."""
    holder = _holder_on(slug)
    if holder is None or not Act().is_sent():
        say_stale()
    else:
        service.point_further(current_actor(), holder, slug, None, now=now())
    return redirect(url_for("documents.show", slug=slug), code=303)


def _holder_on(slug: str) -> Holder | None:
    """Whose comments wait on a document the reader may know of. Raises NotFound."""
    document_queries.get_document(slug, current_viewer())
    return current_holder()


def _review(
    document: DocumentRow,
    holder: Holder | None,
    kept: UnsentSenderRow | None,
    form: ReviewForm,
    over: str,
) -> ReviewPage:
    open_now = consultation_queries.find_open_consultation(document.id, now())
    rows = queries.list_unsent(kept.id) if kept else []
    person = current_person()
    version = document_queries.get_version_by_id(open_now.version_id) if open_now else None
    if open_now is None and not over and rows:
        over = gettext("Comments on this document are not taken now.")
    return ReviewPage(
        head=document_head(document, version=version),
        comments=_cards(document.slug, rows),
        sender=SenderChoices(
            signed_in_as=person.name if person else "",
            initials=shown_name(person.name, "initials") if person else "",
            own=own_choices(),
            clause_href=host_frame(document.host_id).clause_href,
        ),
        author=seen_as(sender_of(form)),
        back_href=url_for("documents.show", slug=document.slug),
        look_href=url_for("comments.look", slug=document.slug),
        csrf_token=generate_csrf() if holder else "",
        closes=deadline(open_now.closes_at) if open_now else None,
        over=over,
        kept_until=day(kept.kept_at + KEPT) if kept else None,
    )


def _cards(slug: str, rows: Sequence[UnsentRow]) -> tuple[UnsentCard, ...]:
    ids = sorted({target.text_id for row in rows for target in row.targets})
    texts = {text.id: text for text in document_queries.list_texts(ids)}
    return tuple(_card(slug, row, at, len(rows), texts) for at, row in enumerate(rows, start=1))


def _card(slug: str, row: UnsentRow, no: int, count: int, texts: dict[int, TextRow]) -> UnsentCard:
    pointed = [Pointed(one, texts[one.text_id]) for one in remark_of(row).pointings if one.text_id in texts]
    where = {"slug": slug, "unsent_id": row.id}
    return UnsentCard(
        no=no,
        kind=row.kind,
        paragraphs=tuple(part.strip() for part in _BLANK_LINES.split(row.text) if part.strip()),
        passages=tuple(shown_passage(one) for one in pointed),
        proposed=_proposed(row, pointed),
        reasons=row.justification,
        edit_href=url_for("comments.edit_unsent", **where),  # type: ignore[arg-type]
        remove_href=url_for("comments.remove_unsent", **where),  # type: ignore[arg-type]
        move_href=url_for("comments.move_unsent", **where),  # type: ignore[arg-type]
        can_go_up=no > 1,
        can_go_down=no < count,
    )


def _proposed(row: UnsentRow, pointed: Sequence[Pointed]) -> tuple[Piece, ...]:
    if row.proposed is None:
        return ()
    return redline(pointed[0].words, row.proposed) if len(pointed) == 1 else (Piece("same", row.proposed),)


def _private(body: str, status: int = 200) -> Response:
    response = make_response(body, status)
    response.headers["Cache-Control"] = "no-store"
    return response
