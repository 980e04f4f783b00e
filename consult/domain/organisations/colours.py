"""A host's one colour, and the tones made of it that people can still read.

Contrast is that of WCAG 2.2, success criterion 1.4.3: (lighter + 0.05) / (darker + 0.05) of relative luminances, at least
4.5 for text. The tones stand on the grounds of the site's two themes, which static/css/tokens.css sets; a test holds the
two together.
"""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass

ENOUGH = 4.5
LIGHT_GROUNDS = ("#ffffff", "#f3f5f7")
DARK_GROUNDS = ("#14181e", "#1a2028", "#191f27")
LIGHT_INK = "#17202b"
DARK_INK = "#e8eaee"
ON_LIGHT, ON_DARK = "#ffffff", "#0d1b29"
STEP = 0.01

_WRITTEN = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
Channels = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Tones:
    """What one theme is coloured with: links and buttons, the same pressed, a wash behind words, words on a button."""

    brand: str
    strong: str
    wash: str
    on_brand: str


@dataclass(frozen=True, slots=True)
class Look:
    light: Tones
    dark: Tones


def read_colour(written: str) -> str | None:
    """`#rrggbb` in small letters, or None where this is no colour."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        return None
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(accent: str) -> float:
    """The lowest contrast the colour has as text on light ground, on its own wash, and under white words."""
    tones = _light(accent)
    return min(contrast(accent, ground) for ground in (*LIGHT_GROUNDS, tones.wash, ON_LIGHT))


def nearest_readable(accent: str) -> str:
    """The colour itself where it can be read on light ground, else the same hue darkened until it can."""
    while least_contrast(accent) < ENOUGH:
        accent = _lightened(accent, -STEP)
    return accent


def look_of(accent: str) -> Look:
    """Both themes of a readable accent; for the dark one its hue is lightened until it can be read there."""
    dark = accent
    while min(contrast(dark, ground) for ground in (*DARK_GROUNDS, _dark(dark).wash, ON_DARK)) < ENOUGH:
        dark = _lightened(dark, STEP)
    return Look(_light(accent), _dark(dark))


def _light(accent: str) -> Tones:
    return Tones(accent, _lightened(accent, -0.1), _mixed(accent, "#ffffff", 0.1), ON_LIGHT)


def _dark(accent: str) -> Tones:
    return Tones(accent, _lightened(accent, 0.1), _mixed(accent, "#1a2028", 0.13), ON_DARK)


def _channels(colour: str) -> Channels:
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def _written(channels: Channels) -> str:
    return "#" + "".join(f"{round(min(1.0, max(0.0, channel)) * 255):02x}" for channel in channels)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lightened(colour: str, by: float) -> str:
    """The hue with its lightness moved by a share of the whole scale."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    return _written(colorsys.hls_to_rgb(hue, min(1.0, max(0.0, lightness + by)), saturation))


def _mixed(colour: str, ground: str, share: float) -> str:
    over, under = _channels(colour), _channels(ground)
    return _written(
        (
            over[0] * share + under[0] * (1 - share),
            over[1] * share + under[1] * (1 - share),
            over[2] * share + under[2] * (1 - share),
        )
    )
