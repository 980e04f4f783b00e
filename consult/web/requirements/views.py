"""The register of requirements of a version or of the working draft, and its files."""

from __future__ import annotations

from itertools import groupby

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext, lazy_gettext

from consult.domain.errors import NotFound
from consult.domain.policy.permissions import Permission
from consult.domain.text.requirements import Strength
from consult.services import requirements as service
from consult.services.authority import of_document, require
from consult.services.requirements import Registered
from consult.storage.queries import documents as queries
from consult.storage.queries.documents import DocumentRow, VersionRow
from consult.web.requirements.presenters import (
    RequirementLine,
    RequirementsOfPart,
    RequirementsPage,
    Said,
    StrengthCount,
)
from consult.web.shared.addresses import address_with, whole_number
from consult.web.shared.group_work import part_title
from consult.web.shared.heads import document_head, may
from consult.web.shared.passages import passage_href
from consult.web.shared.presenters import Link
from consult.web.shared.viewers import current_actor, current_viewer

_ = lazy_gettext

DRAFT = "draft"

STRENGTHS = {
    "must": _("must"),
    "must_not": _("must not"),
    "should": _("should"),
    "should_not": _("should not"),
    "may": _("may"),
}
COLUMNS = {
    "number": _("No."),
    "place": _("Part of the document"),
    "strength": _("Strength"),
    "word": _("Word that says so"),
    "sentence": _("Requirement"),
}


class _Words:
    """Codes in the reader's words; see `services.requirements.Wording`."""

    def title(self) -> str:
        return gettext("Requirements")

    def column(self, code: str) -> str:
        return str(COLUMNS[code])

    def strength(self, code: str) -> str:
        return str(STRENGTHS[code])


def show(slug: str) -> str:
    """The register; ``?version=`` names a version or "draft", ``?strength=`` narrows it."""
    document, shown = _asked(slug)
    strength = _strength()
    _, registered = service.list_requirements(current_actor(), document, shown.number if shown else None)
    counts = service.count_strengths(registered)
    version = str(shown.number) if shown else DRAFT
    where = {"slug": slug}

    def href(code: str) -> str:
        return address_with("requirements.show", where, _query(version, code))

    page = RequirementsPage(
        head=document_head(
            document,
            version=shown,
            state_text=""
            if shown
            else gettext("working draft after change %(number)s", number=document.last_change_no),
        ),
        counts=(
            StrengthCount("", len(registered), href(""), not strength),
            *(
                StrengthCount(str(code), count, href(str(code)), strength == code)
                for code, count in counts.items()
            ),
        ),
        parts=_parts(document, shown, service.narrowed(registered, strength=strength)),
        count=len(registered),
        files=tuple(
            Link(
                name,
                address_with(
                    "requirements.download", {**where, "extension": ending}, _query(version, strength)
                ),
            )
            for name, ending in (("Excel (.xlsx)", "xlsx"), ("CSV (.csv)", "csv"))
        ),
        back_href=_text_href(document, shown),
        other=_other(document, shown),
    )
    return render_template("requirements/show.html", page=page)


def download(slug: str, extension: str) -> Response:
    document, shown = _asked(slug)
    file = service.export_requirements(
        current_actor(),
        document.slug,
        extension,
        _Words(),
        version_no=shown.number if shown else None,
        strength=_strength(),
    )
    response = make_response(file.content)
    response.headers["Content-Type"] = file.media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def _asked(slug: str) -> tuple[DocumentRow, VersionRow | None]:
    """The document and the version asked for: the last where none is named, None for the working draft."""
    document = queries.get_document(slug, current_viewer())
    asked = request.args.get("version", "")
    if asked == DRAFT or (not asked and not document.last_version_no):
        require(current_actor(), Permission.SEE_UNPUBLISHED, of_document(document))
        return document, None
    number = whole_number(asked) if asked else document.last_version_no
    if number is None:
        raise NotFound("version")
    return document, queries.get_version(document.id, number)


def _strength() -> str:
    asked = request.args.get("strength", "")
    return asked if asked in list(Strength) else ""


def _query(version: str, strength: str) -> dict[str, str]:
    return {"version": version} | ({"strength": strength} if strength else {})


def _text_href(document: DocumentRow, shown: VersionRow | None, anchor: str = "") -> str:
    if shown is None:
        return url_for("documents.draft", slug=document.slug, _anchor=anchor or None)
    return url_for("documents.version", slug=document.slug, number=shown.number, _anchor=anchor or None)


def _other(document: DocumentRow, shown: VersionRow | None) -> Link | None:
    """From a version to the draft and back, for those who see both."""
    slug = document.slug
    if shown is None:
        if not document.last_version_no:
            return None
        return Link(gettext("Requirements of the published version"), url_for("requirements.show", slug=slug))
    if not may(Permission.SEE_UNPUBLISHED, document):
        return None
    return Link(
        gettext("Requirements of the working draft"),
        url_for("requirements.show", slug=slug, version=DRAFT),
    )


def _parts(
    document: DocumentRow, shown: VersionRow | None, registered: tuple[Registered, ...]
) -> tuple[RequirementsOfPart, ...]:
    found = []
    for section_id, rows in groupby(registered, key=lambda one: one.section.section_id):
        group = list(rows)
        section = group[0].section
        anchor = f"s-{section_id[:12]}"
        found.append(
            RequirementsOfPart(
                title=part_title(section),
                href=_text_href(document, shown, anchor),
                lines=tuple(_line(document, shown, one, anchor) for one in group),
            )
        )
    return tuple(found)


def _line(document: DocumentRow, shown: VersionRow | None, one: Registered, anchor: str) -> RequirementLine:
    span, plain = one.requirement.span, one.section.plain
    runs: list[Said] = []
    at = span.start
    for word, strength in one.requirement.words:
        runs += [Said(plain[at : word.start]), Said(word.of(plain), str(strength))]
        at = word.end
    runs.append(Said(plain[at : span.end]))
    return RequirementLine(
        number=one.number,
        strengths=tuple(str(code) for code in Strength if code in one.requirement.strengths),
        runs=tuple(run for run in runs if run.text),
        href=passage_href(document.slug, shown.number, one.section.section_id, span)
        if shown
        else _text_href(document, shown, anchor),
    )
