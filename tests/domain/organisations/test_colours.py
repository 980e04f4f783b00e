"""Whatever colour a host takes, words in it can be read on every ground of both themes."""

from __future__ import annotations

import itertools
import re

import pytest

from consult.domain.organisations.colours import (
    DARK_GROUNDS,
    DARK_INK,
    ENOUGH,
    LIGHT_GROUNDS,
    LIGHT_INK,
    contrast,
    least_contrast,
    look_of,
    nearest_readable,
    read_colour,
)
from tests.real_data import REPOSITORY

COLOURS = [
    f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in itertools.product(range(0, 256, 51), repeat=3)
]


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#1f4e79", "#1f4e79") == 1


@pytest.mark.parametrize("colour", COLOURS)
def test_the_tones_of_a_readable_colour_can_be_read_everywhere(colour: str) -> None:
    accent = nearest_readable(colour)
    look = look_of(accent)
    for tones, grounds, ink in (
        (look.light, LIGHT_GROUNDS, LIGHT_INK),
        (look.dark, DARK_GROUNDS, DARK_INK),
    ):
        for ground in (*grounds, tones.wash):
            assert contrast(tones.brand, ground) >= ENOUGH
            assert contrast(tones.strong, ground) >= ENOUGH
        for button in (tones.brand, tones.strong):
            assert contrast(tones.on_brand, button) >= ENOUGH
        assert contrast(ink, tones.wash) >= ENOUGH


@pytest.mark.parametrize("colour", COLOURS)
def test_a_colour_that_can_be_read_is_left_as_it_is(colour: str) -> None:
    assert (nearest_readable(colour) == colour) is (least_contrast(colour) >= ENOUGH)


@pytest.mark.parametrize(
    ("written", "read"),
    [("#ABC", "#aabbcc"), ("1f4e79", "#1f4e79"), (" #1F4E79 ", "#1f4e79"), ("red", None), ("#12", None)],
)
def test_a_colour_is_read_in_every_way_it_is_written(written: str, read: str | None) -> None:
    assert read_colour(written) == read


def test_the_grounds_are_those_of_the_two_themes() -> None:
    sheet = (REPOSITORY / "static" / "css" / "tokens.css").read_text()
    light, dark = sheet.split("@media screen and (prefers-color-scheme: dark)")[:2]
    for part, grounds, ink in ((light, LIGHT_GROUNDS, LIGHT_INK), (dark, DARK_GROUNDS, DARK_INK)):
        kept = dict(
            re.findall(
                r"--(paper|sheet|panel|ink): (#[0-9a-f]{6})", part.split("}")[-2] if part is light else part
            )
        )
        assert {kept[name] for name in ("paper", "sheet", "panel")} == set(grounds)
        assert kept["ink"] == ink
