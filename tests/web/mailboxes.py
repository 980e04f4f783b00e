"""Letters as people get them, and the links in them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from consult.ports.mail import Letter
from tests.web.visitors import Site

_LINK = re.compile(r"https://konsultacje\.example\.org(/\S*)")


def letters_to(site: Site, address: str) -> list[Letter]:
    """Everything sent to an address, the oldest first."""
    return [letter for letter in site.store.ports.mailer.sent if letter.to == address]  # type: ignore[attr-defined]


def links_in(letter: Letter) -> list[str]:
    """Paths of this site in a letter, without the foot's link to the home page."""
    found = [urlsplit(link).path for link in _LINK.findall(letter.text)]
    return [path for path in dict.fromkeys(found) if path != "/"]


def link_to(site: Site, address: str, start: str) -> str:
    """The path of the last link to an address that begins with `start` ("/confirm/")."""
    found = [
        path
        for letter in letters_to(site, address)
        for path in links_in(letter)
        if path.startswith(start) and path != start
    ]
    assert found, f"no link to {start} was sent to {address}"
    return found[-1]
