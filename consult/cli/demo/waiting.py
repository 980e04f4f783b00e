"""What a resident of the demonstration is still writing: two comments that wait to be sent."""

from __future__ import annotations

from datetime import datetime

from consult.cli.demo.cast import Cast
from consult.services.comments import Remark
from consult.services.quotations import find_quote
from consult.services.unsent_comments import UnsentSender, holder_of, keep_unsent

QUOTE = "Co czwarta osoba ma ponad 60 lat."


def write_comments(cast: Cast, slug: str, now: datetime) -> None:
    """Two comments on the strategy are kept and not sent; one of them proposes a wording."""
    resident = cast.resident
    holder = holder_of(resident)
    pointing = find_quote(resident, slug, QUOTE, nth=1, now=now)
    if holder is None or pointing is None:
        return
    keep_unsent(
        resident,
        holder,
        slug,
        Remark(
            "Proszę podać, z którego roku jest ta liczba.",
            kind="question",
            pointings=(pointing,),
        ),
        sender=UnsentSender(capacity="resident", shown_as="initials"),
        now=now,
    )
    keep_unsent(
        resident,
        holder,
        slug,
        Remark(
            "Warto pisać, ile to osób, a nie tylko jaka część.",
            justification="Liczbę łatwiej porównać z pomiarami szkół i przychodni.",
            proposed="Ponad 60 lat ma 2 085 osób, czyli co czwarta.",
            pointings=(pointing,),
        ),
        now=now,
    )
