"""Which text is asked about, and what its readers may know of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import request, url_for
from flask_babel import gettext

from consult.domain.consolidation.phrases import in_plain, phrases
from consult.domain.consolidation.provenance import Run, Stretch
from consult.domain.errors import NotFound, NotPermitted
from consult.domain.text.numbering import title_without_label
from consult.domain.text.projection import project
from consult.services.causes import Sight, sight_of
from consult.services.exports import labelled
from consult.services.provenance.asking import Origin, origins_numbered
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as queries
from consult.storage.queries.comments import CommentRow
from consult.storage.queries.documents import DocumentRow, SectionRow, VersionRow
from consult.web.provenance.presenters import Source
from consult.web.shared.addresses import whole_number
from consult.web.shared.causes import ChangeCause, asking_comments, tell_causes
from consult.web.shared.heads import now
from consult.web.shared.i18n import moment
from consult.web.shared.viewers import current_actor

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class AskedText:
    """A text of a document: a version, or the working draft where `version` is None."""

    document: DocumentRow
    version: VersionRow | None
    sight: Sight

    def sections(self) -> list[SectionRow]:
        if self.version is None:
            return labelled(queries.list_draft_sections(self.document.id))
        return queries.list_version_sections(self.version.id)

    def href(self, **query: Any) -> str:
        """The address of a page about this text."""
        return url_for("provenance.origins", slug=self.document.slug, version=self.name, **query)

    @property
    def name(self) -> str:
        """What the address says for this text."""
        return str(self.version.number) if self.version else DRAFT

    @property
    def read_href(self) -> str:
        if self.version is None:
            return url_for("documents.draft", slug=self.document.slug)
        return url_for("documents.version", slug=self.document.slug, number=self.version.number)

    @property
    def state_text(self) -> str:
        if self.version is not None:
            return ""
        return gettext("working draft after change %(number)s", number=self.document.last_change_no)


def asked_text(document: DocumentRow) -> AskedText:
    """The text the address names: a version by number, the draft, or what readers read now."""
    sight = sight_of(current_actor(), document)
    asked = request.args.get("version", "")
    if asked == DRAFT:
        version = None
    elif asked:
        number = whole_number(asked)
        if number is None:
            raise NotFound("version")
        version = queries.get_version(document.id, number)
    else:
        version = _read_now(document)
    if version is None and not sight.drafts:
        raise NotPermitted("see_unpublished", because="is_member_of_host", host_id=document.host_id)
    return AskedText(document, version, sight)


def _read_now(document: DocumentRow) -> VersionRow | None:
    frozen = consultation_queries.find_freezing_consultation(document.id, now())
    if frozen is not None:
        return queries.get_version_by_id(frozen.version_id)
    if document.last_version_no:
        return queries.get_version(document.id, document.last_version_no)
    return None


@lru_cache(maxsize=2048)
def read_phrases(source: str, plain: str, runs: tuple[Run, ...]) -> tuple[Stretch, ...]:
    """The origins of a section's plain text in whole words. Texts are never altered, so this is worked out once."""
    return tuple(phrases(plain, in_plain(runs, project(source, plain))))


def anchor_of(section: SectionRow) -> str:
    return f"s-{section.section_id[:12]}"


def label_and_title(section: SectionRow) -> tuple[str, str]:
    words = title_without_label(section.heading, section.label) if section.label else section.heading
    return (
        (section.label, words) if words else ("", section.heading or section.label or gettext("(no heading)"))
    )


def title_of(section: SectionRow) -> str:
    return " ".join(part for part in label_and_title(section) if part)


@dataclass(frozen=True, slots=True)
class Sources:
    """The changes behind words, by number, with what each comes from in words, and the comments that asked for them, as
    the viewer may see them."""

    origins: dict[int, Origin]
    causes: dict[int, ChangeCause]
    comments: dict[int, CommentRow]


def gather_sources(asked: AskedText, numbers: Collection[int]) -> Sources:
    origins = origins_numbered(asked.document, numbers, asked.sight)
    found = [(origin.change, origin.cause) for origin in origins.values()]
    comments = asking_comments([cause for _, cause in found], asked.sight)
    return Sources(origins, tell_causes(asked.document, found, asked.sight, comments), comments)


def source_of(asked: AskedText, sources: Sources, number: int, *, words: int = 0) -> Source:
    """A change as it is shown; to those outside the office in its name and without the note, as its own page does."""
    change = sources.origins[number].change
    return Source(
        ref=f"z{number}",
        number=number,
        href=url_for("documents.change", slug=asked.document.slug, number=number),
        at=moment(change.at),
        by=_author(asked, change.author),
        note=(change.note or "") if asked.sight.drafts else "",
        behind=str(sources.origins[number].cause.behind),
        cause=sources.causes[number],
        reason=sources.origins[number].cause.reason,
        words=words,
    )


def asking_of(sources: Sources, number: int) -> list[CommentRow]:
    """The comments that asked for a change, as the viewer may see them."""
    ids = sources.origins[number].cause.comment_ids
    return [sources.comments[key] for key in ids if key in sources.comments]


def _author(asked: AskedText, author: str | None) -> str:
    if not asked.sight.drafts:
        return asked.document.host_name
    return author if author is not None else gettext("[name removed]")
