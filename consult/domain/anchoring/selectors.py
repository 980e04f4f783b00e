"""What is written down about a passage so that it can be found again: the quote, its neighbours, its place."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.text.spans import Span


@dataclass(frozen=True, slots=True)
class Selectors:
    """A passage described as the W3C Web Annotation model does (TextQuoteSelector and TextPositionSelector).

    `exact` is the passage itself, `prefix` and `suffix` what stood right before and behind it, `position` where it
    stood in the text it was taken from (code points), if that is known. A caret has an empty `exact`.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    position: Span | None = None

    def as_annotation(self) -> list[dict[str, str | int]]:
        """The selectors as the W3C model writes them in JSON."""
        quote: dict[str, str | int] = {
            "type": "TextQuoteSelector",
            "exact": self.exact,
            "prefix": self.prefix,
            "suffix": self.suffix,
        }
        if self.position is None:
            return [quote]
        place: dict[str, str | int] = {
            "type": "TextPositionSelector",
            "start": self.position.start,
            "end": self.position.end,
        }
        return [quote, place]
