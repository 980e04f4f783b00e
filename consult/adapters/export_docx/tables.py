"""Tables as Word wants them: a grid in which spanning cells take up every place they cover."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from consult.adapters.export_docx.wordml import paragraph

_MOST_COLUMNS = 63
_MOST_COVERED = 20_000  # places in one table that spanning cells may reach down to
_WIDTH = 9070  # twentieths of a point between the margins of an A4 page
_ALIGNED = {"center": "center", "right": "right"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as written in the text; `content` are its blocks."""

    content: list[str] = field(default_factory=list)
    is_heading: bool = False
    across: int = 1
    down: int = 1
    align: str = ""


@dataclass(frozen=True, slots=True)
class _Covered:
    """The lower part of a cell that spans rows."""

    across: int


class Rows:
    """The rows of one table, cells added in reading order."""

    def __init__(self) -> None:
        self._rows: list[list[Cell | _Covered]] = []
        # columns reached from above, by their first: rows still to go with this one, columns covered
        self._reaching: dict[int, tuple[int, int]] = {}
        self._reaching_next: dict[int, tuple[int, int]] = {}
        self._width = 0  # of the open row
        self._covered = 0

    def begin_row(self) -> None:
        self._fill()
        self._reaching = {
            column: (rows - 1, across) for column, (rows, across) in self._reaching.items() if rows > 1
        } | self._reaching_next
        self._reaching_next = {}
        self._rows.append([])
        self._width = 0

    def add(self, cell: Cell) -> None:
        if not self._rows:
            self.begin_row()
        self._fill()
        row, column = self._rows[-1], self._width
        if column >= _MOST_COLUMNS and isinstance(row[-1], Cell):
            # Word knows no more columns: what is left over goes into the last one
            row[-1].content.extend(cell.content)
            return
        across = min(max(cell.across, 1), max(_MOST_COLUMNS - column, 1))
        if cell.down > 1 and self._covered < _MOST_COVERED:
            self._reaching_next[column] = (cell.down - 1, across)
        row.append(replace(cell, across=across))
        self._width += across

    def written(self) -> list[str]:
        """The table, and the empty paragraph Word needs after one; nothing for a table without cells."""
        self._fill()
        rows = [row for row in self._rows if row]
        if not rows:
            return []
        columns = min(max(self._width_of(row) for row in rows), _MOST_COLUMNS)
        grid = f'<w:gridCol w:w="{_WIDTH // columns}"/>' * columns
        body = "".join(self._row(row, columns, position == 0) for position, row in enumerate(rows))
        about = '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="0420"/></w:tblPr>'
        return [f"<w:tbl>{about}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>", paragraph("", style="TableEnd")]

    def _fill(self) -> None:
        """Take up the places in the open row that cells above reach down to."""
        while self._rows and (reaching := self._reaching.get(self._width)):
            self._rows[-1].append(_Covered(reaching[1]))
            self._width += reaching[1]
            self._covered += 1
            if self._covered == _MOST_COVERED:
                self._reaching.clear()
                self._reaching_next.clear()

    def _width_of(self, row: list[Cell | _Covered]) -> int:
        return sum(each.across for each in row)

    def _row(self, row: list[Cell | _Covered], columns: int, is_first: bool) -> str:
        missing = columns - self._width_of(row)
        cells = "".join(_cell(each) for each in [*row, *[Cell()] * missing])
        is_head = is_first and all(isinstance(each, Cell) and each.is_heading for each in row)
        about = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_head else ""
        return f"<w:tr>{about}{cells}</w:tr>"


def _cell(cell: Cell | _Covered) -> str:
    span = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
    if isinstance(cell, _Covered):
        return f"<w:tc><w:tcPr>{span}<w:vMerge/></w:tcPr>{paragraph('', style='TableText')}</w:tc>"
    down = '<w:vMerge w:val="restart"/>' if cell.down > 1 else ""
    content = "".join(cell.content)
    if not content.endswith("</w:p>"):
        # a cell must end in a paragraph
        content += paragraph("", style="TableText")
    if cell.is_heading:
        content = content.replace('<w:pStyle w:val="TableText"/>', '<w:pStyle w:val="TableHeading"/>')
    if cell.align in _ALIGNED:
        content = content.replace("</w:pPr>", f'<w:jc w:val="{_ALIGNED[cell.align]}"/></w:pPr>')
    return f"<w:tc><w:tcPr>{span}{down}</w:tcPr>{content}</w:tc>"
