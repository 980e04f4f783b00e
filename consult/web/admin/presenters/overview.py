"""What the first page of administration shows."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import Link


@dataclass(frozen=True, slots=True)
class Task:
    """Something somebody is waiting for."""

    title: str
    detail: str
    href: str


@dataclass(frozen=True, slots=True)
class Sign:
    """Whether a part of the installation runs, in words; `warning` is what follows when it does not."""

    name: str
    is_well: bool
    text: str
    warning: str
    href: str


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """`admin/overview.html`; variable `page`."""

    areas: tuple[Link, ...]
    tasks: tuple[Task, ...]
    signs: tuple[Sign, ...]
