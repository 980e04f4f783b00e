"""Two ways of writing one name are found; two organisations are not taken for one."""

from __future__ import annotations

import pytest

from consult.domain.organisations.names import LONGEST_SLUG, find_alike, slug_of

KNOWN = ["Fundacja na rzecz Parków", "Stowarzyszenie Rodziców i Przyjaciół Szkoły nr 5", "Urząd Miasta Łąka"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("FUNDACJA NA RZECZ PARKÓW", KNOWN[0]),
        ("Fundacja „Na rzecz parkow”", KNOWN[0]),
        ("Stowarzyszenie Przyjaciół i Rodziców Szkoły nr 5", KNOWN[1]),
        ("Stowarzyszenie Rodziców i Przyjaciół Szkoły nr 6", KNOWN[1]),
        ("Łąka – Urząd Miasta", KNOWN[2]),
        ("Fundacja na rzecz Zwierząt", None),
        ("Urząd Gminy Polana", None),
        ("Stowarzyszenie", None),
    ],
)
def test_names_that_are_alike_are_found(name: str, found: str | None) -> None:
    assert find_alike(name, KNOWN) == found


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Żółć & Łąka, sp. z o.o.", "zolc-laka-sp-z-o-o"),
        ("!!!", "organizacja"),
        ("日本", "organizacja"),
        ("słowo " * 40, "-".join(["slowo"] * 12)),
    ],
)
def test_a_name_becomes_a_name_for_addresses(name: str, slug: str) -> None:
    assert slug_of(name) == slug
    assert len(slug_of(name)) <= LONGEST_SLUG
