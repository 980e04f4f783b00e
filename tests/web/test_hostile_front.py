"""People who mean no good at the front of the house: what they type, send and press comes to nothing."""

from __future__ import annotations

import pytest

from tests.web.places import Place
from tests.web.visitors import kept, words_of

# --- days nobody means -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", ["0001-01-01", "1066-10-14", "9999-12-31"])
def test_a_day_in_a_year_nobody_means_is_refused_beside_its_field(place: Place, on: str) -> None:
    official = place.visitor("official")
    consultation = f"/consultations/{place.consultation_id}"
    for page, name in (
        (f"{consultation}/extend", "closes_on"),
        (f"{consultation}/meetings/new", "day"),
        (f"{consultation}/opinions/new", "delivered_on"),
        (f"{place.address}/consult", "opens_on"),
        (f"{place.address}/consult", "closes_on"),
    ):
        answer = official.send(page, {name: on, "reason": "Powód.", "body": "Rada"}, expect=422)
        assert "Sprawdź rok" in words_of(answer), page
        assert kept(answer.text, name) == on
