"""What the page of a comment form shows, as display-ready values."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import DocumentHead, Moment


@dataclass(frozen=True, slots=True)
class FormFile:
    """A format the form is offered in; `extension` names it."""

    extension: str
    href: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """`comment_forms/show.html`; variable `page`. `ways` are (code of a channel, words), `comment_href` leads to where one
    comments without a form, and is empty once comments are no longer taken; `enter_href` is for those who keep the
    register."""

    head: DocumentHead
    title: str
    href: str
    files: tuple[FormFile, ...]
    closes: Moment
    by_postmark: bool
    state: str
    ways: tuple[tuple[str, str], ...]
    part_count: int
    comment_href: str
    clause_href: str
    enter_href: str = ""
