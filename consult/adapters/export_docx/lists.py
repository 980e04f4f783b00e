"""Word's numbering for the lists of a document: every ordered list counts for itself, from where it says."""

from __future__ import annotations

_DEEPEST = 8
_BULLETS, _FIGURES = 1, 2
_STEP = 425  # twentieths of a point a list is indented further than the one around it
_SIGNS = "•–▪"


class Lists:
    """Hands out list numbers and writes the numbering part at the end."""

    def __init__(self) -> None:
        # list 1 is all bullets; each ordered list, and each jump within one, gets a number of its own
        self._starts: list[tuple[int, int]] = []

    @property
    def bullets(self) -> int:
        return 1

    def ordered(self, level: int, start: int) -> int:
        """A new list whose entries at `level` count from `start`."""
        self._starts.append((min(level, _DEEPEST), start))
        return len(self._starts) + 1

    def entry(self, number: int, level: int) -> str:
        """The paragraph properties of an entry."""
        return f'<w:numPr><w:ilvl w:val="{min(level, _DEEPEST)}"/><w:numId w:val="{number}"/></w:numPr>'

    def continuation(self, level: int) -> str:
        """The paragraph properties of what stands under an entry's first paragraph."""
        return f'<w:ind w:left="{_STEP * (min(level, _DEEPEST) + 1)}"/>'

    def part(self) -> str:
        """What stands within `w:numbering`."""
        abstract = _abstract(_BULLETS, "bullet") + _abstract(_FIGURES, "decimal")
        numbered = "".join(
            f'<w:num w:numId="{position}"><w:abstractNumId w:val="{_FIGURES}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for position, (level, start) in enumerate(self._starts, start=2)
        )
        return f'{abstract}<w:num w:numId="1"><w:abstractNumId w:val="{_BULLETS}"/></w:num>{numbered}'


def _abstract(identity: int, form: str) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{_SIGNS[level % len(_SIGNS)] if form == "bullet" else f"%{level + 1}."}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{_STEP * (level + 1)}" w:hanging="{_STEP}"/></w:pPr></w:lvl>'
        for level in range(_DEEPEST + 1)
    )
    return f'<w:abstractNum w:abstractNumId="{identity}"><w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
