"""Finding one's way in the tree of a document: rows and cells, wrappers around blocks, special controls."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from consult.adapters.import_files.package import Element, attribute, child, children, descendants, tag, value
from consult.adapters.import_files.remarks import RemarkBook
from consult.adapters.import_files.tracked import View

WRAPPERS = frozenset(
    {"w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo", "mc:AlternateContent"}
)
_CONTENTS_GALLERY = "Table of Contents"
TITLE_PAGE = "consult-title-page"
"""The tag of the content control that holds the title page of a file exported here: not a part of the text."""


def author_of(change: Element) -> str:
    """Who made a tracked change, as the file says."""
    return (attribute(change, "w:author") or "").strip()


def rows_of(table: Element, remarks: RemarkBook, view: View) -> Iterator[list[Element]]:
    """The cells of each row that stands there in a view of the tracked changes."""
    for row in _unwrapped(table, "w:tr"):
        properties = child(row, "w:trPr")
        deleted, inserted = child(properties, "w:del"), child(properties, "w:ins")
        if deleted is not None and view.takes(author_of(deleted)):
            remarks.add("tracked_deletions", partial(all_words, row))
            continue
        if inserted is not None:
            if not view.takes(author_of(inserted)):
                continue
            remarks.add("tracked_insertions", partial(all_words, row))
        yield list(_unwrapped(row, "w:tc"))


def _unwrapped(parent: Element, name: str) -> Iterator[Element]:
    """Children of that name, seen through content controls and the like."""
    waiting = [iter(parent)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif tag(element) == name:
            yield element
        elif tag(element) in WRAPPERS:
            waiting.append(iter(content_of(element)))


def content_of(wrapper: Element) -> Element:
    """What a wrapper wraps: of alternatives the first, which is the richest."""
    if tag(wrapper) == "mc:AlternateContent":
        return next((each for each in wrapper if tag(each) in ("mc:Choice", "mc:Fallback")), wrapper)
    return wrapper


def is_contents(control: Element) -> bool:
    return any(
        attribute(gallery, "w:val") == _CONTENTS_GALLERY
        for properties in children(control, "w:sdtPr")
        for gallery in descendants(properties, "w:docPartGallery")
    )


def is_title_page(control: Element) -> bool:
    return value(child(control, "w:sdtPr"), "w:tag") == TITLE_PAGE


def mark_is_gone(properties: Element | None, view: View) -> bool:
    """Whether the end of a paragraph was deleted, or inserted by somebody whose changes are not taken in."""
    mark = child(properties, "w:rPr")
    deletions = [found for name in ("w:del", "w:moveFrom") if (found := child(mark, name)) is not None]
    insertions = [found for name in ("w:ins", "w:moveTo") if (found := child(mark, name)) is not None]
    return any(view.takes(author_of(each)) for each in deletions) or any(
        not view.takes(author_of(each)) for each in insertions
    )


def all_words(element: Element) -> str:
    """The words below an element, as far as a remark quotes them."""
    found: list[str] = []
    length = 0
    for each in descendants(element, "w:t", "w:p"):
        found.append(" " if tag(each) == "w:p" else each.text or "")
        length += len(found[-1])
        if length > 200:
            break
    return "".join(found).strip()


def whole_words(element: Element) -> str:
    """All words below an element, as one paragraph; deleted ones left out."""
    return "".join(
        "\n" if tag(each) == "w:br" else each.text or "" for each in descendants(element, "w:t", "w:br")
    ).strip()
