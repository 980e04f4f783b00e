"""What the editor asks while somebody writes, and the list of what one left unsaved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_wtf.csrf import generate_csrf

from consult.domain.errors import ConsultError
from consult.domain.policy.permissions import Permission
from consult.domain.text.cross_references import marker
from consult.domain.text.definitions import is_list_of_words
from consult.services import previewing
from consult.services import unsaved_texts as service
from consult.services.authority import of_document, require
from consult.services.definitions import list_definitions
from consult.services.exports import labelled
from consult.services.unsaved_texts import KEPT, Place, Typed
from consult.storage.queries import documents as document_queries
from consult.storage.queries import unsaved_texts as queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.unsaved_texts import UnsavedLine
from consult.web.shared import editing, kept_forms
from consult.web.shared.addresses import whole_number
from consult.web.shared.editing import WritingForm, no_store, taken_of
from consult.web.shared.errors import STATUSES, wording
from consult.web.shared.forms import Act
from consult.web.shared.heads import now
from consult.web.shared.i18n import day, moment
from consult.web.shared.limits import limited
from consult.web.shared.pictures import words_with_pictures
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor, current_viewer
from consult.web.unsaved_texts.presenters import UnsavedEntry, UnsavedPage

MOST_FORMS = 100
"""Forms of one page that are asked about at once."""


@limited("unsaved")
def keep(slug: str) -> ResponseReturnValue:
    """Keep what stands in a form and say who else is writing; the script asks every few seconds.

    With ``still`` nothing changed since; with ``leaving`` the page is being closed. Answers JSON: ``taken`` and
    ``kept`` (the hour) when something was kept, ``writers`` (a sentence or ""), ``news`` (that somebody saved another
    text meanwhile, or ""). What cannot be kept answers its ``error`` in words; a form gone stale gets a ``token``.
    """
    document = document_queries.get_document(slug, current_viewer())
    require(current_actor(), Permission.SEE_UNPUBLISHED, of_document(document))
    form = WritingForm()
    if not form.is_sent():
        words = " ".join(str(error) for error in (*form.form_errors, *form.source.errors, *form.note.errors))
        return _json({"error": words, "token": generate_csrf()}, 422)
    answer: dict[str, str] = {}
    try:
        place = editing.place_of(request.form.get("kind", ""), request.form.get("section", ""))
        if "still" not in request.form:
            kept = service.keep_unsaved(
                current_actor(),
                slug,
                place,
                Typed(
                    form.source.data or "",
                    form.note.data or "",
                    whole_number(form.base.data),
                    editing.further_of(request.form.to_dict()),
                ),
                window=form.window.data or "",
                taken=taken_of(form.taken.data),
                now=now(),
            )
            answer |= {"taken": f"{kept.id}:{kept.revision}", "kept": editing.spoken_time(kept.kept_at)}
        answer |= _meanwhile(document, place, whole_number(form.base.data))
    except ConsultError as error:
        return _json({"error": wording(error)}, STATUSES.get(error.code.partition(".")[0], 400))
    return _json(answer)


def _meanwhile(document: DocumentRow, place: Place, base_text_id: int | None) -> dict[str, str]:
    """Who else is writing in the section, and whether somebody saved it since; notes that the asker is there."""
    if not place.section_id:
        return {"writers": "", "news": ""}
    if place.kind == "edit":
        if "leaving" in request.form:
            service.end_presence(current_actor(), place.section_id)
        else:
            service.note_presence(current_actor(), document.slug, place.section_id, now=now())
    standing = queries.find_standing_text_id(document.id, place.section_id)
    news = ""
    if base_text_id is not None and standing is None and place.kind == "propose":
        news = gettext("Somebody removed this part meanwhile. Your text is safe.")
    elif base_text_id is not None and standing is None:
        news = gettext(
            "Somebody removed this part meanwhile. Your text is safe; saving it will ask where to put it."
        )
    elif base_text_id is not None and standing != base_text_id and place.kind == "propose":
        news = gettext("Somebody saved this part meanwhile. Your proposal goes from the text you began with.")
    elif base_text_id is not None and standing != base_text_id:
        news = gettext("Somebody saved this part meanwhile. When you save, both changes are joined.")
    writers = editing.list_writers(document.id, place.section_id)
    return {"writers": editing.writers_words(writers), "news": news}


def _json(answer: Mapping[str, object], status: int = 200) -> Response:
    return no_store(make_response(jsonify(answer), status))


@limited("preview")
def preview(slug: str) -> ResponseReturnValue:
    """The words of a form as they would be read: a fragment for the script."""
    form = WritingForm()
    if not form.is_sent():
        words = " ".join(str(error) for error in (*form.form_errors, *form.source.errors))
        return _json({"error": words, "token": generate_csrf()}, 422)
    try:
        rendered = previewing.preview_words(current_actor(), slug, source=form.source.data or "")
    except ConsultError as error:
        return _json({"error": wording(error)}, STATUSES.get(error.code.partition(".")[0], 400))
    document = document_queries.get_document(slug, current_viewer())
    words = words_with_pictures(document, rendered.html)
    shown = render_template("unsaved_texts/_preview.html", words=words, fell_back=rendered.fell_back)
    return no_store(make_response(shown))


def writers(slug: str) -> ResponseReturnValue:
    """Who is writing in a draft, for a page that shows it: ``writers``, a sentence by section, and ``news``, that the
    draft was changed after the change numbered ``after``, or ""."""
    document = document_queries.get_document(slug, current_viewer())
    require(current_actor(), Permission.SEE_UNPUBLISHED, of_document(document))
    after = whole_number(request.args.get("after"))
    news = ""
    if after is not None and after < document.last_change_no:
        news = ngettext(
            "The draft has %(num)d change newer than this page.",
            "The draft has %(num)d changes newer than this page.",
            document.last_change_no - after,
        )
    return _json({"writers": editing.writers_by_section(document.id), "news": news})


def insertions(slug: str) -> ResponseReturnValue:
    """What can be put into a text by name: ``sections`` and ``terms``, each with ``label``, ``name`` and the Markdown
    to ``insert``; a section's is a reference that keeps its number. A term comes with its ``meaning`` and the ``place``
    that defines it; ``word_lists`` are ids of the sections that define by a dash alone."""
    document = document_queries.get_document(slug, current_viewer())
    require(current_actor(), Permission.SEE_UNPUBLISHED, of_document(document))
    standing = labelled(document_queries.list_draft_sections(document.id))
    sections = [
        {"label": row.label, "name": row.heading, "insert": marker(row.section_id, row.label, row.heading)}
        for row in standing
        if row.heading
    ]
    places = {row.section_id: row.heading for row in standing}
    terms = [
        {
            "label": "",
            "name": definition.term,
            "insert": definition.term,
            "meaning": definition.meaning,
            "place": places[section_id],
        }
        for section_id, definition in list_definitions(standing)
    ]
    word_lists = [row.section_id for row in standing if is_list_of_words(row.heading)]
    return _json({"sections": sections, "terms": terms, "word_lists": word_lists})


def forms() -> ResponseReturnValue:
    """What the reader left unsaved in the forms of a page, for the script that brings it back: ``at`` are the addresses
    the forms are sent to. With it come the ``words`` the script says."""
    asked = request.args.getlist("at")[:MOST_FORMS]
    rows = queries.list_unsaved_forms(current_actor().id or 0, asked)
    newest = {row.address: row for row in reversed(rows)}
    found = [
        {
            "address": row.address,
            "taken": f"{row.id}:{row.revision}",
            "window": row.window,
            "kept": moment(row.kept_at).text,
            "discard": url_for("unsaved_texts.discard", unsaved_id=row.id),
            "values": service.fields_of(row),
        }
        for row in newest.values()
    ]
    return _json({"forms": found, "words": _spoken()})


def _spoken() -> dict[str, str]:
    """What the script says of forms beside the editor; the editor says the same of its own."""
    return {
        "signIn": url_for("accounts.sign_in"),
        "keptWords": gettext("Unsaved text kept at {time}."),
        "hereWords": gettext(
            "No connection: your text is kept in this browser and will be sent when the connection is back."
        ),
        "onlyHereWords": gettext("Your text is kept in this browser only: {reason}"),
        "nowhereWords": gettext(
            "Your text could not be kept anywhere but on this page. Do not close it before saving."
        ),
        "backWords": gettext("The connection is back."),
        "signedOutWords": gettext("You are no longer signed in. Your text is kept in this browser."),
        "signInWords": gettext("Sign in, in a new tab"),
        "restoredWords": gettext("Your text of {time}, which had been kept in this browser only, is back."),
        "undoWords": gettext("Take what was here before"),
        "foundWords": gettext("Your unsaved text of {time} is back."),
        "behindWords": gettext("What stood here has been changed since you began."),
    }


@limited("unsaved")
def keep_form() -> ResponseReturnValue:
    """Keep what stands in a form beside the editor; the script asks while somebody writes. Answers as `keep` does."""
    form = Act()
    if not form.is_sent():
        return _json({"error": " ".join(form.form_errors), "token": generate_csrf()}, 422)
    try:
        kept = kept_forms.keep(current_actor(), request.form.get("kept_at", ""))
    except ConsultError as error:
        return _json({"error": wording(error)}, STATUSES.get(error.code.partition(".")[0], 400))
    return _json({"taken": f"{kept.id}:{kept.revision}", "kept": editing.spoken_time(kept.kept_at)})


def list_all() -> ResponseReturnValue:
    """What the reader left unsaved, with the way back to each."""
    lines = queries.list_unsaved_of(current_actor().id or 0)
    page = UnsavedPage(KEPT.days, tuple(_entry(line) for line in lines))
    return no_store(make_response(render_template("unsaved_texts/list.html", page=page)))


def _entry(line: UnsavedLine) -> UnsavedEntry:
    href = line.page or _form_href(line.slug, line.kind, line.section_id, unsaved=line.id)
    return UnsavedEntry(
        document=line.title,
        language=line.language,
        kind=line.kind,
        what=line.page_title or line.heading,
        href=href,
        words=kept_forms.typed_words(line.further) if line.page else (),
        discard_href=url_for("unsaved_texts.discard", unsaved_id=line.id),
        kept=moment(line.kept_at),
        until=day(line.kept_at + KEPT),
    )


FORMS = {
    "edit": "documents.edit",
    "add": "documents.add",
    "move": "documents.move",
    "remove": "documents.remove",
    "revise": "documents.revise",
}
"""The page of each kind of form; a form of another feature is found from the working draft."""


def _form_href(slug: str, kind: str, section_id: str, *, unsaved: int) -> str:
    if kind == "propose":
        return url_for("proposals.new", slug=slug, section=section_id or None, unsaved=unsaved)
    if kind not in FORMS:
        return url_for("documents.draft", slug=slug)
    where: dict[str, Any] = {"section_id": section_id} if section_id else {}
    return url_for(FORMS[kind], slug=slug, unsaved=unsaved, **where)


def discard(unsaved_id: int) -> ResponseReturnValue:
    """Throw away an unsaved text; from its form one comes back to it as it stands without."""
    if not Act().is_sent():
        say_stale()
        return redirect(url_for("unsaved_texts.list_all"), code=303)
    person_id = current_actor().id or 0
    row = queries.get_unsaved(person_id, unsaved_id)
    service.discard_unsaved(current_actor(), unsaved_id)
    say("note", gettext("The unsaved text was thrown away."))
    if row.document_id is not None and ("source" in request.form or "note" in request.form):
        slug = document_queries.get_document_by_id(row.document_id).slug
        return redirect(_form_href(slug, row.kind, row.section_id, unsaved=0), code=303)
    return redirect(url_for("unsaved_texts.list_all"), code=303)
