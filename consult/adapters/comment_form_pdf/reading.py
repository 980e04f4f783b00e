"""What somebody filled into the fields of a PDF; one whose fields became part of the page is refused with a word why."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from consult.domain.errors import InvalidInput
from consult.domain.process.comment_forms import (
    LARGEST_FORM,
    MOST_ROWS,
    Asked,
    FilledRow,
    find_code,
    section_of,
)
from consult.domain.text.normalise import normalise
from consult.ports.comment_forms import ReturnedForm
from consult.ports.form_captions import code_of_words

_CODE_FIELD = "consult-form"
_FIELDS = ("quote", "text", "proposed", "justification", "kind")
_MOST_PAGES = 500
_MOST_FIELDS = 20_000
_UNREADABLE = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
    RecursionError,
    ArithmeticError,
)


class PdfFormReader:
    """Implements `ports.comment_forms.CommentFormReader` for .pdf."""

    def read(self, content: bytes) -> ReturnedForm:
        if len(content) > LARGEST_FORM:
            raise _refusal("file_too_large", limit=LARGEST_FORM)
        if not content[:1_024].lstrip().startswith(b"%PDF-"):
            raise _refusal("file_not_pdf")
        try:
            return _read(PdfReader(io.BytesIO(content)))
        except _UNREADABLE:
            raise _refusal("file_damaged") from None


def _refusal(case: str, **facts: int) -> InvalidInput:
    return InvalidInput(case, field="file", **facts)


def _read(file: PdfReader) -> ReturnedForm:
    if file.is_encrypted:
        raise _refusal("file_encrypted")
    values = dict(_values(file))
    if not values:
        raise _refusal("form_flattened" if _is_ours(file) else "form_without_fields")
    code = find_code(values.pop(_CODE_FIELD, "")) or find_code(_keywords(file))
    sender: dict[str, str] = {}
    rows: dict[str, dict[str, str]] = {}
    unused: list[str] = []
    for name, said in values.items():
        words = normalise(said).strip()
        kind, _, rest = name.partition("-")
        field, _, key = rest.partition("-")
        if kind == "a" and rest in set(Asked):
            _answer(sender, unused, rest, words)
        elif kind == "p":
            rows.setdefault(rest, {})["title"] = words
        elif kind == "c" and field in _FIELDS:
            rows.setdefault(key, {})[field] = words
        elif words:
            unused.append(words)
    if code is None and not rows:
        raise _refusal("form_unlike")
    filled = [_row(key, said) for key, said in list(rows.items())[:MOST_ROWS]]
    unused += [row.title for row in filled if row.is_blank and row.title]
    unused += _notes(file)
    return ReturnedForm(
        code=str(code) if code else "",
        rows=tuple(row for row in filled if not row.is_blank),
        sender=sender,
        unused=tuple(unused),
        remarks=() if code else ("code_missing",),
    )


def _answer(sender: dict[str, str], unused: list[str], asked: str, words: str) -> None:
    if asked == Asked.CONSENT:
        if words.lstrip("/") not in ("", "Off"):
            sender[asked] = "yes"
    elif asked == Asked.CAPACITY:
        known = code_of_words(words, "capacities") if words else ""
        if known:
            sender[asked] = known
        elif words:
            unused.append(words)
    elif words:
        sender[asked] = " ".join(words.split())


def _row(key: str, said: Mapping[str, str]) -> FilledRow:
    return FilledRow(
        section_id=section_of(key),
        title=" ".join(said.get("title", "").split()),
        quote=said.get("quote", ""),
        text=said.get("text", ""),
        proposed=said.get("proposed", ""),
        justification=said.get("justification", ""),
        kind=code_of_words(said.get("kind", ""), "kinds"),
    )


def _values(file: PdfReader) -> Iterator[tuple[str, str]]:
    """(name, value) of every field, in the order of the form; a field that holds others is not one itself."""
    form: Any = file.root_object.get("/AcroForm")
    form = form.get_object() if form is not None else None
    if not form or "/Fields" not in form:
        return
    left = _MOST_FIELDS
    waiting = [(one, "") for one in reversed(form["/Fields"].get_object())]
    while waiting and left:
        left -= 1
        reference, above = waiting.pop()
        field = reference.get_object()
        name = str(field.get("/T", ""))
        whole = f"{above}.{name}" if above and name else above or name
        kids = field.get("/Kids")
        if kids is not None and "/FT" not in field:
            waiting += [(one, whole) for one in reversed(kids.get_object())]
            continue
        value = field.get("/V")
        value = value.get_object() if value is not None else ""
        yield whole, "" if value is None else str(value)


def _keywords(file: PdfReader) -> str:
    return str(file.metadata.get("/Keywords", "")) if file.metadata else ""


def _is_ours(file: PdfReader) -> bool:
    """Whether a file without fields was a form of ours once: the code is still printed on it."""
    if find_code(_keywords(file)) is not None:
        return True
    pages = file.pages[: min(len(file.pages), 3)] if file.pages else []
    return any(find_code(page.extract_text()) is not None for page in pages)


def _notes(file: PdfReader) -> list[str]:
    """What was written on top of the pages: notes and text typed anywhere."""
    found = []
    for page in file.pages[:_MOST_PAGES]:
        notes: Any = page.get("/Annots")
        for one in notes.get_object() if notes is not None else ():
            note = one.get_object()
            if note.get("/Subtype") in ("/FreeText", "/Text", "/Highlight", "/StrikeOut", "/Underline"):
                words = normalise(str(note.get("/Contents", ""))).strip()
                if words:
                    found.append(words)
    return found
