"""A typeset page with fields put on its boxes."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from consult.domain.process.comment_forms import SPARE_ROWS
from consult.ports.comment_forms import CommentForm
from consult.ports.form_captions import FormCaptions, form_captions
from consult.ports.typesetting import Mark, Typesetter

CODE_FIELD = "consult-form"
LAYOUT = "comment_forms/form"
_PRINTED = 4  # annotation flags, PDF 32000-1 table 165
_HIDDEN = 2
_READ_ONLY = 1  # field flags, tables 221 and 228
_MULTILINE = 1 << 12
_COMBO = 1 << 17
_LOOK = "/Helv 10 Tf 0 g"
_POLISH = {
    0x8C: "Sacute", 0x8F: "Zacute", 0x9C: "sacute", 0x9F: "zacute", 0xA3: "Lslash", 0xA5: "Aogonek", 0xAF: "Zdotaccent",
    0xB3: "lslash", 0xB9: "aogonek", 0xBF: "zdotaccent", 0xC6: "Cacute", 0xCA: "Eogonek", 0xD1: "Nacute", 0xD3: "Oacute",
    0xE6: "cacute", 0xEA: "eogonek", 0xF1: "nacute", 0xF3: "oacute",
}  # fmt: skip
"""Where Polish letters stand in the field font: as in the Windows code page of Central Europe."""

_HEADINGS = frozenset({"/H1", "/H2", "/H3", "/H4", "/H5", "/H6"})


class PdfFormWriter:
    """Implements `ports.comment_forms.CommentFormWriter`."""

    media_type = "application/pdf"
    extension = "pdf"

    def __init__(self, typesetter: Typesetter) -> None:
        self._typesetter = typesetter

    def write(self, form: CommentForm) -> bytes:
        said = form_captions(form.language)
        content, marks = self._typesetter.typeset_with_marks(
            LAYOUT, _values(form, said), written_at=form.written_at
        )
        sheet = _Sheet(content, said, {one.section_id: one.title for one in form.parts})
        for mark in marks:
            sheet.add(mark)
        sheet.carry(form.code)
        return sheet.written()


def _values(form: CommentForm, said: FormCaptions) -> dict[str, Any]:
    words = asdict(said)
    words["pick_short"] = said.pick
    return {
        "said": words,
        "language": form.language.partition("-")[0] or "pl",
        "document-title": f"{said.title}: {form.title}",
        "title": form.title,
        "code": form.code,
        "facts": form.facts,
        "ways": form.ways,
        "clause": form.clause,
        "parts": [{"title": one.title or said.part, "key": one.section_id} for one in form.parts],
        "spares": [
            {"title": f"{said.other_part} ({number})", "key": f"spare{number}"}
            for number in range(1, SPARE_ROWS + 1)
        ],
    }


class _Sheet:
    """A typeset file that is given fields."""

    def __init__(self, content: bytes, said: FormCaptions, titles: dict[str, str]) -> None:
        self._said, self._titles = said, titles
        self._writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
        self._fields = ArrayObject()
        root = self._writer.root_object
        self._tree: DictionaryObject = root["/StructTreeRoot"].get_object()  # type: ignore[assignment]
        self._next = int(self._tree.get("/ParentTreeNextKey", NumberObject(len(self._writer.pages))))
        self._elements: list[tuple[int, IndirectObject]] = []
        self._parents: list[tuple[int, IndirectObject]] = []
        root[NameObject("/AcroForm")] = DictionaryObject(
            {
                NameObject("/Fields"): self._fields,
                NameObject("/NeedAppearances"): BooleanObject(True),
                NameObject("/DA"): TextStringObject(_LOOK),
                NameObject("/DR"): DictionaryObject(
                    {
                        NameObject("/Font"): DictionaryObject(
                            {
                                NameObject("/Helv"): self._font("Helvetica", _encoding()),
                                NameObject("/ZaDb"): self._font("ZapfDingbats", None),
                            }
                        )
                    }
                ),
            }
        )
        for page in self._writer.pages:
            page[NameObject("/Tabs")] = NameObject("/S")  # the order of tags is the order of fields

    def add(self, mark: Mark) -> None:
        """Put a field on a box."""
        kind, _, before = mark.kind.partition(" ")
        page = self._writer.pages[mark.page - 1]
        height = float(page.mediabox.height)
        rectangle = [
            mark.x + 1,
            height - mark.y - mark.height + 1,
            mark.x + mark.width - 1,
            height - mark.y - 1,
        ]
        field = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/T"): TextStringObject(mark.name),
                NameObject("/TU"): TextStringObject(self._spoken(mark.name)),
                NameObject("/Rect"): ArrayObject(FloatObject(round(one, 2)) for one in rectangle),
                NameObject("/F"): NumberObject(_PRINTED),
                NameObject("/P"): page.indirect_reference or page,
                NameObject("/StructParent"): NumberObject(self._next),
            }
        )
        width, tall = rectangle[2] - rectangle[0], rectangle[3] - rectangle[1]
        field.update(self._tick(width, tall) if kind == "tick" else self._text(kind, width, tall))
        kept = self._writer._add_object(field)
        self._fields.append(kept)
        if "/Annots" not in page:
            page[NameObject("/Annots")] = ArrayObject()
        page["/Annots"].append(kept)  # type: ignore[attr-defined]
        self._tag(kept, page.indirect_reference, int(before))

    def carry(self, code: str) -> None:
        """A field nobody sees that holds the code, and the same code among the file's properties."""
        field = DictionaryObject(
            {
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/T"): TextStringObject(CODE_FIELD),
                NameObject("/TU"): TextStringObject(self._said.code),
                NameObject("/V"): TextStringObject(code),
                NameObject("/Ff"): NumberObject(_READ_ONLY),
            }
        )
        self._fields.append(self._writer._add_object(field))
        self._writer.add_metadata({"/Keywords": code})

    def written(self) -> bytes:
        self._settle_tags()
        file = io.BytesIO()
        self._writer.write(file)
        return file.getvalue()

    def _spoken(self, name: str) -> str:
        """What a field is called: its caption, and the part of the text it is about."""
        kind, _, rest = name.partition("-")
        said = self._said
        if kind == "a":
            return said.asked[rest]
        if kind == "p":
            return f"{said.part}: {self._title(rest)}"
        field, _, key = rest.partition("-")
        return f"{said.fields[field]}: {self._title(key)}"

    def _title(self, key: str) -> str:
        number = key.removeprefix("spare")
        return self._titles.get(key) or f"{self._said.other_part} ({number})"

    def _text(self, kind: str, width: float, height: float) -> dict[NameObject, Any]:
        said = self._said
        if kind in ("choice", "kind"):
            choices = said.capacities if kind == "choice" else said.kinds
            options = ArrayObject(
                ArrayObject((TextStringObject(code), TextStringObject(words)))
                for code, words in {"": " ", **choices}.items()
            )
            own: dict[NameObject, Any] = {
                NameObject("/FT"): NameObject("/Ch"),
                NameObject("/Ff"): NumberObject(_COMBO),
                NameObject("/Opt"): options,
                NameObject("/V"): TextStringObject(""),
            }
        else:
            own = {
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/Ff"): NumberObject(_MULTILINE if kind == "words" else 0),
                NameObject("/V"): TextStringObject(""),
            }
        own[NameObject("/DA")] = TextStringObject(_LOOK)
        own[NameObject("/AP")] = DictionaryObject({NameObject("/N"): self._drawing(b"", width, height)})
        return own

    def _tick(self, width: float, height: float) -> dict[NameObject, Any]:
        sign = f"q 0 0 0 rg BT /ZaDb {height:.1f} Tf {width * 0.12:.1f} {height * 0.16:.1f} Td (4) Tj ET Q".encode()
        return {
            NameObject("/FT"): NameObject("/Btn"),
            NameObject("/V"): NameObject("/Off"),
            NameObject("/AS"): NameObject("/Off"),
            NameObject("/DA"): TextStringObject("/ZaDb 0 Tf 0 g"),
            NameObject("/MK"): DictionaryObject({NameObject("/CA"): TextStringObject("4")}),
            NameObject("/AP"): DictionaryObject(
                {
                    NameObject("/N"): DictionaryObject(
                        {
                            NameObject("/Yes"): self._drawing(sign, width, height),
                            NameObject("/Off"): self._drawing(b"", width, height),
                        }
                    )
                }
            ),
        }

    def _drawing(self, content: bytes, width: float, height: float) -> IndirectObject:
        stream = DecodedStreamObject()
        stream.set_data(content)
        stream.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): ArrayObject(FloatObject(round(one, 2)) for one in (0, 0, width, height)),
                NameObject("/Resources"): DictionaryObject(
                    {
                        NameObject("/Font"): DictionaryObject(
                            {NameObject("/ZaDb"): self._font("ZapfDingbats", None)}
                        )
                    }
                    if content
                    else {}
                ),
            }
        )
        return self._writer._add_object(stream)

    def _font(self, name: str, encoding: DictionaryObject | None) -> IndirectObject:
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject(f"/{name}"),
            }
        )
        if encoding is not None:
            font[NameObject("/Encoding")] = encoding
        return self._writer._add_object(font)

    def _tag(self, field: IndirectObject, page: Any, before: int) -> None:
        """An element of the tree of tags that holds the field."""
        reference = DictionaryObject(
            {NameObject("/Type"): NameObject("/OBJR"), NameObject("/Obj"): field, NameObject("/Pg"): page}
        )
        element = self._writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/StructElem"),
                    NameObject("/S"): NameObject("/Form"),
                    NameObject("/Pg"): page,
                    NameObject("/K"): reference,
                }
            )
        )
        self._elements.append((before, element))
        self._parents.append((self._next, element))
        self._next += 1

    def _settle_tags(self) -> None:
        """Put the elements of fields where they belong: at the end of what stands under their heading."""
        top: Any = self._tree["/K"]
        top = top.get_object()
        document = (top[0] if isinstance(top, ArrayObject) else top).get_object()
        children = document["/K"].get_object()
        settled = ArrayObject()
        seen = 0
        waiting = list(self._elements)
        owner = document.indirect_reference

        def settle(until: int) -> None:
            while waiting and waiting[0][0] <= until:
                _, element = waiting.pop(0)
                element.get_object()[NameObject("/P")] = owner  # type: ignore[index]
                settled.append(element)

        for child in children:
            count = _headings_in(child)
            if count:
                settle(seen)
            seen += count
            settled.append(child)
        settle(seen)
        document[NameObject("/K")] = settled
        numbers = self._tree["/ParentTree"].get_object()["/Nums"].get_object()  # type: ignore[index]
        for number, element in self._parents:
            numbers.append(NumberObject(number))
            numbers.append(element)
        self._tree[NameObject("/ParentTreeNextKey")] = NumberObject(self._next)


def _headings_in(element: Any) -> int:
    found = element.get_object()
    if not isinstance(found, DictionaryObject):
        return 0
    if found.get("/S") in _HEADINGS:
        return 1
    inside = found.get("/K")
    inside = inside.get_object() if inside is not None else None
    if isinstance(inside, ArrayObject):
        return sum(_headings_in(one) for one in inside)
    return _headings_in(inside) if isinstance(inside, DictionaryObject) else 0


def _encoding() -> DictionaryObject:
    differences = ArrayObject()
    for code, name in sorted(_POLISH.items()):
        differences += [NumberObject(code), NameObject(f"/{name}")]
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Encoding"),
            NameObject("/BaseEncoding"): NameObject("/WinAnsiEncoding"),
            NameObject("/Differences"): differences,
        }
    )
