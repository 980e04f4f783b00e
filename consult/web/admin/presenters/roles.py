"""What the page of roles shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class RoleColumn:
    """A part one can have: its name and who that is."""

    code: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether a role may: `text` says so in words, `kind` colours it."""

    kind: Literal["yes", "when", "no"]
    text: str


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """A thing one may do; `who` are phrases, `cells` stand in the order of the columns."""

    anchor: str
    sentence: str
    who: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RolesPage:
    """`admin/roles.html`; variable `page`."""

    columns: tuple[RoleColumn, ...]
    rows: tuple[PermissionRow, ...]
