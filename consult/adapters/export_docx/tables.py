"""Tables as Word wants them: a grid in which spanning cells take up every place they cover."""

from __future__ import annotations

from dataclasses import dataclass

from consult.adapters.export_docx.wordml import paragraph

_MOST_COLUMNS = 63
_WIDTH = 9070  # twentieths of a point between the margins of an A4 page
_ALIGNED = {"center": "center", "right": "right"}


@dataclass(frozen=True, slots=True)
class Cell:
    content: str
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
        self._reserved: dict[tuple[int, int], int] = {}  # (row, column): columns covered from above

    def begin_row(self) -> None:
        if self._rows:
            self._fill()
        self._rows.append([])

    def add(self, cell: Cell) -> None:
        if not self._rows:
            self._rows.append([])
        self._fill()
        row, column = len(self._rows) - 1, self._width_of(self._rows[-1])
        across = min(max(cell.across, 1), max(_MOST_COLUMNS - column, 1))
        for below in range(1, min(cell.down, 1_000)):
            self._reserved[row + below, column] = across
        self._rows[-1].append(Cell(cell.content, cell.is_heading, across, cell.down, cell.align))

    def written(self) -> list[str]:
        """The table, and the empty paragraph Word needs after one; nothing for a table without cells."""
        if self._rows:
            self._fill()
        rows = [row for row in self._rows if row]
        if not rows:
            return []
        columns = max(self._width_of(row) for row in rows)
        grid = f'<w:gridCol w:w="{_WIDTH // columns}"/>' * columns
        body = "".join(self._row(row, columns, position == 0) for position, row in enumerate(rows))
        about = '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="0420"/></w:tblPr>'
        return [f"<w:tbl>{about}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>", paragraph("", style="TableEnd")]

    def _fill(self) -> None:
        """Take up the places that cells above reach down to."""
        row = self._rows[-1]
        while across := self._reserved.pop((len(self._rows) - 1, self._width_of(row)), 0):
            row.append(_Covered(across))

    def _width_of(self, row: list[Cell | _Covered]) -> int:
        return sum(each.across for each in row)

    def _row(self, row: list[Cell | _Covered], columns: int, is_first: bool) -> str:
        missing = columns - self._width_of(row)
        cells = "".join(_cell(each) for each in [*row, *[Cell("")] * missing])
        is_head = is_first and all(isinstance(each, Cell) and each.is_heading for each in row)
        about = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_head else ""
        return f"<w:tr>{about}{cells}</w:tr>"


def _cell(cell: Cell | _Covered) -> str:
    span = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
    if isinstance(cell, _Covered):
        return f"<w:tc><w:tcPr>{span}<w:vMerge/></w:tcPr>{paragraph('', style='TableText')}</w:tc>"
    down = '<w:vMerge w:val="restart"/>' if cell.down > 1 else ""
    # a cell must end in a paragraph
    content = (
        cell.content if cell.content.endswith("</w:p>") else cell.content + paragraph("", style="TableText")
    )
    if cell.is_heading:
        content = content.replace('<w:pStyle w:val="TableText"/>', '<w:pStyle w:val="TableHeading"/>')
    if cell.align in _ALIGNED:
        content = content.replace("</w:pPr>", f'<w:jc w:val="{_ALIGNED[cell.align]}"/></w:pPr>')
    return f"<w:tc><w:tcPr>{span}{down}</w:tcPr>{content}</w:tc>"
