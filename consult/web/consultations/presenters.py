"""What the home page and the page that opens a consultation show.

Form fields of ``consultations/new.html`` (WTForms names): ``version`` (select; the form's own choices are used),
``opens_on``, ``opens_time``, ``closes_on``, ``closes_time`` (date and time fields, Europe/Warsaw), ``legal_basis``,
``summary`` (both optional).
"""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import DocumentHead, DocumentRow, Moment, Step


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """A consultation on the home page; `summary` is a plain sentence or two on what it is about."""

    title: str
    kind: str
    href: str
    host: str
    closes: Moment
    steps: tuple[Step, ...]
    comment_count: int = 0
    comment_href: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class HomePage:
    """`consultations/home.html`; variable `page`. Open consultations by deadline, those being answered, then documents."""

    open: tuple[ConsultationRow, ...]
    answering: tuple[ConsultationRow, ...]
    documents: tuple[DocumentRow, ...]
    documents_href: str = ""
    new_href: str = ""


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """`consultations/new.html`; variables `page`, `form`."""

    head: DocumentHead
    back_href: str
    zone: str = "Europe/Warsaw"
