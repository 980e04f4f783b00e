"""Pictures of documents: sent, shown in texts, listed, and given to whoever may see the text they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from consult.domain.errors import InvalidInput, NotFound
from consult.domain.history.events import PictureAdded
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.table import is_allowed
from consult.domain.text.pictures import Picture as Shown
from consult.domain.text.pictures import Source, list_pictures, marker, name_of, shown
from consult.domain.text.typed import typed_line
from consult.ports.exports import ExportedPicture, captions_for
from consult.services.authority import of_document, require
from consult.services.kept_files import digest_of, keep_file
from consult.storage.models import Picture, PictureUse, SectionText
from consult.storage.queries import documents as document_queries
from consult.storage.queries import pictures as queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.storage.queries.pictures import PictureRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, current_ports, unit_of_work

LARGEST_SIDE = 2_000
"""Pixels of the longer side of a picture as it is kept: twice the column of text, for dense screens and print."""

WIDEST_SHOWN = 1_000
"""Pixels of a page a picture is at most shown at; one kept larger is sharper, not larger."""

MOST_PICTURES = 500
LONGEST_ALT = 1_000
LONGEST_CAPTION = 1_000


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a picture: its alternative text, or that it only decorates; its caption."""

    alt: str = ""
    is_decorative: bool = False
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A picture that texts of the document may show now: `markdown` shows it as it was described."""

    name: str
    markdown: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Given:
    """The file of a picture; `is_public` says that everybody may see it, now and later."""

    content: bytes
    kind: str
    digest: str
    is_public: bool


@dataclass(frozen=True, slots=True)
class Use:
    """A picture where it stands in the working draft."""

    section_id: str
    heading: str
    picture: Shown


def add_picture(actor: Actor, slug: str, content: bytes, description: Description, *, now: datetime) -> Added:
    """Take a picture in for the texts of a document; it is seen nowhere until a text shows it.

    It is made anew of what was sent. Raises InvalidInput beside "picture", "alt", "caption"; NotFound and NotPermitted.
    The same picture sent again is the same one, described anew.
    """
    document = document_queries.get_document(slug, Viewer.of(actor))
    require(actor, Permission.PROPOSE_CHANGE, of_document(document))
    said = _checked(description)
    if not content:
        raise InvalidInput("image_missing", field="picture")
    # without the lock: making a picture anew takes its time
    held = queries.find_picture(document.id, name_of(digest_of(content)))
    made = None
    if held is None:
        made = current_ports().pictures.made_anew(content, field="picture", side=LARGEST_SIDE)
        content = made.content
    with unit_of_work() as work:
        document_queries.lock_document(document.id)
        digest = keep_file(work, content, field="picture")
        held = queries.find_picture(document.id, name_of(digest))
        if held is None and made is not None:
            if queries.count_pictures(document.id) >= MOST_PICTURES:
                raise InvalidInput("too_many_images", field="picture", limit=MOST_PICTURES)
            row = Picture(
                document_id=document.id,
                name=name_of(digest),
                digest=digest,
                kind=made.kind,
                width=made.width,
                height=made.height,
                alt=said.alt,
                is_decorative=said.is_decorative,
                caption=said.caption,
                at=now,
                person_id=actor.id,
            )
            work.add(row)
            work.flush()
            work.record(PictureAdded(str(document.id), str(row.id)), at=now, actor_ref=actor.id)
        width, height = (made.width, made.height) if made else (held.width, held.height) if held else (0, 0)
    name = name_of(digest)
    written = marker(name, alt=said.alt, caption=said.caption, is_decorative=said.is_decorative)
    return Added(name, written, width, height)


def _checked(description: Description) -> Description:
    alt = typed_line(description.alt, "alt", LONGEST_ALT)
    caption = typed_line(description.caption, "caption", LONGEST_CAPTION)
    if alt and description.is_decorative:
        raise InvalidInput("image_both", field="alt")
    if not alt and not description.is_decorative:
        raise InvalidInput("image_undescribed", field="alt")
    return Description(alt, description.is_decorative, caption)


def give_picture(actor: Actor, slug: str, name: str) -> Given:
    """The file of a picture, for whoever may read a text that shows it: everybody where a published version does,
    those who see the working draft otherwise. Raises NotFound for everything else, so that no name can be tried out."""
    document = document_queries.get_document(slug, Viewer.of(actor))
    row = queries.get_picture(document.id, name)
    is_public = queries.is_picture_published(document.id, name)
    if not is_public and not is_allowed(actor, Permission.SEE_UNPUBLISHED, of_document(document)):
        raise NotFound("picture")
    return Given(queries.get_content(row.digest), row.kind, row.digest, is_public)


# Pictures in texts


def with_pictures(
    document: DocumentRow, sections: Sequence[SectionRow], href_of: Callable[[str], str]
) -> list[SectionRow]:
    """The sections of one text with the address and size of every picture in them; plain text stays as it is.

    One query however many there are, none where there is none.
    """
    if not any("data-picture" in section.html for section in sections):
        return list(sections)
    put_in = _putting_in(document, (section.html for section in sections), href_of)
    return [replace(section, html=put_in(section.html)) for section in sections]


def with_pictures_in(document: DocumentRow, html: str, href_of: Callable[[str], str]) -> str:
    """Rendered words of a document with the address and size of every picture in them."""
    if "data-picture" not in html:
        return html
    return _putting_in(document, [html], href_of)(html)


def _putting_in(
    document: DocumentRow,
    htmls: Iterable[str],
    href_of: Callable[[str], str],
    *,
    is_generated: bool = True,
) -> Callable[[str], str]:
    names = {picture.name for html in htmls for picture in list_pictures(html)}
    rows = {row.name: row for row in queries.list_named(document.id, names)} if names else {}
    captions = captions_for(document.language)

    def find(name: str) -> Source | None:
        row = rows.get(name)
        return Source(href_of(name), *shown_size(row.width, row.height)) if row else None

    return lambda html: shown(
        html,
        find,
        gone=captions.gone_picture,
        undescribed=captions.undescribed_picture,
        is_generated=is_generated,
    )


def shown_size(width: int, height: int) -> tuple[int, int]:
    """The size a picture is shown at, in pixels of a page."""
    if width <= WIDEST_SHOWN:
        return width, height
    return WIDEST_SHOWN, max(1, round(height * WIDEST_SHOWN / width))


def exported_pictures(
    document: DocumentRow, sections: Sequence[SectionRow], *, is_generated: bool = True
) -> tuple[list[SectionRow], dict[str, ExportedPicture]]:
    """The sections with ``src="#p-<name>"`` in every picture, and the files by name; of one whose content was erased
    the words stay."""
    if not any("data-picture" in section.html for section in sections):
        return list(sections), {}
    names = {picture.name for section in sections for picture in list_pictures(section.html)}
    rows = queries.list_named(document.id, names)
    contents = queries.list_contents({row.digest for row in rows})
    files = {
        row.name: ExportedPicture(contents[row.digest], row.kind, row.width, row.height)
        for row in rows
        if row.digest in contents
    }
    captions = captions_for(document.language)

    def find(name: str) -> Source | None:
        one = files.get(name)
        return Source(f"#p-{name}", *shown_size(one.width, one.height)) if one else None

    return [
        replace(
            section,
            html=shown(
                section.html,
                find,
                gone=captions.gone_picture,
                undescribed=captions.undescribed_picture,
                is_generated=is_generated,
            ),
        )
        for section in sections
    ], files


def note_uses(work: Work, texts: Mapping[str, SectionText]) -> None:
    """Keep with texts which pictures they show."""
    work.add(
        *(
            PictureUse(text_id=text.id, name=name)
            for text in texts.values()
            for name in {picture.name for picture in list_pictures(text.html)}
        )
    )


def list_draft_uses(document: DocumentRow) -> list[Use]:
    """The pictures of the working draft in the order of the text."""
    return [
        Use(row.section_id, row.heading, picture)
        for row in queries.list_using(document.id)
        for picture in list_pictures(row.html)
    ]


def list_document_pictures(actor: Actor, document: DocumentRow) -> list[PictureRow]:
    """All pictures ever sent for a document, the newest first, for those who see the working draft."""
    require(actor, Permission.SEE_UNPUBLISHED, of_document(document))
    return queries.list_pictures(document.id)
