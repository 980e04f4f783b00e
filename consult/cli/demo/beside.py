"""What stands beside the text of the standards, and how one part of it refers to another."""

from __future__ import annotations

from datetime import datetime

from consult.domain.policy.actors import Actor
from consult.domain.text.cross_references import address_of
from consult.services import drafting, section_notes
from consult.storage.queries import documents as queries
from consult.storage.queries.documents import SectionRow
from consult.storage.queries.viewers import EVERYTHING

NOTES = {
    ("Przebieg konsultacji", "summary"): (
        "Konsultacje trwają tak długo, żeby zdążyć przeczytać projekt i zapytać innych. Uwagi można przysłać, przynieść "
        "albo powiedzieć na spotkaniu."
    ),
    ("Odpowiedź na uwagi", "summary"): (
        "Każda uwaga dostaje odpowiedź: co z nią zrobiono i dlaczego.\n\nOdpowiedzi są publiczne."
    ),
    ("Odpowiedź na uwagi", "explanation"): (
        "Obie grupy robocze wróciły do tej zasady kilka razy. Kto raz nie dostał odpowiedzi, drugi raz nie pisze; "
        "dlatego odpowiada się na każdą uwagę, także na tę, której nie można uwzględnić."
    ),
    ("Mała dotacja poza konkursem", "explanation"): (
        "Tryb małych dotacji przewiduje art. 19a ustawy o działalności pożytku publicznego i o wolontariacie."
    ),
}


def write_notes(editor: Actor, slug: str, *, at: datetime) -> None:
    """Summaries and explanations, before the version with which readers get them."""
    sections = _sections(slug)
    for (heading, kind), text in NOTES.items():
        section_notes.write_section_note(editor, slug, sections[heading].section_id, kind, text, now=at)


def refer(editor: Actor, slug: str, *, at: datetime) -> None:
    """In the draft a part named in words becomes a reference to that part."""
    sections = _sections(slug)
    section = sections["Umowa i przekazanie pieniędzy"]
    named = "„Wkład własny i pożyczki”"
    drafting.save_section(
        editor,
        slug,
        section.section_id,
        source=section.source.replace(
            named, f"[{named}]({address_of(sections['Wkład własny i pożyczki'].section_id)})"
        ),
        base_text_id=section.text_id,
        note="Odesłanie zamiast samej nazwy części.",
        now=at,
    )


def _sections(slug: str) -> dict[str, SectionRow]:
    document = queries.get_document(slug, EVERYTHING)
    return {row.heading: row for row in queries.list_draft_sections(document.id)}
