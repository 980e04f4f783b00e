"""The text as readers see it, with the comments beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext

from consult.domain.errors import NotPermitted
from consult.domain.policy.permissions import Permission
from consult.services.cross_references import with_present_numbers
from consult.services.definitions import list_definitions, with_terms_linked
from consult.services.exports import labelled
from consult.services.pictures import with_pictures
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as queries
from consult.storage.queries.accounts import list_public_names
from consult.storage.queries.comments import PlacedRow
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import DocumentRow, VersionRow
from consult.storage.queries.explanations import count_acts as count_explanations
from consult.storage.queries.section_statuses import list_public_dissents
from consult.web.documents.presenters import ReadingPage
from consult.web.documents.views.outline import outline_of
from consult.web.documents.views.parts import FIRST_CARDS, Beside, part_of
from consult.web.shared.addresses import address_with
from consult.web.shared.attachments import attached_to
from consult.web.shared.cards import card_of, main_register
from consult.web.shared.editing import writers_by_section
from consult.web.shared.heads import document_head, may, now
from consult.web.shared.hosts import show_host
from consult.web.shared.i18n import language
from consult.web.shared.kept_pages import answer_kept, may_keep
from consult.web.shared.passages import asked_passage
from consult.web.shared.pictures import picture_hrefs
from consult.web.shared.presenters import Link
from consult.web.shared.review import beside_draft, beside_version
from consult.web.shared.section_notes import notes_of_parts
from consult.web.shared.viewers import current_viewer

KEPT_AT_MOST = timedelta(minutes=5)
"""A kept page is made anew after this, whatever the clock and the record say."""

WHOLE_CARDS = 10


def show(slug: str) -> Response:
    """The text to read now: the version consulted or announced to be, else the last one, else the working draft."""
    document = queries.get_document(slug, current_viewer())
    frozen = consultation_queries.find_freezing_consultation(document.id, now())
    if frozen is not None:
        return _page(document, queries.get_version_by_id(frozen.version_id))
    if document.last_version_no:
        return _page(document, queries.get_version(document.id, document.last_version_no))
    return _page(document, None)


def version(slug: str, number: int) -> Response:
    document = queries.get_document(slug, current_viewer())
    return _page(document, queries.get_version(document.id, number))


def draft(slug: str) -> Response:
    return _page(queries.get_document(slug, current_viewer()), None)


def _page(document: DocumentRow, shown: VersionRow | None) -> Response:
    if shown is None and not may(Permission.SEE_UNPUBLISHED, document):
        raise NotPermitted(
            "see_unpublished", because="is_member_of_host,has_seat_in_group", host_id=document.host_id
        )
    consultations = consultation_queries.list_consultations(document_id=document.id)
    if shown is None:
        return make_response(_compose(document, None, consultations))
    at = now()
    depends_on = (
        request.full_path,
        language(),
        document,
        show_host(document.host_id),
        shown.id,
        tuple((row, row.opens_at <= at, row.is_open(at)) for row in consultations),
        count_explanations([row.id for row in consultations]),
        tuple(list_public_dissents(document.id, until_change=shown.change_no)),
        list_public_names() if may_keep() else (),
        comment_queries.state_of_comments(),
    )
    turns = [moment for row in consultations for moment in (row.opens_at, row.closes_at) if moment > at]
    until = min([*turns, at + KEPT_AT_MOST])
    return answer_kept(depends_on, lambda: _compose(document, shown, consultations), until=until)


def _compose(document: DocumentRow, shown: VersionRow | None, consultations: list[ConsultationRow]) -> str:
    works_here = current_viewer().works_for(document.host_id)
    if shown is None:
        sections = labelled(queries.list_draft_sections(document.id))
        placed = comment_queries.list_placed_in_draft(document.id)
    else:
        sections = queries.list_version_sections(shown.id)
        placed = comment_queries.list_placed_in_version(shown.id)
    has_terms = request.args.get("terms") != "off"
    version_name = str(shown.number) if shown else "draft"
    glossary_href = url_for("definitions.show", slug=document.slug, version=version_name)
    defines = bool(list_definitions(sections))
    if has_terms and shown is not None:
        sections = with_terms_linked(document, sections, glossary_href=glossary_href)
    sections = with_present_numbers(document, sections)
    sections = with_pictures(document, sections, picture_hrefs(document))
    open_now = next((row for row in consultations if row.is_open(now())), None)
    takes_comments = open_now is not None and shown is not None and open_now.version_id == shown.id
    numbers = comment_queries.list_numbers({row.comment_id for row in placed})
    if not works_here:
        # what the team notes outside of a consultation stays with the team, even on published words
        consulted = {row.register_id for row in consultations}
        placed = [row for row in placed if numbers[row.comment_id][0] in consulted]
    by_section = _by_section(placed)
    wanted = {row.comment_id for rows in by_section.values() for row in rows[:FIRST_CARDS]}
    whole_ids = _whole(document, shown, works_here)
    comments = {
        comment.id: comment
        for comment in comment_queries.list_comments_by_id(
            wanted | set(whole_ids[:WHOLE_CARDS]), with_drafts=works_here
        )
    }
    beside = Beside(
        comments,
        numbers,
        homes={row.comment_id: row.target_id for row in reversed(placed)},
        main=main_register(consultations, shown.id if shown else None),
    )
    counts = {section_id: len({row.comment_id for row in rows}) for section_id, rows in by_section.items()}
    texts = {section.section_id: section.text_id for section in sections}
    passage = asked_passage(request.args)
    page = ReadingPage(
        head=document_head(
            document,
            tab="read",
            version=shown,
            state_text=""
            if shown
            else gettext("working draft after change %(number)s", number=document.last_change_no),
            consultations=consultations,
        ),
        outline=outline_of(sections, counts),
        parts=tuple(
            part_of(
                document,
                section,
                by_section.get(section.section_id, []),
                beside,
                shown,
                takes_comments,
                passage,
            )
            for section in sections
        ),
        composer_href=url_for("comments.new", slug=document.slug) if takes_comments else "",
        origins_href=url_for(
            "provenance.origins", slug=document.slug, version=shown.number if shown else "draft"
        ),
        notice=_notice(document, shown),
        since_href=url_for("appearances.words", slug=document.slug),
        passage_href=url_for("documents.version", slug=document.slug, number=shown.number)
        if shown
        else url_for("documents.draft", slug=document.slug),
        writers=writers_by_section(document.id) if shown is None else {},
        writers_href=""
        if shown
        else url_for("unsaved_texts.writers", slug=document.slug, after=document.last_change_no),
        notes=notes_of_parts(document, shown, texts),
        attached=attached_to(document, shown),
        requirements_href=url_for("requirements.show", slug=document.slug, version=version_name),
        glossary_href=glossary_href if defines else "",
        terms_href=_terms_href(document, shown, has_terms) if defines and shown else "",
        has_terms=has_terms,
        reviews=beside_version(document, shown, texts) if shown else beside_draft(document, texts),
        newest=_newest(document, shown),
        compare=_compare(document, shown),
        whole=tuple(
            card_of(comments[key], main=beside.main) for key in whole_ids[:WHOLE_CARDS] if key in comments
        ),
        whole_more_href=url_for("comments.list_all", slug=document.slug)
        if len(whole_ids) > WHOLE_CARDS
        else "",
        checksum=shown.checksum if shown else "",
        feed_href=url_for("feeds.document_feed", slug=document.slug) if shown else "",
        search_href=url_for("search.within", slug=document.slug),
    )
    return render_template("documents/show.html", page=page)


def _terms_href(document: DocumentRow, shown: VersionRow, has_terms: bool) -> str:
    """The same text with its defined words linked, or without where they are."""
    return url_for(
        "documents.version", slug=document.slug, number=shown.number, terms="off" if has_terms else None
    )


def _by_section(placed: Sequence[PlacedRow]) -> dict[str, list[PlacedRow]]:
    """Targets by the section they stand in now (or stood in last), in order of place, those without one last."""
    found: dict[str, list[PlacedRow]] = defaultdict(list)
    for row in placed:
        found[row.section_id].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (row.start is None, row.start or 0, row.comment_id))
    return found


def _whole(document: DocumentRow, shown: VersionRow | None, works_here: bool) -> list[int]:
    """Comments on the whole: of the consultations on this version, or all of the document for the draft."""
    version_id = shown.id if shown else None
    return comment_queries.list_whole(document.id, version_id=version_id, with_unconsulted=works_here)


def _notice(document: DocumentRow, shown: VersionRow | None) -> str:
    if shown is None:
        if document.last_version_no:
            return gettext("This is the working draft. Readers see the published version.")
        return gettext(
            "This is the working draft. Only the office and the working group see it until a version is published."
        )
    if shown.number < document.last_version_no:
        return gettext("This is an older version of the document.")
    return ""


def _newest(document: DocumentRow, shown: VersionRow | None) -> Link | None:
    if document.last_version_no and (shown is None or shown.number < document.last_version_no):
        return Link(
            gettext("Go to version %(number)s", number=document.last_version_no),
            url_for("documents.version", slug=document.slug, number=document.last_version_no),
        )
    return None


def _compare(document: DocumentRow, shown: VersionRow | None) -> Link | None:
    """From an old version to what has changed since, up to the newest."""
    if shown is None or shown.number >= document.last_version_no:
        return None
    between = {"from": f"v{shown.number}", "to": f"v{document.last_version_no}"}
    return Link(
        gettext("See what has changed since"),
        address_with("comparison.show", {"slug": document.slug}, between),
    )
