"""A letter on paper the village got: posted two days before it came, cut into two comments, the greeting left aside."""

from __future__ import annotations

from datetime import datetime, timedelta

from consult.cli.demo.cast import Cast
from consult.domain.process.windows import WARSAW
from consult.domain.text.spans import Span
from consult.services import submissions
from consult.services.comments import Remark, Sender
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries

TRANSPORT = "Autobus gminny powinien jeździć także w soboty. Starsze osoby z naszej wsi nie mają jak dojechać do lekarza ani do kościoła."
ROAD = "Prosimy też o chodnik wzdłuż drogi do szkoły. Dzieci idą poboczem, zimą po ciemku."
LETTER = f"""\
Szanowni Państwo,

po zebraniu wiejskim przesyłamy, co ustaliliśmy.

{TRANSPORT}

{ROAD}

Z poważaniem
Rada Sołecka
"""


def enter_paper_letter(cast: Cast, consultation_id: int, at: datetime) -> None:
    """Enter it as the official of the village would, two days after its postmark."""
    received = at.astimezone(WARSAW).date()
    consultation = consultation_queries.get_consultation(consultation_id)
    sections = document_queries.list_version_sections(consultation.version_id)
    submissions.enter_submission(
        cast.village_official,
        consultation_id,
        [
            submissions.Entry(
                submissions.entered_remark(Remark(words), sections, "", ""),
                Span(LETTER.index(words), LETTER.index(words) + len(words)),
            )
            for words in (TRANSPORT, ROAD)
        ],
        Sender(
            capacity="council",
            organisation_name="Rada Sołecka",
            name="Sołtyska",
            is_verified=True,
            channel="paper",
            received_on=received,
            postmark_on=received - timedelta(2),
            case_sign="RG.0541.12",
        ),
        letter=LETTER,
        rest_is_no_comment=True,
        now=at,
    )
