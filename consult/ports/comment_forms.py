"""The sockets for comment forms: written in a format people can fill in, and read when they come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from consult.domain.process.comment_forms import FilledRow


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part of the text a form has a row for: its printed title and its depth from 1."""

    section_id: str
    title: str
    depth: int


@dataclass(frozen=True, slots=True)
class CommentForm:
    """A form as it is printed.

    `facts` are (caption, words) about the consultation, `ways` (caption, words) where it may be sent, `clause` the
    paragraphs of the host's information clause. `code` names it when it comes back.
    """

    code: str
    title: str
    host: str
    language: str
    facts: tuple[tuple[str, str], ...]
    ways: tuple[tuple[str, str], ...]
    parts: tuple[FormPart, ...]
    clause: tuple[str, ...]
    written_at: datetime
    address: str = ""


class CommentFormWriter(Protocol):
    media_type: str
    extension: str

    def write(self, form: CommentForm) -> bytes:
        """The same form gives the same bytes."""
        ...


REMARK_CODES = frozenset(
    {
        "code_missing",
        "formulas",
        "columns_renamed",
        "columns_missing",
        "columns_merged",
        "rows_cut",
        "tracked_changes",
    }
)
"""What a reader may remark on; each needs a wording."""


@dataclass(frozen=True, slots=True)
class ReturnedForm:
    """What somebody wrote into a form: `sender` by codes of `Asked`, the rows filled in by order, and all other words in
    the file that were not printed in it. `code` is "" where the file holds none."""

    code: str
    rows: tuple[FilledRow, ...]
    sender: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


class CommentFormReader(Protocol):
    def read(self, content: bytes) -> ReturnedForm:
        """Raises InvalidInput beside "file": what the readers of documents raise, and form_flattened for a PDF whose
        fields were printed, form_macros for one that carries programs, form_unlike for a file that is no form."""
        ...
