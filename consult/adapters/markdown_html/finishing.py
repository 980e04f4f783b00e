"""What is done to the whole tree of a section once its blocks and words are read."""

from __future__ import annotations

from xml.etree import ElementTree as Tree

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from consult.domain.text.cross_references import named_by, parted
from consult.domain.text.pictures import named_by as named_picture


class SparseNumbers(Treeprocessor):
    """Numbers are written on list entries only where counting would not give them."""

    def run(self, root: Tree.Element) -> None:
        for numbered in root.iter("ol"):
            numbered.attrib.pop("start", None)
            expected = 1
            for position, entry in enumerate(numbered):
                number = int(entry.attrib.pop("value", expected))
                if number != expected and position:
                    entry.set("value", str(number))
                elif number != 1 and not position:
                    numbered.set("start", str(number))
                expected = number + 1


class Images(Treeprocessor):
    """A picture kept here is shown, one alone in its paragraph with the line below as its caption; any other image is a
    link to it, in the words of its description: pages load nothing from elsewhere. See `domain.text.pictures`."""

    def run(self, root: Tree.Element) -> None:
        for image in root.iter("img"):
            named = named_picture(image.get("src") or "")
            words = " ".join((image.get("alt") or "").split())
            if named is None:
                self._link(image, words)
                continue
            image.attrib.clear()
            image.set("data-picture", named.name)
            if words:
                image.set("alt", words)
            elif named.is_decorative:
                image.set("alt", "")
                image.set("data-decorative", "")
        for paragraph in list(root.iter("p")):
            self._frame(paragraph)

    def _link(self, image: Tree.Element, words: str) -> None:
        address, title = image.get("src") or "", image.get("title")
        image.tag = "a"
        image.attrib.clear()
        image.set("href", address)
        if title:
            image.set("title", title)
        image.text = AtomicString(words or address)

    def _frame(self, paragraph: Tree.Element) -> None:
        """A paragraph that is a picture, or a picture and a caption on the next line, as a figure."""
        first = paragraph[0] if len(paragraph) else None
        if first is None or first.tag != "img" or (paragraph.text or "").strip():
            return
        rest = list(paragraph)[1:]
        said = first.tail or ""
        if rest and rest[0].tag == "br" and not said.strip():
            said = f"\n{rest[0].tail or ''}"
            paragraph.remove(rest.pop(0))
        if (rest or said.strip()) and not said.lstrip(" ").startswith("\n"):
            return
        paragraph.tag = "figure"
        paragraph.text = first.tail = None
        if not rest and not said.strip():
            return
        for each in rest:
            paragraph.remove(each)
        caption = Tree.SubElement(paragraph, "figcaption")
        caption.text = said.lstrip()
        caption.extend(rest)


class CrossReferences(Treeprocessor):
    """The number at the end of a reference to another section is generated: see `domain.text.cross_references`."""

    def run(self, root: Tree.Element) -> None:
        for link in root.iter("a"):
            if len(link) or not link.text or not named_by(link.get("href") or ""):
                continue
            unit, number = parted(link.text)
            if number:
                link.text = AtomicString(unit)
                Tree.SubElement(link, "span", {"data-generated": ""}).text = AtomicString(number)
