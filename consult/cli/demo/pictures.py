"""A picture and attached files of the standard: a scheme of the three planes of cooperation, a table and a list."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from consult.domain.policy.actors import Actor
from consult.services import attachments, drafting, pictures
from consult.services.attachments import Words
from consult.services.pictures import Description
from consult.storage.queries import documents as queries
from consult.storage.queries.viewers import EVERYTHING

FOLDER = Path(__file__).parent

ALT = (
    "Trzy prostokąty jeden pod drugim, połączone strzałkami w obie strony: tworzenie polityk, realizacja zadań, "
    "infrastruktura współpracy."
)
CAPTION = "Rysunek 1. Trzy płaszczyzny współpracy urzędu i organizacji"

CONTACTS = (
    "Płaszczyzna;Kto prowadzi;Gdzie pytać\n"
    "Tworzenie polityk;Wydział Polityki Społecznej;pokój 12\n"
    "Realizacja zadań;Wydział Współpracy;pokój 14\n"
    "Infrastruktura współpracy;Centrum Organizacji;parter\n"
)
QUESTIONS = (
    "Lista pytań do sprawdzenia, czy standard działa\n\n"
    "1. Czy projekt był dostępny co najmniej 21 dni?\n"
    "2. Czy na każdą uwagę odpowiedziano?\n"
    "3. Czy odpowiedzi są publiczne?\n"
)


def illustrate(editor: Actor, slug: str, heading: str, *, at: datetime) -> None:
    """Put the scheme at the end of a part and attach two files, before the version with which readers get them."""
    added = pictures.add_picture(
        editor, slug, (FOLDER / "planes.png").read_bytes(), Description(ALT, caption=CAPTION), now=at
    )
    document = queries.get_document(slug, EVERYTHING)
    section = next(row for row in queries.list_draft_sections(document.id) if row.heading == heading)
    drafting.save_section(
        editor,
        slug,
        section.section_id,
        source=f"{section.source.rstrip()}\n\n{added.markdown}\n\n",
        base_text_id=section.text_id,
        note="Schemat trzech płaszczyzn.",
        now=at,
    )
    for name, content, words in (
        (
            "kontakty.csv",
            CONTACTS.encode(),
            Words("Kto prowadzi którą płaszczyznę", "Tabela z komórkami urzędu i pokojami."),
        ),
        (
            "lista-pytan.txt",
            QUESTIONS.encode(),
            Words("Lista pytań do samooceny", "Do wydruku na spotkanie zespołu."),
        ),
    ):
        attachments.attach_file(editor, slug, content=content, file_name=name, words=words, now=at)
