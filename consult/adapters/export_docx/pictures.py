"""Pictures in a Word document: drawings that stand in a line, described for screen readers."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape

from consult.adapters.export_docx.wordml import escaped
from consult.ports.exports import ExportedPicture

_ENDINGS = {"png": "png", "jpeg": "jpg"}
_UNITS = 9_525
"""English metric units in a pixel of a page: 914,400 in an inch, 96 pixels in one."""

WIDEST, HIGHEST = 600, 850
"""Pixels of a page that fit between its margins."""

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_DECORATIVE = (
    f'<a:extLst xmlns:a="{_DRAWING}/main"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


class Drawings:
    """The pictures one document shows; each file once, however often it is shown."""

    def __init__(self, files: Mapping[str, ExportedPicture]) -> None:
        self._files = files
        self._used: dict[str, str] = {}
        self._count = 0

    def run(self, attributes: Mapping[str, str]) -> str:
        """The run that shows the picture of an `img` element; "" where there is none of that name."""
        name = attributes.get("data-picture", "")
        file = self._files.get(name)
        if file is None:
            return ""
        identity = self._used.setdefault(name, f"picture{len(self._used) + 1}")
        self._count += 1
        number, words = self._count, unescape(attributes.get("alt", ""))
        width, height = _fitted(file.width, file.height)
        size = f'cx="{width * _UNITS}" cy="{height * _UNITS}"'
        decorates = "" if words else _DECORATIVE
        return (
            f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent {size}/><wp:docPr id="{number}" name="{name}" descr="{escaped(words)}">{decorates}</wp:docPr>'
            f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
            f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" descr="{escaped(words)}"/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{identity}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def relationships(self) -> dict[str, tuple[str, str]]:
        """(kind, target) by id, for the part the drawings stand in."""
        return {identity: ("image", self._target(name)) for name, identity in self._used.items()}

    def parts(self) -> dict[str, bytes]:
        """The files by the names of their parts."""
        return {f"word/{self._target(name)}": self._files[name].content for name in self._used}

    def _target(self, name: str) -> str:
        return f"media/{name}.{_ENDINGS[self._files[name].kind]}"


def _fitted(width: int, height: int) -> tuple[int, int]:
    """The size of a picture on the page: its own, or as large as fits."""
    scale = min(1.0, WIDEST / width, HIGHEST / height)
    return max(1, round(width * scale)), max(1, round(height * scale))
