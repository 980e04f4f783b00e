"""A form the village got back, filled in at a desk, and an anonymous note found in its letter box."""

from __future__ import annotations

import html
import io
import re
import zipfile
from datetime import datetime

from consult.cli.demo.cast import Cast
from consult.domain.process.submissions import Flag
from consult.domain.process.windows import WARSAW
from consult.services import comment_forms, submissions
from consult.services.comments import Remark, Sender
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries

ROOM = "Dopiszcie, że świetlica wiejska będzie otwarta także w weekendy. Teraz młodzież nie ma się gdzie spotkać."
WHY = "Pytaliśmy o to w szkole: chętnych jest ponad trzydzieścioro."
WHOLE = "Dokument czyta się dobrze, ale przydałoby się streszczenie na jednej stronie."
NOTE = "Przy przystanku koło remizy nie ma ławki. Postawcie ją przed zimą."


def enter_returned_form(cast: Cast, consultation_id: int, at: datetime) -> None:
    """Read a form an association sent back by e-mail, and put it into the register with the file."""
    consultation = consultation_queries.get_consultation(consultation_id)
    sections = document_queries.list_version_sections(consultation.version_id)
    blank = comment_forms.write_comment_form(consultation_id, "docx", now=at).content
    chosen = sections[min(3, len(sections) - 1)].section_id
    content = _filled(
        blank,
        {f"c.text.{chosen}": ROOM, f"c.justification.{chosen}": WHY, "c.text.spare1": WHOLE},
    )
    name = "Formularz uwag – Koło Gospodyń.docx"
    read = comment_forms.read_returned_form(cast.village_official, consultation_id, content, name)
    submissions.enter_submission(
        cast.village_official,
        consultation_id,
        [
            submissions.Entry(
                submissions.entered_remark(
                    Remark(entry.row.text, justification=entry.row.justification),
                    sections,
                    entry.place.section_id,
                    "",
                ),
                entry.passage,
            )
            for entry in read.entries
        ],
        Sender(
            capacity="ngo",
            organisation_name="Koło Gospodyń Wiejskich",
            channel="email",
            received_on=at.astimezone(WARSAW).date(),
            case_sign="RG.0541.15",
        ),
        letter=read.letter,
        files=[submissions.NewFile(content, name, form_kind=read.kind)],
        now=at,
    )


def enter_anonymous_note(cast: Cast, consultation_id: int, at: datetime) -> None:
    """Enter a note nobody signed; whether it is considered the village has not decided yet."""
    consultation = consultation_queries.get_consultation(consultation_id)
    sections = document_queries.list_version_sections(consultation.version_id)
    submissions.enter_submission(
        cast.village_official,
        consultation_id,
        [submissions.Entry(submissions.entered_remark(Remark(NOTE), sections, "", ""))],
        Sender(
            capacity="resident",
            channel="paper",
            received_on=at.astimezone(WARSAW).date(),
            case_sign="RG.0541.16",
        ),
        flags={
            Flag.ANONYMOUS: "Kartka bez nazwiska i adresu, wyjęta ze skrzynki urzędu.",
            Flag.UNSIGNED: "Brak podpisu.",
        },
        now=at,
    )


def _filled(content: bytes, words: dict[str, str]) -> bytes:
    """The Word form with words in its controls, as a program for forms would put them there."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as blank,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as filled,
    ):
        for entry in blank.infolist():
            part = blank.read(entry)
            if entry.filename == "word/document.xml":
                text = part.decode()
                for tag, said in words.items():
                    text = re.sub(
                        rf'(<w:tag w:val="{re.escape(tag)}"/>.*?)<w:showingPlcHdr/>(.*?<w:t xml:space="preserve">)[^<]*',
                        lambda found, said=said: f"{found[1]}{found[2]}{html.escape(said)}",  # type: ignore[misc]
                        text,
                        count=1,
                        flags=re.DOTALL,
                    )
                part = text.encode()
            filled.writestr(entry, part)
    return file.getvalue()
