"""What the register of requirements shows. Strengths are codes."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import DocumentHead, Link


@dataclass(frozen=True, slots=True)
class Said:
    """A run of a sentence; `strength` is a code where the run is a word of obligation, else ""."""

    text: str
    strength: str = ""


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """A sentence of the register. `href` leads to it in the text."""

    number: int
    strengths: tuple[str, ...]
    runs: tuple[Said, ...]
    href: str


@dataclass(frozen=True, slots=True)
class RequirementsOfPart:
    """The requirements of one part."""

    title: str
    href: str
    lines: tuple[RequirementLine, ...]


@dataclass(frozen=True, slots=True)
class StrengthCount:
    """How many sentences are of a strength, with the address that shows these alone; "" is all."""

    strength: str
    count: int
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class RequirementsPage:
    """`requirements/show.html`; variable `page`. `count` is how many there are in the whole text."""

    head: DocumentHead
    counts: tuple[StrengthCount, ...]
    parts: tuple[RequirementsOfPart, ...]
    count: int
    files: tuple[Link, ...]
    back_href: str
    other: Link | None = None
