"""What the page about feeds and calendars shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subscription:
    """One address to be put into a calendar or a reader: `kind` is calendar or feed; `address` is whole."""

    kind: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class AboutPage:
    """`feeds/about.html`; variable `page`. Those of everything first, then those of each host."""

    everything: tuple[Subscription, ...]
    hosts: tuple[tuple[str, tuple[Subscription, ...]], ...]
