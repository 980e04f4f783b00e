"""Comments written, and the receipt for them."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.text.spans import Span
from consult.services import comments as service
from consult.services.comments import Pointing, Remark, Sender
from consult.storage.queries import comments as queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import DocumentRow, TextRow
from consult.storage.queries.organisations import SpeakerRow
from consult.web.comments.forms import NewComment
from consult.web.comments.presenters import (
    ComposerPage,
    ReceiptPage,
)
from consult.web.comments.views.shared import LONGEST_IN_ADDRESS, shown_version
from consult.web.shared.addresses import printable, whole_number
from consult.web.shared.cards import card_of, clipped
from consult.web.shared.forms import is_our_token, new_token, refuse
from consult.web.shared.heads import document_head, now
from consult.web.shared.hosts import clause_href, host_frame
from consult.web.shared.i18n import as_written, deadline, language, moment, phrase
from consult.web.shared.limits import limited
from consult.web.shared.viewers import current_actor, current_person, current_viewer

WORDS_SHOWN = 1_200

OWN = "organisation-"
"""Before the id of one of the sender's own organisations, in the answer to "in whose name?"."""


@limited("comments")
def new(slug: str) -> ResponseReturnValue:
    document = document_queries.get_document(slug, current_viewer())
    open_now = consultation_queries.find_open_consultation(document.id, now())
    form = NewComment()
    if not form.is_submitted():
        if open_now is None:
            raise _closed(document)
        _fill(form)
    pointing, text = _pointing(form, open_now)
    if form.is_submitted():
        if form.is_sent() and not form.website.data:
            try:
                receipt = _submit(slug, form, pointing)
            except InvalidInput as error:
                refuse(form, error)
            else:
                where = url_for(
                    "comments.receipt",
                    register_id=receipt.register_id,
                    receipt_no=receipt.receipt_no,
                    secret=receipt.secret,
                )
                return redirect(where, code=303)
        elif form.website.data:
            form.form_errors.append(gettext("The field that is to stay empty was filled in."))
    page = _composer(document, form, pointing, text, open_now)
    shown = render_template("comments/new.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _fill(form: NewComment) -> None:
    """What the address says the comment points at, a fresh token, and in whose name a member speaks."""
    for name in ("section", "text_id", "start", "end"):
        form[name].data = printable(request.args.get(name, ""))[:LONGEST_IN_ADDRESS]
    form.token.data = new_token()
    form.kind.data = "substantive" if form.section.data else "general"
    own = _own_organisations()
    first = next((one for one in own if one.is_confirmed), own[0] if own else None)
    form.capacity.data = _capacity_of(first) if first else "resident"


def _own_organisations() -> list[SpeakerRow]:
    """The organisations the reader belongs to, in whose name they can offer to speak."""
    person = current_person()
    return organisation_queries.list_speakers(person.id) if person else []


def _capacity_of(speaker: SpeakerRow) -> str:
    """What the form says for one of the sender's own organisations."""
    return f"{OWN}{speaker.organisation_id}"


def _pointing(form: NewComment, open_now: ConsultationRow | None) -> tuple[Pointing | None, TextRow | None]:
    """What the form points at; None for the whole document."""
    section_id, text_id = form.section.data or "", whole_number(form.text_id.data)
    if not section_id:
        return None, None
    if text_id is None:
        raise NotFound("text")
    text = document_queries.get_text(text_id)
    known = (
        document_queries.list_text_ids_of_version(open_now.version_id, [text.id])
        if open_now
        else document_queries.list_published_text_ids([text.id])
    )
    if text.section_id != section_id or text.id not in known:
        raise NotFound("text")
    start, end = whole_number(form.start.data), whole_number(form.end.data)
    if start is not None and end is not None and start < end <= len(text.plain):
        return Pointing(section_id, text.id, Span(start, end)), text
    return Pointing(section_id, text.id), text


def _submit(slug: str, form: NewComment, pointing: Pointing | None) -> service.Receipt:
    token = form.token.data or ""
    proposed = (form.proposed.data or "").strip()
    remark = Remark(
        text=form.text.data or "",
        kind=form.kind.data or "substantive",
        proposed=proposed if proposed and pointing else None,
        justification="",
        pointings=(pointing,) if pointing else (),
    )
    return service.submit_comments(
        current_actor(),
        slug,
        [remark],
        _sender(form),
        form_token=token if is_our_token(token) else "",
        language=language(),
        now=now(),
    )


def _sender(form: NewComment) -> Sender:
    capacity = form.capacity.data or ""
    person = current_person()
    if person is None:
        return Sender(
            capacity=capacity,
            name=form.name.data or "",
            email=form.email.data or "",
            organisation_name=form.organisation.data or "",
        )
    own = _own_organisations()
    typed = (form.organisation.data or "").strip()
    chosen = next(
        (
            one
            for one in own
            if capacity == _capacity_of(one) or (capacity == one.organisation_kind and not typed)
        ),
        None,
    )
    return Sender(
        capacity=chosen.organisation_kind if chosen else capacity,
        name=person.name,
        email=person.email,
        organisation_name=chosen.organisation_name if chosen else typed,
        organisation_id=chosen.organisation_id if chosen else None,
    )


def _composer(
    document: DocumentRow,
    form: NewComment,
    pointing: Pointing | None,
    text: TextRow | None,
    open_now: ConsultationRow | None,
) -> ComposerPage:
    version = document_queries.get_version_by_id(open_now.version_id) if open_now else None
    place, passage = "", ""
    if text is not None and pointing is not None:
        place = text.heading
        words = pointing.span.of(text.plain) if pointing.span else text.plain
        passage = words if len(words) <= WORDS_SHOWN else clipped(words, WORDS_SHOWN)
    person = current_person()
    return ComposerPage(
        head=document_head(document, version=version),
        about="whole" if pointing is None else ("words" if pointing.span else "part"),
        back_href=url_for("documents.show", slug=document.slug, _anchor=_section_anchor(pointing)),
        keep_key=f"{document.slug}/{form.section.data or ''}/{form.start.data or ''}/{form.end.data or ''}",
        place=place,
        passage=passage,
        closes=deadline(open_now.closes_at) if open_now else None,
        signed_in_as=person.name if person else "",
        own=tuple(
            (
                _capacity_of(one),
                phrase(gettext("For: %(name)s"), name=as_written(one.organisation_name))
                if one.is_confirmed
                else phrase(
                    gettext("For: %(name)s (shown as unconfirmed)"), name=as_written(one.organisation_name)
                ),
            )
            for one in _own_organisations()
        ),
        clause_href=host_frame(document.host_id).clause_href,
    )


def _section_anchor(pointing: Pointing | None) -> str | None:
    return f"s-{pointing.section_id[:12]}" if pointing else None


def _closed(document: DocumentRow) -> RuleBroken:
    last = next(iter(consultation_queries.list_consultations(document_id=document.id, limit=1)), None)
    if last is not None and last.is_cancelled:
        return RuleBroken("consultation_cancelled")
    if last is not None and now() < last.opens_at:
        return RuleBroken("consultation_not_open_yet", opens_at=last.opens_at.isoformat())
    return RuleBroken("consultation_closed", closed_at=last.closes_at.isoformat() if last else None)


def receipt(register_id: int, receipt_no: int, secret: str) -> Response:
    """The proof that comments were received, for whoever holds the address."""
    row = service.get_receipt(register_id, receipt_no, secret)
    comments = queries.list_comments_by_id(row.comment_ids, with_drafts=False)
    document = document_queries.get_document_by_id(comments[0].document_id)
    version_id = shown_version(document)
    placed = {
        place.comment_id: place
        for place in queries.list_placements_of(list(row.comment_ids), version_id=version_id)
    }
    first = comments[0]
    target = placed.get(first.id)
    page = ReceiptPage(
        head=document_head(document),
        comment=card_of(first, target),
        receipt_no=row.name,
        received=moment(row.received_at),
        another_href=url_for("comments.new", slug=document.slug),
        back_href=url_for(
            "documents.show", slug=document.slug, _anchor=f"s-{target.section_id[:12]}" if target else None
        ),
        clause_href=clause_href(row.submission_id),
        file_href=url_for(
            "comments.receipt_file", register_id=register_id, receipt_no=receipt_no, secret=secret
        ),
        record_href=url_for("documents.record", slug=document.slug),
        keep_key=f"{document.slug}/{target.origin_section if target else ''}/"
        + (f"{target.origin_start}/{target.origin_end}" if target and target.scope == "passage" else "/"),
    )
    response = make_response(render_template("comments/receipt.html", page=page))
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
