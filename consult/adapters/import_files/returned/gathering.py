"""What every returned form is read into: rows, the sender's answers, and words that belong to neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from consult.adapters.import_files.package import Archive, refusal
from consult.domain.process.comment_forms import (
    MOST_ROWS,
    Asked,
    FilledRow,
    find_code,
    fingerprint,
    section_of,
)
from consult.domain.text.normalise import normalise
from consult.ports.comment_forms import ReturnedForm
from consult.ports.form_captions import LANGUAGES, asked_of, code_of_words, column_of

CODE_PROPERTY = "consult-form"
PRINTED_PROPERTY = "consult-printed"
_TICKED = frozenset("☒☑✓✔✗✘xX")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_HINTS = frozenset(one.choose for one in LANGUAGES) | frozenset(one.write_here for one in LANGUAGES)
_YES = frozenset(one.yes for one in LANGUAGES)
_LONGEST_WITH_CODE = 120
"""Code points of the lines the code stands in; the number of pages beside it changes."""

_MACROS = ("word/vbaProject.bin", "xl/vbaProject.bin")


def refuse_programs(archive: Archive) -> None:
    """Raises InvalidInput("form_macros") for a file that carries programs, whatever its name says."""
    if any(archive.has(name) for name in _MACROS) or (
        archive.has("[Content_Types].xml") and b"macroenabled" in archive.read("[Content_Types].xml").lower()
    ):
        raise refusal("form_macros")


def properties_of(archive: Archive) -> dict[str, str]:
    """The named words a file carries."""
    if not archive.has("docProps/custom.xml"):
        return {}
    return {one.get("name") or "": "".join(one.itertext()) for one in archive.read_xml("docProps/custom.xml")}


def cleaned(words: str) -> str:
    """Words as they are kept: without signs no text can hold, white space around them, or what an empty field showed."""
    words = normalise(_CONTROL.sub("\ufffd", words)).strip()
    return "" if words in _HINTS else words


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds what: codes by place; `unknown` are headings by the place nobody can read."""

    codes: dict[int, str]
    unknown: dict[int, str]
    is_reworded: bool

    @classmethod
    def of(cls, headings: Sequence[str]) -> Columns | None:
        """None where this row is no heading of a table of comments."""
        codes: dict[int, str] = {}
        unknown: dict[int, str] = {}
        is_reworded = False
        for place, heading in enumerate(headings):
            words = heading.strip()
            first = words.split("\n")[0]
            code, is_printed = column_of(first)
            if code and code not in codes.values():
                codes[place] = code
                is_reworded |= not is_printed
            elif words:
                unknown[place] = first
        known = set(codes.values())
        if len(known) < 2 or not known & {"text", "proposed"}:
            return None
        return cls(codes, unknown, is_reworded)


@dataclass(slots=True)
class Gathering:
    """What was found in a file so far. `printed` are fingerprints of what was in it when it was handed out."""

    printed: frozenset[str] = frozenset()
    code: str = ""
    sender: dict[str, str] = field(default_factory=dict)
    rows: list[FilledRow] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    remarks: set[str] = field(default_factory=set)
    seen: int = 0

    def note_code(self, words: str) -> None:
        if not self.code and (found := find_code(words)) is not None:
            self.code = str(found)

    def note_columns(self, columns: Columns) -> None:
        if columns.is_reworded:
            self.remarks.add("columns_renamed")
        if not {"part", "text", "proposed", "justification"} <= set(columns.codes.values()):
            self.remarks.add("columns_missing")

    def answer(self, code: str, words: str) -> None:
        """What somebody wrote beside a question about themselves."""
        said = cleaned(words)
        if code == Asked.CONSENT:
            first = said[:1]
            if said.casefold() in _YES or (first in _TICKED and said[1:2] in ("", " ", "\u00a0")):
                self.sender[code] = "yes"
            elif said and first != "☐":
                self.unused.append(said)
        elif code == Asked.CAPACITY:
            if not said:
                return
            known = code_of_words(said, "capacities")
            if known:
                self.sender[code] = known
            else:
                self.unused.append(said)
        elif said:
            self.sender[code] = " ".join(said.split())

    def row(self, row: FilledRow) -> None:
        """A row, unless nothing was written into it; a title alone is not lost."""
        self.seen += 1
        if self.seen > MOST_ROWS:
            self.remarks.add("rows_cut")
            self.unused += [
                words for words in (row.title, row.text, row.proposed, row.justification) if words
            ]
        elif not row.is_blank:
            self.rows.append(row)
        elif not row.section_id and row.title.strip() and not self.is_printed(row.title):
            self.unused.append(row.title.strip())

    def words(self, words: str) -> None:
        """Words found anywhere: those that were printed are nobody's."""
        self.note_code(words)
        said = cleaned(words)
        if len(said) < _LONGEST_WITH_CODE and find_code(said) is not None:
            return
        if said and not self.is_printed(said):
            self.unused.append(said)

    def is_printed(self, words: str) -> bool:
        return fingerprint(words) in self.printed

    def form(self) -> ReturnedForm:
        """Raises InvalidInput("form_unlike") for a file in which nothing was recognised as a form."""
        if not self.code and not self.rows:
            raise refusal("form_unlike")
        if not self.code:
            self.remarks.add("code_missing")
        return ReturnedForm(
            code=self.code,
            rows=tuple(self.rows),
            sender=self.sender,
            unused=tuple(self.unused),
            remarks=tuple(sorted(self.remarks)),
        )


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """A cell of a table: its words, the keys of the row written in it, the field its control says it is, and how many
    columns it takes up. `printed` are words in it that are not the sender's."""

    words: str
    keys: tuple[str, ...] = ()
    field: str = ""
    across: int = 1


def read_row(
    cells: Sequence[WrittenCell], columns: Columns, above: FilledRow | None, gathering: Gathering
) -> FilledRow:
    """A row of the table of comments; one that was added by hand belongs to the part of the row `above` it where it names
    none itself."""
    said: dict[str, list[str]] = {}
    key = next((one for cell in cells for one in cell.keys), "")
    place = 0
    for cell in cells:
        code = cell.field or columns.codes.get(place, "")
        if cell.across > 1 and place + cell.across <= max(columns.codes, default=0) + 1:
            gathering.remarks.add("columns_merged")
        place += cell.across
        words = cleaned(cell.words)
        if not words:
            continue
        if code:
            said.setdefault(code, []).append(words)
        elif not gathering.is_printed(words):
            heading = columns.unknown.get(place - cell.across, "")
            gathering.unused.append(f"{heading}: {words}" if heading else words)
    found = {code: "\n".join(words) for code, words in said.items()}
    title = " ".join(found.get("part", "").split())
    section, is_added = section_of(key), False
    if not key:
        is_added = True
        if not title and above is not None and above.section_id:
            section, title = above.section_id, above.title
    return FilledRow(
        section_id=section,
        title=title,
        quote=found.get("quote", ""),
        text=found.get("text", ""),
        proposed=found.get("proposed", ""),
        justification=found.get("justification", ""),
        kind=code_of_words(found.get("kind", ""), "kinds"),
        is_added=is_added,
    )


def ask(gathering: Gathering, cells: Sequence[str]) -> bool:
    """Whether a row asks about the sender; what was answered is kept then."""
    if len(cells) < 2:
        return False
    code = asked_of(cells[0].strip().split("\n")[0])
    if not code:
        return False
    gathering.answer(code, "\n".join(cells[1:]))
    return True
