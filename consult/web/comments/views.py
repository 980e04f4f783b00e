"""Comments: written, received, read one by one and in lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.policy.permissions import Permission
from consult.domain.text.numbering import printed_title
from consult.domain.text.spans import Span
from consult.services import comments as service
from consult.services.comments import Pointing, Remark, Sender
from consult.services.exports import labelled
from consult.storage.queries import comments as queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.comments import CommentRow, PlacedRow
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import DocumentRow, SectionRow, TextRow
from consult.web.comments.forms import NewComment
from consult.web.comments.presenters import (
    CommentFilter,
    CommentGroup,
    CommentList,
    CommentPage,
    ComposerPage,
    ReceiptPage,
    Reconciliation,
)
from consult.web.shared.addresses import address_with, printable, whole_number
from consult.web.shared.cards import card_of, clipped, comment_href, main_register, ref_of
from consult.web.shared.forms import is_our_token, new_token, refuse
from consult.web.shared.heads import document_head, may, now
from consult.web.shared.i18n import deadline, moment
from consult.web.shared.limits import limited
from consult.web.shared.presenters import Card, Piece
from consult.web.shared.redlines import redline
from consult.web.shared.viewers import current_actor, current_person, current_viewer

ON_A_PAGE = 50
WORDS_SHOWN = 1_200
LONGEST_IN_ADDRESS = 64


# Writing


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
    person = current_person()
    form.capacity.data = (
        person.memberships[0].organisation_kind if person and person.memberships else "resident"
    )


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
    member = next((row for row in person.memberships if row.organisation_kind == capacity), None)
    return Sender(
        capacity=capacity,
        name=person.name,
        email=person.email,
        organisation_name=member.organisation_name if member else (form.organisation.data or ""),
        organisation_id=member.organisation_id if member else None,
        is_verified=member is not None,
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
    )


def _section_anchor(pointing: Pointing | None) -> str | None:
    return f"s-{pointing.section_id[:12]}" if pointing else None


def _closed(document: DocumentRow) -> RuleBroken:
    last = next(iter(consultation_queries.list_consultations(document_id=document.id, limit=1)), None)
    return RuleBroken("consultation_closed", closed_at=last.closes_at.isoformat() if last else None)


def receipt(register_id: int, receipt_no: int, secret: str) -> Response:
    """The proof that comments were received, for whoever holds the address."""
    row = service.get_receipt(register_id, receipt_no, secret)
    comments = queries.list_comments_by_id(row.comment_ids, with_drafts=False)
    document = document_queries.get_document_by_id(comments[0].document_id)
    version_id = _shown_version(document)
    placed = {
        place.comment_id: place
        for place in queries.list_placements_of(list(row.comment_ids), version_id=version_id)
    }
    first = comments[0]
    target = placed.get(first.id)
    page = ReceiptPage(
        head=document_head(document),
        comment=card_of(first, target),
        receipt_no=f"{row.register_id}/{row.receipt_no} · {row.receipt_hash[:16]}",
        received=moment(row.received_at),
        another_href=url_for("comments.new", slug=document.slug),
        back_href=url_for(
            "documents.show", slug=document.slug, _anchor=f"s-{target.section_id[:12]}" if target else None
        ),
        keep_key=f"{document.slug}/{target.origin_section if target else ''}/"
        + (f"{target.origin_start}/{target.origin_end}" if target and target.scope == "passage" else "/"),
    )
    response = make_response(render_template("comments/receipt.html", page=page))
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


# Reading


def show(register_id: int, number: int) -> str:
    comment, document = _get(register_id, number)
    consultations = consultation_queries.list_consultations(document_id=document.id)
    placed = next(iter(queries.list_placements_of([comment.id], version_id=_shown_version(document))), None)
    changes = queries.list_change_numbers(
        [comment.answer.change_id] if comment.answer and comment.answer.change_id else []
    )
    then, then_text, then_href = "", "", ""
    now_pieces: tuple[Piece, ...] = ()
    now_text, now_href = "", ""
    if placed is not None:
        then = placed.exact
        then_text, then_href = _text_of(
            document, placed.origin_text, placed.origin_section, comment, placed, consultations
        )
        if placed.text_id is not None and placed.start is not None and _may_see(document, placed.text_id):
            here = document_queries.get_text(placed.text_id)
            now_pieces = redline(placed.exact, here.plain[placed.start : placed.end])
            now_text, now_href = _text_of(
                document, placed.text_id, placed.section_id, comment, placed, consultations
            )
    is_last = number >= _last_number(register_id)
    page = CommentPage(
        head=document_head(document, tab="comments", consultations=consultations),
        comment=_card(comment, placed, document, changes),
        then=then,
        then_text=then_text,
        then_href=then_href,
        now=now_pieces,
        now_text=now_text,
        now_href=now_href,
        previous_href=comment_href(register_id, number - 1) if number > 1 else "",
        next_href="" if is_last else comment_href(register_id, number + 1),
        answer_href=url_for("dispositions.case", consultation_id=comment.consultation_id, number=number)
        if comment.consultation_id and may(Permission.ANSWER_COMMENTS, document)
        else "",
    )
    return render_template("comments/show.html", page=page)


def _get(register_id: int, number: int) -> tuple[CommentRow, DocumentRow]:
    comment = queries.find_comment(register_id, number, with_drafts=False)
    if comment is None:
        raise NotFound("comment")
    document = document_queries.get_document_by_id(comment.document_id)
    if comment.consultation_id is None and not current_viewer().works_for(document.host_id):
        raise NotFound("comment")
    if current_viewer().works_for(document.host_id):
        comment = queries.get_comment(comment.id, with_drafts=True)
    return comment, document


def _shown_version(document: DocumentRow) -> int | None:
    """The text comments are shown against: the working draft for those who draft (None), the last version for others."""
    if current_viewer().works_for(document.host_id) or not document.last_version_no:
        return None
    return document_queries.get_version(document.id, document.last_version_no).id


def _last_number(register_id: int) -> int:
    return consultation_queries.last_number(register_id)


def _may_see(document: DocumentRow, text_id: int) -> bool:
    return current_viewer().works_for(document.host_id) or bool(
        document_queries.list_published_text_ids([text_id])
    )


def _text_of(
    document: DocumentRow,
    text_id: int,
    section_id: str,
    comment: CommentRow,
    placed: PlacedRow,
    consultations: Sequence[ConsultationRow],
) -> tuple[str, str]:
    """Which text this is, in words, and the way to the words in it."""
    version_no = document_queries.find_version_of_text(text_id)
    on = next((row.version_id for row in consultations if row.version_no == version_no), None)
    ref = ref_of(comment.register_id, comment.number, main_register(consultations, on))
    anchor = f"slowa-{ref}" if placed.scope == "passage" else f"s-{section_id[:12]}"
    if version_no is not None:
        where = url_for("documents.version", slug=document.slug, number=version_no, _anchor=anchor)
        return gettext("version %(number)s", number=version_no), where
    if current_viewer().works_for(document.host_id):
        return gettext("working draft"), url_for("documents.draft", slug=document.slug, _anchor=anchor)
    return gettext("working draft"), ""


def _card(
    comment: CommentRow,
    placed: PlacedRow | None,
    document: DocumentRow,
    changes: Mapping[int, int],
    place: str = "",
) -> Card:
    return card_of(comment, placed, changes=changes, slug=document.slug, place=place)


def list_all(slug: str) -> str:
    document = document_queries.get_document(slug, current_viewer())
    works_here = current_viewer().works_for(document.host_id)
    narrowed = CommentFilter(
        capacity=request.args.get("capacity", "")[:20],
        kind=request.args.get("kind", "")[:20],
        placement=request.args.get("placement", "")[:20],
        outcome=request.args.get("outcome", "")[:20],
        query=printable(request.args.get("q", ""))[:200].strip(),
        section=printable(request.args.get("section", ""))[:LONGEST_IN_ADDRESS],
    )
    only_section = narrowed.section
    offset = whole_number(request.args.get("from")) or 0
    rows = queries.list_overview(
        document.id,
        version_id=_shown_version(document),
        with_drafts=works_here,
        with_unconsulted=works_here,
    )
    kept = [
        row
        for row in rows
        if _matches(row, narrowed)
        and (not only_section or only_section in (row.section_id, row.origin_section))
    ]
    sections = _outline(document, works_here)
    order = {section.section_id: at for at, section in enumerate(sections)}
    kept.sort(
        key=lambda row: (
            order.get(row.section_id or "", len(order) if row.section_id else -1),
            row.start or 0,
            row.comment_id,
        )
    )
    if narrowed.query:
        texts = {
            row.id: row
            for row in queries.list_comments_by_id([row.comment_id for row in kept], with_drafts=works_here)
        }
        wanted = narrowed.query.casefold()
        kept = [
            row
            for row in kept
            if row.comment_id in texts and wanted in (texts[row.comment_id].text or "").casefold()
        ]
    shown = kept[offset : offset + ON_A_PAGE]
    asked = {
        "capacity": narrowed.capacity,
        "kind": narrowed.kind,
        "placement": narrowed.placement,
        "outcome": narrowed.outcome,
        "q": narrowed.query,
        "section": narrowed.section,
    }
    page = CommentList(
        head=document_head(document, tab="comments"),
        href=url_for("comments.list_all", slug=slug),
        groups=_groups(shown, sections, document, works_here),
        found=len(kept),
        narrowed=narrowed,
        sums=_sums(rows) if rows else None,
        table_href=url_for("documents.download", slug=slug, extension="xlsx") if rows else "",
        more_href=address_with("comments.list_all", {"slug": slug}, {**asked, "from": offset + ON_A_PAGE})
        if offset + ON_A_PAGE < len(kept)
        else "",
        all_href=url_for("comments.list_all", slug=slug) if narrowed.is_set else "",
    )
    return render_template("comments/list.html", page=page)


def _outline(document: DocumentRow, works_here: bool) -> list[SectionRow]:
    if works_here:
        return labelled(document_queries.list_draft_sections(document.id))
    version = document_queries.get_version(document.id, document.last_version_no)
    return document_queries.list_version_sections(version.id)


def _matches(row: queries.OverviewRow, narrowed: CommentFilter) -> bool:
    if narrowed.outcome and (row.outcome or "none") != narrowed.outcome:
        return False
    return (
        narrowed.capacity in ("", row.capacity)
        and narrowed.kind in ("", row.kind)
        and narrowed.placement in ("", row.state or "whole")
    )


def _groups(
    shown: Sequence[queries.OverviewRow],
    sections: Sequence[SectionRow],
    document: DocumentRow,
    works_here: bool,
) -> tuple[CommentGroup, ...]:
    ids = [row.comment_id for row in shown]
    comments = {row.id: row for row in queries.list_comments_by_id(ids, with_drafts=works_here)}
    placed = {
        row.comment_id: row
        for row in reversed(queries.list_placements_of(ids, version_id=_shown_version(document)))
    }
    changes = queries.list_change_numbers(
        [row.answer.change_id for row in comments.values() if row.answer and row.answer.change_id]
    )
    titles = {section.section_id: printed_title(section.label, section.heading) for section in sections}
    groups: dict[str, list[Card]] = defaultdict(list)
    for row in shown:
        if row.comment_id not in comments:
            continue
        title = (
            titles.get(row.section_id, gettext("Parts no longer in the document"))
            if row.section_id
            else gettext("The whole document")
        )
        groups[title].append(_card(comments[row.comment_id], placed.get(row.comment_id), document, changes))
    return tuple(CommentGroup(title, tuple(cards)) for title, cards in groups.items())


def _sums(rows: Sequence[queries.OverviewRow]) -> Reconciliation:
    counts = Counter(row.state or "whole" for row in rows)
    return Reconciliation(
        submitted=len(rows),
        placed=counts["placed"],
        changed=counts["changed"],
        moved=counts["moved"],
        uncertain=counts["uncertain"],
        orphaned=counts["orphaned"],
        whole=counts["whole"],
    )
