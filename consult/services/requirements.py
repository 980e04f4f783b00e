"""The register of requirements: the sentences of a text that oblige, recommend, permit or forbid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from consult.domain.errors import InvalidInput
from consult.domain.policy.actors import Actor
from consult.domain.text.numbering import printed_title
from consult.domain.text.requirements import Requirement, Strength, find_requirements
from consult.ports.exports import Table
from consult.services.exports import File, text_of
from consult.storage.queries import documents as queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import current_ports

COLUMNS = (("number", 6), ("place", 32), ("strength", 16), ("word", 16), ("sentence", 90))
"""Codes of the columns of the register as a table, with widths in characters."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A requirement in its section; `number` counts through the text from 1."""

    number: int
    section: SectionRow
    requirement: Requirement

    @property
    def sentence(self) -> str:
        return self.requirement.span.of(self.section.plain)


class Wording(Protocol):
    """How the codes of the register are worded for people."""

    def title(self) -> str: ...
    def column(self, code: str) -> str: ...
    def strength(self, code: str) -> str: ...


def list_requirements(
    actor: Actor, document: DocumentRow, version_no: int | None
) -> tuple[list[SectionRow], tuple[Registered, ...]]:
    """The sections of a version, or of the working draft when None, and the requirements in them.

    Raises NotFound for a version there is not, NotPermitted for a draft the actor may not see.
    """
    sections, _, _ = text_of(actor, document, version_no)
    found = [
        (section, requirement)
        for section in sections
        for requirement in _found(section.plain, document.language)
    ]
    return sections, tuple(
        Registered(number, section, requirement)
        for number, (section, requirement) in enumerate(found, start=1)
    )


@lru_cache(maxsize=2_000)
def _found(plain: str, language: str) -> tuple[Requirement, ...]:
    """Texts never change, so what was found in one once holds for every page that shows it."""
    return find_requirements(plain, language)


def narrowed(
    registered: Sequence[Registered], *, strength: str = "", section_id: str = ""
) -> tuple[Registered, ...]:
    """Those of this strength and in this section; a sentence with two words of obligation is of both strengths."""
    return tuple(
        one
        for one in registered
        if (not strength or strength in one.requirement.strengths)
        and (not section_id or one.section.section_id == section_id)
    )


def count_strengths(registered: Sequence[Registered]) -> dict[Strength, int]:
    """How many sentences there are of each strength, all strengths in their order."""
    return {
        strength: sum(strength in one.requirement.strengths for one in registered) for strength in Strength
    }


def export_requirements(
    actor: Actor,
    slug: str,
    extension: str,
    wording: Wording,
    *,
    version_no: int | None = None,
    strength: str = "",
) -> File:
    """The register as a table in a file. Raises InvalidInput for a kind of file that is not written here."""
    writers = current_ports().table_writers
    writer = writers.get(extension)
    if writer is None:
        raise InvalidInput("export_format", field="format", taken=", ".join(sorted(writers)))
    document = queries.get_document(slug, Viewer.of(actor))
    _, registered = list_requirements(actor, document, version_no)
    table = Table(
        title=wording.title(),
        columns=tuple((wording.column(code), width) for code, width in COLUMNS),
        rows=[
            [
                one.number,
                printed_title(one.section.label, one.section.heading),
                ", ".join(
                    wording.strength(str(each)) for each in Strength if each in one.requirement.strengths
                ),
                ", ".join(span.of(one.section.plain).lower() for span, _ in one.requirement.words),
                one.sentence,
            ]
            for one in narrowed(registered, strength=strength)
        ],
        language=document.language,
    )
    state = f"v{version_no}" if version_no else "draft"
    return File(writer.write([table]), writer.media_type, f"{slug}-{state}-requirements.{writer.extension}")
