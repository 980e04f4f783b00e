"""What every page with the editor shares: its fields, what it says of unsaved words, and who else is writing.

A page that lets somebody write Markdown beside a document takes four steps: its form is a `WritingForm`; when it is
opened, `begin_writing` puts what the person left unsaved into the fields; `editor_of` makes the values the macros of
``templates/macros/editor.html`` show; once the words are saved, `settle` forgets what was kept. Between these the
script posts to `unsaved_texts.keep`, which knows the form by its `kind` (`services.unsaved_texts.KINDS`).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import Response, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from wtforms import HiddenField, StringField, TextAreaField

from consult.domain.errors import ConsultError, InvalidInput
from consult.domain.policy.actors import Actor
from consult.domain.text.definitions import FORMULAS
from consult.domain.text.typography import typeset
from consult.services import unsaved_texts as service
from consult.services.unsaved_texts import KEPT, PRESENT_FOR, Kept, Place, Taken, Typed
from consult.storage.queries import unsaved_texts as queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.unsaved_texts import PresentRow, UnsavedRow
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import Form
from consult.web.shared.heads import now
from consult.web.shared.i18n import day, moment
from consult.web.shared.presenters import Moment
from consult.web.shared.viewers import current_actor

OWN = frozenset({"csrf_token", "source", "note", "base", "window", "taken", "kind", "section"})
"""Fields of a form that have a place of their own in what is kept."""

MOST_FURTHER = 150
"""Further fields of a form that are kept, at most."""


class WritingForm(Form):
    """A form with the editor: `base` is the text of the section it began from, `window` the open page, `taken` the
    kept text it went on from, as "id:revision"."""

    source = TextAreaField()
    note = StringField()
    base = HiddenField()
    window = HiddenField()
    taken = HiddenField()


@dataclass(frozen=True, slots=True)
class Restored:
    """Words brought back into the form: when they were kept, until when they would be, how to throw them away. With
    `is_behind` somebody saved another text of the section since they were begun."""

    kept: Moment
    until: Moment
    discard_href: str
    is_behind: bool


@dataclass(frozen=True, slots=True)
class AnotherText:
    """Something else the person left unsaved in the same form, on another page."""

    kept: Moment
    href: str
    beginning: str


@dataclass(frozen=True, slots=True)
class Editor:
    """What the macros of the editor show; see `editor_of`.

    `preview_href` answers a POST of `source` with the rendered words alone; `keep_href` is where the script keeps the
    form; `insertions_href` says what can be put in by name, `references_href` and `glossary_href` how it is written by
    hand; `formula` defines a term; `key` names the copy in this browser. `writers` is a
    sentence on who else is writing, or "". `preview` are rendered words, `fell_back` that they could not be rendered
    in full. `language` is the document's, whose quotation marks are set while typing.
    """

    kind: str
    section_id: str
    language: str
    key: str
    keep_href: str
    preview_href: str
    insertions_href: str
    references_href: str
    glossary_href: str
    formula: str
    unsaved_href: str
    new_picture_href: str
    sign_in_href: str
    restored: Restored | None = None
    others: tuple[AnotherText, ...] = ()
    writers: str = ""
    preview: Markup | None = None
    fell_back: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """What `begin_writing` found."""

    restored: Restored | None = None
    others: tuple[AnotherText, ...] = ()


NOTHING = Begun()


def begin_writing(
    form: WritingForm,
    document: DocumentRow,
    place: Place,
    *,
    source: str = "",
    base_text_id: int | None = None,
) -> Begun:
    """Fill a form that is being opened: with what stands in the section, or with what the person left unsaved.

    ``?unsaved=`` with a number asks for one of several kept texts, with 0 for the section as it stands.
    """
    form.source.data, form.base.data = source, str(base_text_id or "")
    form.window.data, form.taken.data = service.new_window(), ""
    rows = [
        row
        for row in _unsaved_at(document, place)
        if row.source != source or row.note or place.kind != "edit"
    ]
    chosen = _chosen(rows)
    others = tuple(_another(row) for row in rows if row is not chosen)
    if chosen is None:
        return Begun(None, others)
    form.source.data, form.note.data = chosen.source, chosen.note
    form.taken.data = f"{chosen.id}:{chosen.revision}"
    if chosen.base_text_id is not None:
        form.base.data = str(chosen.base_text_id)
    for name, value in service.fields_of(chosen).items():
        if name in form and name not in OWN:
            form[name].data = value
    restored = Restored(
        kept=moment(chosen.kept_at),
        until=day(chosen.kept_at + KEPT),
        discard_href=url_for("unsaved_texts.discard", unsaved_id=chosen.id),
        is_behind=place.kind == "edit"
        and base_text_id is not None
        and chosen.base_text_id not in (None, base_text_id),
    )
    return Begun(restored, others)


def unsaved_fields(document: DocumentRow, place: Place) -> dict[str, str]:
    """The further fields of the text `begin_writing` would bring back: for a form that grows with what is in it."""
    chosen = _chosen(_unsaved_at(document, place))
    return service.fields_of(chosen) if chosen is not None else {}


def _unsaved_at(document: DocumentRow, place: Place) -> list[UnsavedRow]:
    person_id = current_actor().id
    if person_id is None:
        return []
    return queries.list_unsaved_at(person_id, document.id, place.kind, place.section_id)


def _chosen(rows: list[UnsavedRow]) -> UnsavedRow | None:
    asked = whole_number(request.args.get("unsaved"))
    return next((row for row in rows if asked in (None, row.id)), None)


def _another(row: UnsavedRow) -> AnotherText:
    asked = {**request.args.to_dict(), "unsaved": str(row.id)}
    return AnotherText(
        moment(row.kept_at), f"{request.path}?{urlencode(asked)}", " ".join(row.source.split())[:80]
    )


def editor_of(
    document: DocumentRow,
    place: Place,
    begun: Begun = NOTHING,
    *,
    preview: Markup | None = None,
    fell_back: bool = False,
) -> Editor:
    """The values of an editor on a page about `document`."""
    actor = current_actor()
    return Editor(
        kind=place.kind,
        section_id=place.section_id,
        language=document.language,
        key=f"{document.slug}/{place.kind}/{place.section_id}/{actor.id}",
        keep_href=url_for("unsaved_texts.keep", slug=document.slug),
        preview_href=url_for("unsaved_texts.preview", slug=document.slug),
        insertions_href=url_for("unsaved_texts.insertions", slug=document.slug),
        references_href=url_for("cross_references.show", slug=document.slug),
        glossary_href=url_for("definitions.show", slug=document.slug, version="draft"),
        formula=FORMULAS.get(document.language, FORMULAS["pl"]),
        unsaved_href=url_for("unsaved_texts.list_all"),
        new_picture_href=url_for("pictures.new", slug=document.slug),
        sign_in_href=url_for("accounts.sign_in"),
        restored=begun.restored,
        others=begun.others,
        writers=writers_words(list_writers(document.id, place.section_id)) if place.section_id else "",
        preview=preview,
        fell_back=fell_back,
    )


def keep(
    form: WritingForm, document: DocumentRow, place: Place, *, actor: Actor | None = None
) -> Kept | None:
    """Keep what a form holds, where it can be kept; the form then names the kept text. For answers that show the form
    again: what they show is not lost when the page is closed."""
    typed = Typed(
        form.source.data or "",
        form.note.data or "",
        whole_number(form.base.data),
        further_of({field.name: str(field.data or "") for field in form}),
    )
    with suppress(ConsultError):
        kept = service.keep_unsaved(
            actor or current_actor(),
            document.slug,
            place,
            typed,
            window=form.window.data or service.new_window(),
            taken=taken_of(form.taken.data),
            now=now(),
        )
        form.taken.data = f"{kept.id}:{kept.revision}"
        return kept
    return None


def settle(form: WritingForm) -> None:
    """Forget what was kept of a form: its words were saved."""
    service.settle_unsaved(current_actor(), form.window.data or "", taken_of(form.taken.data))


def put_right(document: DocumentRow, form: WritingForm) -> None:
    """Put quotation marks and dashes of the whole text right: without a script nothing does it while one types."""
    form.source.data = typeset(form.source.data or "", document.language)


def taken_of(text: str | None) -> Taken | None:
    """The kept text a form went on from, as it stands in its hidden field."""
    return Taken.read(text)


def further_of(fields: dict[str, str]) -> dict[str, str]:
    """The fields of a form that have no place of their own in what is kept."""
    names = [name for name in fields if name not in OWN and len(name) <= 60]
    return {name: fields[name] for name in names[:MOST_FURTHER]}


# Who else is writing


def list_writers(document_id: int, section_id: str = "") -> list[PresentRow]:
    """Who besides the reader has an editor of this document, or of one section, open now."""
    return queries.list_present(
        document_id, since=now() - PRESENT_FOR, but=current_actor().id, section_id=section_id
    )


def writers_words(writers: list[PresentRow]) -> str:
    """ "Edytuje też: Redaktorka (Fundacja A), …", or "" for nobody. Names are somebody's own words in the language of
    the installation."""
    names = [f"{row.name} ({row.organisation})" if row.organisation else row.name for row in writers]
    return gettext("Also editing: %(names)s", names=", ".join(names)) if names else ""


def writers_by_section(document_id: int) -> dict[str, str]:
    """For pages that show many sections to those who edit: the sentence for every section somebody is writing in."""
    found: dict[str, list[PresentRow]] = {}
    for row in list_writers(document_id):
        found.setdefault(row.section_id, []).append(row)
    return {section_id: writers_words(rows) for section_id, rows in found.items()}


def spoken_time(at: datetime) -> str:
    """The hour of a moment, for a line that is read while one writes."""
    return moment(at).text.rsplit(" ", 1)[-1]


def no_store(response: Response) -> Response:
    """What is private is kept by no cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


def place_of(kind: str, section_id: str) -> Place:
    """A place as a form names it. Raises InvalidInput for a kind there is not."""
    if kind not in service.KINDS:
        raise InvalidInput("unsaved_place")
    return Place(kind, section_id)
