"""Our Markdown: Python-Markdown taught the product's own rules.

What a line is comes from `domain.text.lines`, the same reading that splits documents into sections, so
the page has a heading exactly where a section begins. Beyond that: tables; ordered lists that keep the
numbers the text prints (law quotes them); footnote marks that link to definitions, which stay where they
were written; raw HTML by the rules of `raw_html`; pictures kept here as pictures, other images as
links; numbers of references to sections generated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from itertools import takewhile
from xml.etree import ElementTree as Tree

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    LINK_RE,
    AutolinkInlineProcessor,
    HtmlInlineProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.preprocessors import Preprocessor
from markdown.util import STX, AtomicString

from consult.adapters.markdown_html import raw_html
from consult.adapters.markdown_html.finishing import CrossReferences, Images, SparseNumbers
from consult.adapters.markdown_html.lists import begins_list, reindented
from consult.domain.text import markup
from consult.domain.text.lines import NOTE_DEFINITION, Line, classify
from consult.domain.text.outline import read_heading

_HEADING = f"{STX}h"
_UNSAFE_IN_SOURCE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MORE_ESCAPES = "\"$%&',/:;<=?@^~|"


class Dialect:
    """Turns Markdown into HTML that is not yet sanitised; keeps nothing between calls. Not thread-safe."""

    def __init__(self) -> None:
        self._definitions = ""
        self._links: dict[str, tuple[str, str]] = {}
        self._labels: frozenset[str] = frozenset()
        self._markdown = self._built()

    def html(self, source: str, definitions: str = "") -> str:
        """The HTML of `source`; labels are looked up in `definitions`, then in `source` itself."""
        if definitions != self._definitions:
            self._links = markup.link_definitions(definitions)
            self._labels = markup.note_labels(definitions)
            self._definitions = definitions
        source = _UNSAFE_IN_SOURCE.sub("\ufffd", source)
        self._markdown.reset()
        self.notes = self._labels | markup.note_labels(source)
        self._markdown.references.update({**markup.link_definitions(source), **self._links})
        # a single line feed at the very end would be read as one more row of a table that stands there
        return str(self._markdown.convert(source.rstrip("\n") + "\n\n"))

    def has_note(self, label: str) -> bool:
        return markup.folded(label) in self.notes

    def _built(self) -> Markdown:
        md = Markdown(extensions=[TableExtension(use_align_attribute=True)], output_format="html")
        md.ESCAPED_CHARS = sorted({*md.ESCAPED_CHARS, *_MORE_ESCAPES})
        for name in ("normalize_whitespace", "html_block"):
            md.preprocessors.deregister(name)
        md.preprocessors.register(_Lines(md), "lines", 100)
        blocks = md.parser.blockprocessors
        for name in ("hashheader", "setextheader", "reference"):
            blocks.deregister(name)
        blocks.register(_Heading(md.parser), "heading", 95)
        blocks.register(_ContainedHeading(md.parser), "contained_heading", 70)
        blocks.register(_Note(md.parser), "note", 73)
        blocks.register(_NumberedList(md.parser), "olist", 40)
        blocks.register(SaneUListProcessor(md.parser), "ulist", 30)
        inline = md.inlinePatterns
        inline.register(_Reference(LINK_RE, md), "reference", 170)
        inline.register(_Link(LINK_RE, md), "link", 160)
        inline.register(_ImageLink(IMAGE_LINK_RE, md), "image_link", 150)
        inline.register(_ImageReference(IMAGE_LINK_RE, md), "image_reference", 140)
        inline.register(_ShortReference(LINK_RE, md), "short_reference", 130)
        inline.register(_ShortImageReference(IMAGE_LINK_RE, md), "short_image_ref", 125)
        inline.register(_NoteMark(self, md), "note_mark", 175)
        inline.register(_Autolink(r"<([A-Za-z][A-Za-z0-9+.-]*://[^<>\s]*)>", md), "autolink", 120)
        inline.register(_Autolink(r"<(mailto:[^<>\s]+)>", md), "automailto", 115)
        inline.register(_Automail(r"<([^<> !/\"']+@[^@<> ]+)>", md), "automail", 110)
        inline.register(SubstituteTagInlineProcessor(r"(?:(?<! ) {2,}|\\)\n", "br"), "linebreak", 195)
        inline.register(_InlineHtml(inline["html"].pattern, md), "html", 90)
        md.treeprocessors.register(Images(md), "images", 15)
        md.treeprocessors.register(SparseNumbers(md), "sparse_numbers", 14)
        md.treeprocessors.register(CrossReferences(), "cross_references", 13)
        return md


class _Lines(Preprocessor):
    """Cuts a text into lines whose kind the outline and the renderer agree on."""

    def run(self, lines: list[str]) -> list[str]:
        kinds = classify(lines)
        written: list[str] = []
        at = 0
        while at < len(lines):
            end = _end_of_block(kinds, at)
            written += self._written(kinds[at], lines[at:end])
            at = end
        return written

    def _written(self, kind: Line, lines: list[str]) -> Iterable[str]:
        if kind in (Line.ATX, Line.SETEXT):
            level, words = read_heading(lines)
            return "", f"{_HEADING}{level}{words}", ""
        if kind is Line.FENCE:
            return self._kept_verbatim(lines[1:-1])
        if kind is Line.FRONT_MATTER:
            return self._kept_verbatim(lines)
        if kind is Line.HTML:
            block = raw_html.block_written_anew("\n".join(lines))
            return "", self.md.htmlStash.store(f"<div>{block}</div>" if _is_words(block) else block), ""
        if kind is Line.BLANK or kind is Line.DEFINITION:
            return ("",)
        lines = [line.expandtabs(4) for line in lines]
        return reindented(lines) if kind is Line.CONTAINED and begins_list(lines[0]) else lines

    def _kept_verbatim(self, lines: list[str]) -> Iterable[str]:
        code = "".join(f"{line}\n" for line in lines)
        return "", self.md.htmlStash.store(f"<pre><code>{escape(code, quote=False)}</code></pre>"), ""


def _end_of_block(kinds: list[Line], at: int) -> int:
    """The line behind the block that begins at `at`, for the kinds that are kept or read as one."""
    end = at + 1
    kind = kinds[at]
    if kind is Line.SETEXT:
        return end + 1
    if kind is Line.FENCE:
        while kinds[end] is not Line.FENCE:
            end += 1
        return end + 1
    if kind in (Line.HTML, Line.FRONT_MATTER):
        while end < len(kinds) and kinds[end] is kind:
            end += 1
    if kind is Line.CONTAINED:
        while end < len(kinds) and kinds[end] in (Line.CONTAINED, Line.BLANK):
            end += 1
    return end


def _is_words(block: str) -> bool:
    return not block.lstrip().startswith(("<", "</")) and bool(block.strip())


class _Heading(BlockProcessor):
    """A line that `_Lines` marked as a heading."""

    def test(self, parent: Tree.Element, block: str) -> bool:  # noqa: ARG002
        return block.startswith(_HEADING)

    def run(self, parent: Tree.Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        heading = Tree.SubElement(parent, f"h{block[len(_HEADING)]}")
        heading.text = block[len(_HEADING) + 1 :]


class _ContainedHeading(BlockProcessor):
    """A heading inside a list or a quotation starts no section: it is a paragraph in bold."""

    _LINE = re.compile(r" {0,3}#{1,6}[ \t]+\S")

    def test(self, parent: Tree.Element, block: str) -> bool:
        return parent.tag in ("li", "blockquote") and bool(self._LINE.match(block))

    def run(self, parent: Tree.Element, blocks: list[str]) -> None:
        line, _, rest = blocks.pop(0).partition("\n")
        _, words = read_heading([line])
        paragraph = Tree.SubElement(parent, "p")
        Tree.SubElement(paragraph, "strong").text = words
        if rest.strip():
            blocks.insert(0, rest)


class _Note(BlockProcessor):
    """A footnote's definition, shown where it was written: its label, generated, then its words."""

    def test(self, parent: Tree.Element, block: str) -> bool:
        return parent.tag == "div" and bool(NOTE_DEFINITION.match(block))

    def run(self, parent: Tree.Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        starts = [number for number, line in enumerate(lines) if NOTE_DEFINITION.match(line)]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            following = self._continuation(blocks) if end == len(lines) else []
            self._define(parent, lines[start:end], following)

    def _continuation(self, blocks: list[str]) -> list[str]:
        taken: list[str] = []
        while blocks and blocks[0].startswith(" " * self.tab_length):
            lines = blocks.pop(0).split("\n")
            own = list(takewhile(lambda line: not NOTE_DEFINITION.match(line), lines))
            taken.append(self._dedented("\n".join(own)))
            if len(own) < len(lines):
                blocks.insert(0, "\n".join(lines[len(own) :]))
        return taken

    def _dedented(self, block: str) -> str:
        return "\n".join(line.removeprefix(" " * self.tab_length) for line in block.split("\n"))

    def _define(self, parent: Tree.Element, lines: list[str], following: list[str]) -> None:
        definition = NOTE_DEFINITION.match(lines[0])
        if not definition:  # pragma: no cover - the caller has matched it
            return
        first = self._dedented("\n".join([lines[0][definition.end() :].strip(), *lines[1:]])).strip("\n")
        note = Tree.SubElement(parent, "div", {"class": "note", "id": note_id(definition[1])})
        self.parser.parseBlocks(note, [first, *following])
        holder = note[0] if len(note) and note[0].tag == "p" else note
        label = Tree.Element("span", {"class": "note-label", "data-generated": ""})
        label.text = AtomicString(f"{definition[1]}. ")
        label.tail, holder.text = holder.text, None
        holder.insert(0, label)


def note_id(label: str) -> str:
    """The identifier of a footnote's definition in its page."""
    return "note-" + re.sub(r"[^\w.-]", lambda sign: f".{ord(sign[0]):x}.", markup.folded(label))


class _NoteMark(InlineProcessor):
    """`[^label]`: a link to the definition with the label as printed; not a part of the text."""

    def __init__(self, dialect: Dialect, md: Markdown) -> None:
        super().__init__(r"\[\^([^\[\]\s]{1,200})\]", md)
        self._dialect = dialect

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Tree.Element | None, int | None, int | None]:
        if not self._dialect.has_note(m[1]):
            return None, None, None
        mark = Tree.Element("sup", {"class": "note-mark", "data-generated": ""})
        link = Tree.SubElement(mark, "a", {"href": f"#{note_id(m[1])}"})
        link.text = AtomicString(m[1])
        return mark, m.start(0), m.end(0)


_LONGEST_LINK = 1000  # code points of its words, and of its address
_DEEPEST_LINK = 8  # square brackets within square brackets in its words
_BRACKET = re.compile(r"[\[\]]")


class _Bounded(LinkInlineProcessor):
    """Links as the library reads them, but looking only so far for their end.

    Looking to the end of the paragraph from every bracket is what makes the library quadratic. An address
    has no spaces, so that "[1](as amended in 2024)" loses no words.
    """

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802 - the library's name
        depth = 1
        for bracket in _BRACKET.finditer(data, index, index + _LONGEST_LINK):
            depth += 1 if bracket[0] == "[" else -1
            if depth == 0:
                return data[index : bracket.start()], bracket.end(), True
            if depth > _DEEPEST_LINK:
                break
        return "", index, False

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        rest = data[index : index + _LONGEST_LINK]
        if not rest.startswith("(") or ")" not in rest:
            return "", None, index, False
        address, title, end, found = super().getLink(rest, 0)
        if any(sign.isspace() for sign in address) and not rest.startswith("(<"):
            return "", None, index, False
        return address, title, index + end, found


class _Link(_Bounded, LinkInlineProcessor):
    """`[words](address)`"""


class _BoundedReference(_Bounded, ReferenceInlineProcessor):
    """A label stands right behind the words, and where it is not defined, the words may still begin a link."""

    RE_LINK = re.compile(r"\[([^\[\]]*)\]")

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[Tree.Element | None, int | None, int | None]:
        link, start, end = super().handleMatch(m, data)
        return (link, start, end) if isinstance(link, Tree.Element) else (None, None, None)


class _Reference(_BoundedReference):
    """`[words][label]`"""


class _ShortReference(_BoundedReference, ShortReferenceInlineProcessor):
    """`[label]`"""


class _ImageLink(_Bounded, ImageInlineProcessor):
    """`![words](address)`"""


class _ImageReference(_BoundedReference, ImageReferenceInlineProcessor):
    """`![words][label]`"""


class _ShortImageReference(_BoundedReference, ShortImageReferenceInlineProcessor):
    """`![label]`"""


class _Autolink(AutolinkInlineProcessor):
    """`<https://…>` shows the address as it was written."""


class _Automail(InlineProcessor):
    """`<name@place>` shows the address; the library would hide it behind character references."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Tree.Element, int, int]:
        address = self.unescape(m[1])
        link = Tree.Element("a", {"href": f"mailto:{address}"})
        link.text = AtomicString(address)
        return link, m.start(0), m.end(0)


class _InlineHtml(HtmlInlineProcessor):
    """Tags inside a paragraph, by the rules of `raw_html`; comments vanish."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[str | None, int | None, int | None]:
        tag = self.backslash_unescape(self.unescape(m[1]))
        written = "" if tag.startswith(("<!", "<?")) else raw_html.tag_written_anew(tag)
        if written is None:
            return None, None, None
        return self.md.htmlStash.store(written), m.start(0), m.end(0)


class _NumberedList(SaneOListProcessor):
    """An ordered list whose every entry keeps its printed number, so that "ust. 3" stays ust. 3."""

    def __init__(self, parser) -> None:  # type: ignore[no-untyped-def]
        super().__init__(parser)
        self.RE = re.compile(r"^[ ]{0,3}\d{1,9}\.[ ]+(.*)")
        self.CHILD_RE = re.compile(r"^[ ]{0,3}((\d{1,9}\.))[ ]+(.*)")

    def run(self, parent: Tree.Element, blocks: list[str]) -> None:
        numbers = [
            found[1].rstrip(".") for line in blocks[0].split("\n") if (found := self.CHILD_RE.match(line))
        ]
        sibling = self.lastChild(parent)
        continued = sibling is not None and sibling.tag == "ol"
        before = len(sibling) if continued and sibling is not None else 0
        if not continued and parent.tag in ("ol", "ul"):
            before, sibling = len(parent), parent
        super().run(parent, blocks)
        target = (
            sibling if sibling is not None and (continued or sibling is parent) else self.lastChild(parent)
        )
        if target is not None:
            for entry, number in zip(list(target)[before:], numbers, strict=False):
                entry.set("value", number)
