"""A letter on paper an official entered, cut into two comments."""

from __future__ import annotations

from datetime import date, timedelta

from consult.domain.policy.actors import SYSTEM, Actor
from consult.domain.process.windows import WARSAW
from consult.domain.text.spans import Span
from consult.services import consultations, submissions
from consult.services.comments import Receipt, Remark, Sender
from tests.factories.apps import Store

FIRST = "Nabór powinien trwać trzydzieści dni."
SECOND = "Wynik trzeba też wywiesić w sołectwie."
LETTER = f"Szanowni Państwo,\n\n{FIRST}\n\n{SECOND}\n\nZ poważaniem\nMieszkanka\n"


def on_paper(received_on: date, **changed: object) -> Sender:
    return Sender(
        **{  # type: ignore[arg-type]
            "capacity": "resident",
            "name": "Mieszkanka z listu",
            "channel": "paper",
            "received_on": received_on,
            "case_sign": "OR.0123.4",
            **changed,
        }
    )


def cut(*words: str, letter: str = LETTER) -> list[submissions.Entry]:
    """Comments made of these words of the letter."""
    return [
        submissions.Entry(Remark(said), Span(letter.index(said), letter.index(said) + len(said)))
        for said in words
    ]


def enter_letter(
    store: Store,
    consultation_id: int,
    *,
    actor: Actor = SYSTEM,
    letter: str = LETTER,
    sender: Sender | None = None,
    rest: bool = True,
    token: str = "",
) -> Receipt:
    return submissions.enter_submission(
        actor,
        consultation_id,
        cut(FIRST, SECOND),
        sender or on_paper(store.now.astimezone(WARSAW).date()),
        letter=letter,
        rest_is_no_comment=rest,
        form_token=token,
        now=store.now,
    )


def past_consultation(store: Store, slug: str) -> int:
    """A consultation of the first version of a document that ended ten days ago."""
    return consultations.open_consultation(
        SYSTEM,
        slug,
        version_no=1,
        title="Minione konsultacje",
        legal_basis="resolution",
        opens_at=store.now - timedelta(days=30),
        closes_at=store.now - timedelta(days=10),
        now=store.now - timedelta(days=31),
    )


def enter_from_meeting(store: Store, consultation_id: int, meeting_id: int) -> Receipt:
    """What somebody said at a meeting, made of its note."""
    return submissions.enter_submission(
        SYSTEM,
        consultation_id,
        cut(FIRST, letter=FIRST),
        Sender(capacity="resident", channel="meeting", received_on=store.now.astimezone(WARSAW).date()),
        letter=FIRST,
        meeting_id=meeting_id,
        now=store.now,
    )


SCAN = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def enter_late(store: Store, consultation_id: int) -> Receipt:
    """A letter entered after the end with its scan, unsigned, about which it was decided; the clock is left where it
    is."""
    receipt = enter_letter(store, consultation_id)
    scan = submissions.NewFile(SCAN, "Skan listu.pdf")
    submissions.add_scans(SYSTEM, consultation_id, receipt.receipt_no, [scan], now=store.now)
    submissions.flag_submission(
        SYSTEM,
        consultation_id,
        receipt.receipt_no,
        "unsigned",
        is_raised=True,
        reason="Brak podpisu.",
        now=store.now,
    )
    submissions.decide_submission(
        SYSTEM,
        consultation_id,
        receipt.receipt_no,
        is_considered=True,
        reason="Poczta doręczyła go z opóźnieniem.",
        now=store.now + timedelta(minutes=1),
    )
    return receipt
