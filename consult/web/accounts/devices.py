"""What a browser calls itself, in words people know it by; nothing finer is kept of it."""

from __future__ import annotations

from consult.services.accounts.sessions import Device

_BROWSERS = (
    # those that call themselves something else as well go first
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
LONGEST = 1_000


def device_of(user_agent: str) -> Device:
    """The browser and its system, each empty where it is not among those people use."""
    said = user_agent[:LONGEST]
    return Device(
        browser=next((name for mark, name in _BROWSERS if mark in said), ""),
        system=next((name for mark, name in _SYSTEMS if mark in said), ""),
    )
