"""What is done to the whole tree of a section once its blocks and words are read."""

from __future__ import annotations

from xml.etree import ElementTree as Tree

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from consult.domain.text.cross_references import named_by, parted


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
    """An image is a link to it, in the words of its description: pages load nothing from elsewhere."""

    def run(self, root: Tree.Element) -> None:
        for image in root.iter("img"):
            address, words = image.get("src") or "", image.get("alt") or ""
            title = image.get("title")
            image.tag = "a"
            image.attrib.clear()
            image.set("href", address)
            if title:
                image.set("title", title)
            image.text = AtomicString(words or address)


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
