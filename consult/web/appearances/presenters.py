"""What the page about words shows."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import DocumentHead, Link, Moment, Piece


@dataclass(frozen=True, slots=True)
class WordsExcerpt:
    """Words in a part that came or went whole, with what stood on both sides of them."""

    title: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class WordsTurn:
    """The change by which words came or went.

    `version` is the first version that shows it, for readers of versions; `cause` a code of causes, with the comment in
    `cause_text` and its answer in `outcome` (a code) and `answer`. `redlines` are (heading, pieces) around the words,
    `excerpts` the words in parts that came or went whole.
    """

    change_text: str
    change_href: str
    by: str
    at: Moment
    note: str
    cause: str
    cause_text: str
    cause_href: str
    outcome: str
    answer: str
    version: Link | None
    redlines: tuple[tuple[str, tuple[Piece, ...]], ...]
    excerpts: tuple[WordsExcerpt, ...] = ()


@dataclass(frozen=True, slots=True)
class WordsPlace:
    """A part that held the words: its name, when in a few words, and the way to the words there."""

    title: str
    when: str
    href: str


@dataclass(frozen=True, slots=True)
class WordsPeriod:
    """A time during which the words stood: its title, which versions it covers, and what happened at both ends."""

    title: str
    versions: tuple[Link, ...]
    came: WordsTurn
    went: WordsTurn | None
    places: tuple[WordsPlace, ...]
    more_places: int
    is_now: bool


@dataclass(frozen=True, slots=True)
class WordsPage:
    """`appearances/words.html`; variable `page`. `summary` says in a sentence whether the words stand now; `problem`
    what is wrong with what was asked. `earlier` counts periods that are not shown."""

    head: DocumentHead
    action: str
    query: str
    in_any_form: bool
    summary: str = ""
    problem: str = ""
    periods: tuple[WordsPeriod, ...] = ()
    earlier: int = 0
    sees_draft: bool = False
