"""Tagged PDF (PDF/UA-1) with typst: a layout of `templates/pdf` and JSON values in, bytes out.

What people wrote reaches a layout as data only, never as markup. The fonts are those the library brings along, so that a
page looks the same on every machine; what they cannot show would make typst refuse the whole file (PDF/UA forbids a
missing glyph) or break off in scripts that need shaping, so it is replaced beforehand.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from consult.ports.typesetting import Mark

_SHOWN = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x24F), (0x370, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1EFF),
    (0x2010, 0x2027), (0x2030, 0x203E), (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2190, 0x22FF), (0x2500, 0x25FF),
)  # fmt: skip
"""First and last code points the fonts can show, tried one by one."""

_SHOWN_ALSO = frozenset("\n№™℃Ω☐☑☒✓✔✗✘")
_BOX = "□"
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


class TypstPdf:
    """Implements `ports.typesetting.Typesetter` on a folder of layouts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def typeset(self, layout: str, values: Mapping[str, Any], *, written_at: datetime) -> bytes:
        return _written(self._compiler(layout, values), written_at)

    def typeset_with_marks(
        self, layout: str, values: Mapping[str, Any], *, written_at: datetime
    ) -> tuple[bytes, tuple[Mark, ...]]:
        compiler = self._compiler(layout, values)
        content = _written(compiler, written_at)
        found = json.loads(compiler.query("<mark>", field="value"))
        return content, tuple(Mark(**one) for one in found)

    def _compiler(self, layout: str, values: Mapping[str, Any]) -> typst.Compiler:
        return typst.Compiler(
            self._folder / f"{layout}.typ",
            root=self._folder,
            ignore_system_fonts=True,
            sys_inputs={"values": json.dumps(_showable(values))},
        )


def _written(compiler: typst.Compiler, written_at: datetime) -> bytes:
    content = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=int(written_at.timestamp()))
    if not isinstance(content, bytes):
        raise TypeError("a PDF is one file")
    return content


def _showable(value: Any) -> Any:
    """The value with every sign in it one that can be printed."""
    if isinstance(value, str):
        return showable(value)
    if isinstance(value, Mapping):
        return {key: _showable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_showable(inner) for inner in value]
    return value


def showable(words: str) -> str:
    """Words without signs nobody sees (which may turn the direction of what follows), other unknown ones as a box."""
    composed = unicodedata.normalize("NFC", words)
    return "".join(
        sign if _is_shown(sign) else _BOX
        for sign in composed
        if _is_shown(sign) or unicodedata.category(sign) not in _UNSEEN
    )


def _is_shown(sign: str) -> bool:
    return sign in _SHOWN_ALSO or any(first <= ord(sign) <= last for first, last in _SHOWN)
