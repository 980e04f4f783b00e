"""What the page of similar comments shows."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import Author, DocumentHead, Moment


@dataclass(frozen=True, slots=True)
class SimilarLine:
    """A comment alike: `percent` of the same words, the same ones in the same order where `is_same`. `answer_href` is
    where the host answers it, for those who do; `outcome` the code of the answer the reader may see."""

    number: int
    href: str
    percent: int
    is_same: bool
    author: Author
    excerpt: str
    sent: Moment
    outcome: str
    answer_href: str


@dataclass(frozen=True, slots=True)
class SimilarPage:
    """`similar/show.html`; variable `page`. `said` is the comment itself, `is_ready` false while the index is made."""

    head: DocumentHead
    number: int
    comment_href: str
    said: str
    lines: tuple[SimilarLine, ...]
    is_ready: bool
