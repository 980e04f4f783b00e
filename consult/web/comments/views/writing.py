"""Comments written: sent at once, or kept to be sent with others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.process.comments import LONGEST_PROPOSED, shown_name
from consult.domain.text.normalise import normalise
from consult.services import comments as service
from consult.services import unsent_comments as unsent_service
from consult.services.comments import Remark
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import unsent_comments as unsent_queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.unsent_comments import UnsentRow
from consult.web.comments.forms import NewComment, WordsForm
from consult.web.comments.passages import (
    MORE,
    Pointed,
    fill_place,
    pointed_at,
    shown_passage,
    with_quote,
)
from consult.web.comments.presenters import ComposerPage, SenderChoices
from consult.web.comments.senders import fill_sender, own_choices, sender_of, unsent_sender_of
from consult.web.shared.addresses import address_with
from consult.web.shared.forms import is_our_token, new_token, refuse
from consult.web.shared.heads import document_head, now
from consult.web.shared.hosts import host_frame
from consult.web.shared.i18n import deadline, language
from consult.web.shared.limits import limited
from consult.web.shared.presenters import Piece
from consult.web.shared.redlines import redline
from consult.web.shared.site import say
from consult.web.shared.unsent import current_holder, holder_to_keep, tell_scripts
from consult.web.shared.viewers import current_actor, current_person, current_viewer

SEND, KEEP, FURTHER, LOOK = "send", "keep", "further", "look"
"""What the buttons of the form say: send this comment, keep it and write another, keep it and point at one more passage,
show the proposed wording as a change."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one writes: the document, its open consultation, and what the form points at."""

    document: DocumentRow
    open_now: ConsultationRow | None
    pointed: Sequence[Pointed]

    @property
    def words(self) -> str:
        """The words a wording is proposed for; "" where none can be."""
        return self.pointed[0].words if len(self.pointed) == 1 else ""


@limited("comments")
def new(slug: str) -> ResponseReturnValue:
    document = document_queries.get_document(slug, current_viewer())
    open_now = consultation_queries.find_open_consultation(document.id, now())
    form = NewComment()
    if not form.is_submitted():
        if open_now is None:
            raise _closed(document)
        if waiting := _waiting_for_passage(document):
            return redirect(waiting, code=303)
        fill_place(form)
        holder = current_holder()
        kept = unsent_queries.find_sender(holder, document.id) if holder else None
        fill_sender(form, kept)
        form.token.data = new_token()
        form.kind.data = "substantive" if form.section.data else "general"
    place = Place(document, open_now, pointed_at(form, document, open_now))
    if not form.is_submitted():
        _offer_words(form, place)
    elif form.is_sent() and not form.website.data:
        if request.form.get("act") == LOOK:
            return _compose(place, form)
        try:
            return _done(place, form)
        except InvalidInput as error:
            refuse(form, error)
    elif form.website.data:
        form.form_errors.append(gettext("The field that is to stay empty was filled in."))
    page = _compose(place, form)
    return (page, 422) if form.errors else page


def _done(place: Place, form: NewComment) -> ResponseReturnValue:
    """Send the comment, or keep it to be sent with others."""
    act, slug = request.form.get("act"), place.document.slug
    remark = _remark(form, place)
    token = form.token.data or ""
    token = token if is_our_token(token) else ""
    if act in (KEEP, FURTHER):
        return _kept(place, form, remark, token, unsent_id=None)
    receipt = service.submit_comments(
        current_actor(), slug, [remark], sender_of(form), form_token=token, language=language(), now=now()
    )
    holder = current_holder()
    if holder is not None:
        unsent_service.settle_unsent(holder, token)
        tell_scripts(holder)
    where = url_for(
        "comments.receipt",
        register_id=receipt.register_id,
        receipt_no=receipt.receipt_no,
        secret=receipt.secret,
    )
    return redirect(where, code=303)


def _kept(
    place: Place, form: WordsForm, remark: Remark, token: str, *, unsent_id: int | None
) -> ResponseReturnValue:
    slug, holder = place.document.slug, holder_to_keep()
    kept_id = unsent_service.keep_unsent(
        current_actor(),
        holder,
        slug,
        remark,
        unsent_id=unsent_id,
        sender=unsent_sender_of(form) if isinstance(form, NewComment) else None,
        form_token=token,
        now=now(),
    )
    tell_scripts(holder)
    if request.form.get("act") == FURTHER:
        unsent_service.point_further(current_actor(), holder, slug, kept_id, now=now())
        say(
            "done",
            gettext(
                "The comment is kept. Now choose the next passage: select its words, or press the number of a paragraph."
            ),
        )
        return redirect(_text_href(place), code=303)
    if unsent_id is not None:
        say("done", gettext("The comment is kept as it reads now. It is not sent yet."))
        return redirect(url_for("comments.review", slug=slug), code=303)
    say(
        "done",
        gettext("The comment is kept but not sent yet. Write the next one, then send all of them at once."),
    )
    return redirect(_text_href(place), code=303)


@limited("comments")
def edit_unsent(slug: str, unsent_id: int) -> ResponseReturnValue:
    """A comment that waits, to be written on; an address that names words adds them to what it points at."""
    document = document_queries.get_document(slug, current_viewer())
    open_now = consultation_queries.find_open_consultation(document.id, now())
    holder = current_holder()
    row = unsent_queries.find_unsent(holder, document.id, unsent_id) if holder else None
    if holder is None or row is None:
        raise NotFound("unsent_comment")
    form = WordsForm()
    if not form.is_submitted():
        fill_place(form)
        added = pointed_at(form, document, open_now)
        before = _pointed_of(row)
        pointed = [*before, *(one for one in added if all(one.value != other.value for other in before))]
        place = Place(document, open_now, pointed)
        form.text.data, form.kind.data, form.justification.data = row.text, row.kind, row.justification
        form.proposed.data = row.proposed
        if row.proposed is None:
            _offer_words(form, place)
    else:
        place = Place(document, open_now, pointed_at(form, document, open_now))
        if form.is_sent():
            if request.form.get("act") == LOOK:
                return _compose(place, form, row)
            try:
                return _kept(place, form, _remark(form, place), "", unsent_id=unsent_id)
            except InvalidInput as error:
                refuse(form, error)
    page = _compose(place, form, row)
    return (page, 422) if form.errors else page


def _pointed_of(row: UnsentRow) -> list[Pointed]:
    """What a comment that waits points at."""
    texts = {text.id: text for text in document_queries.list_texts([one.text_id for one in row.targets])}
    return [
        Pointed(pointing, texts[pointing.text_id])
        for pointing in unsent_service.remark_of(row).pointings
        if pointing.text_id in texts
    ]


@limited("preview")
def wording(slug: str) -> ResponseReturnValue:
    """The proposed wording as a change of the words, for the page on which somebody writes it."""
    document = document_queries.get_document(slug, current_viewer())
    form = WordsForm()
    if not form.is_sent():
        raise InvalidInput("stale_page")
    open_now = consultation_queries.find_open_consultation(document.id, now())
    place = Place(document, open_now, pointed_at(form, document, open_now))
    return render_template(
        "comments/_wording.html", pieces=_change_of(form, place), language=document.language
    )


# What both pages share


def _remark(form: WordsForm, place: Place) -> Remark:
    proposed = (form.proposed.data or "").strip()
    is_other = bool(place.pointed) and normalise(proposed).strip() not in ("", place.words.strip())
    return Remark(
        text=form.text.data or "",
        kind=form.kind.data or "substantive",
        proposed=proposed if is_other else None,
        justification=form.justification.data or "" if is_other else "",
        pointings=with_quote([one.pointing for one in place.pointed], form.quote.data or ""),
    )


def _offer_words(form: WordsForm, place: Place) -> None:
    """Put the words themselves where another wording is proposed, to be changed in their place."""
    form.proposed.data = place.words if len(place.words) <= LONGEST_PROPOSED else ""


def _change_of(form: WordsForm, place: Place) -> tuple[Piece, ...]:
    proposed = normalise(form.proposed.data or "").strip()[:LONGEST_PROPOSED]
    if not proposed or proposed == place.words.strip() or not place.words:
        return ()
    return redline(place.words, proposed)


def _waiting_for_passage(document: DocumentRow) -> str:
    """Where the comment that is to point at one more passage is written on; "" when there is none, or when the address
    asks for a comment of its own."""
    holder = current_holder()
    sender = unsent_queries.find_sender(holder, document.id) if holder else None
    if sender is None or sender.pointing_for is None or "separate" in request.args:
        return ""
    if not request.args.get("section"):
        return ""
    asked = {name: request.args.get(name, "") for name in ("section", "text_id", "start", "end", "quote")}
    where = {"slug": document.slug, "unsent_id": sender.pointing_for}
    address = address_with("comments.edit_unsent", where, asked)
    return address + "".join(f"&{MORE}={value}" for value in request.args.getlist(MORE) if _is_plain(value))


def _is_plain(value: str) -> bool:
    return len(value) <= 120 and value.replace(".", "").isalnum()


def _compose(place: Place, form: WordsForm, unsent: UnsentRow | None = None) -> str:
    document, open_now = place.document, place.open_now
    version = document_queries.get_version_by_id(open_now.version_id) if open_now else None
    person = current_person()
    change = _change_of(form, place)
    first = place.pointed[0] if place.pointed else None
    span = first.pointing.span if first else None
    if unsent is not None and first is not None:
        form.section.data, form.text_id.data = first.pointing.section_id, str(first.text.id)
        form.start.data, form.end.data = (str(span.start), str(span.end)) if span else ("", "")
    page = ComposerPage(
        head=document_head(document, version=version),
        passages=tuple(shown_passage(one) for one in place.pointed),
        back_href=_text_href(place),
        keep_key=f"{document.slug}/unsent/{unsent.id}"
        if unsent is not None
        else f"{document.slug}/{form.section.data or ''}/{form.start.data or ''}/{form.end.data or ''}",
        sender=SenderChoices(
            signed_in_as=person.name if person else "",
            initials=shown_name(person.name, "initials") if person else "",
            own=own_choices(),
            clause_href=host_frame(document.host_id).clause_href,
        )
        if unsent is None
        else None,
        closes=deadline(open_now.closes_at) if open_now else None,
        wording=change,
        wording_href=url_for("comments.wording", slug=document.slug),
        is_wording_open=bool(change or form.proposed.errors or form.justification.errors)
        or "propose" in request.args,
        may_propose=bool(place.words) and len(place.words) <= LONGEST_PROPOSED,
        unsent_no=1 if unsent is not None else 0,
        review_href=url_for("comments.review", slug=document.slug) if unsent is not None else "",
    )
    return render_template("comments/new.html", page=page, form=form)


def _text_href(place: Place) -> str:
    first = place.pointed[0].pointing.section_id[:12] if place.pointed else None
    return url_for("documents.show", slug=place.document.slug, _anchor=f"s-{first}" if first else None)


def _closed(document: DocumentRow) -> RuleBroken:
    last = next(iter(consultation_queries.list_consultations(document_id=document.id, limit=1)), None)
    if last is not None and last.is_cancelled:
        return RuleBroken("consultation_cancelled")
    if last is not None and now() < last.opens_at:
        return RuleBroken("consultation_not_open_yet", opens_at=last.opens_at.isoformat())
    return RuleBroken("consultation_closed", closed_at=last.closes_at.isoformat() if last else None)
