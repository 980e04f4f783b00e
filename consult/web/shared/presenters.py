"""Display-ready values that several pages share: people, moments, links, cards, the head of a document.

Everything here is already in the reader's language and zone, except *codes* (capacity, outcome, placement,
stage …), which the template macros of `templates/macros/words.html` turn into words and colours. Addresses are
complete (`href`); an empty `href` means that the reader may not go there, and the template then shows no link.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.web.shared.following import FollowState

PieceKind = Literal["same", "ins", "del"]
FlashKind = Literal["done", "note", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A time for a `<time>` element: `iso` for machines, `text` in full with its hour, or just the day."""

    iso: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link or tab; `count` is shown as a small number beside it, `language` is that of words somebody wrote."""

    text: str
    href: str
    is_current: bool = False
    count: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A language people may switch to: `name` in that language itself ("Polski", "English")."""

    code: str
    name: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Flash:
    """A message shown once at the top of the next page; with `undo_href`, a button that takes the act back."""

    kind: FlashKind
    text: str
    undo_href: str = ""


@dataclass(frozen=True, slots=True)
class HostFrame:
    """What heads and feet of a host's pages show; an empty address means that there is nothing to show."""

    name: str
    href: str
    crest_href: str
    look_href: str
    accessibility_href: str
    privacy_href: str
    clause_href: str = ""
    rules_href: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """What the frame of every page needs; the template variable is `site`.

    `places` are the main links, the current one marked. `account_name` is empty for people who are signed out;
    only for people who are signed in does the frame hold a form (sign out), hence `csrf_token`, so that
    signed-out pages can be cached. `admin_href` is there for those who administer. `query` is what the search
    field shows.
    """

    language: str
    version: str
    home_href: str
    documents_href: str
    search_href: str
    sign_in_href: str
    sign_out_href: str
    places: tuple[Link, ...] = ()
    about: tuple[Link, ...] = ()
    account_name: str = ""
    account_href: str = ""
    admin_href: str = ""
    register_href: str = ""
    csrf_token: str = ""
    query: str = ""
    languages: tuple[LanguageLink, ...] = ()
    flashes: tuple[Flash, ...] = ()
    host: HostFrame | None = None


@dataclass(frozen=True, slots=True)
class Author:
    """Who speaks. `capacity` is the code (resident, ngo, office …); `name` is what may be shown of the person,
    `organisation` the name of the organisation; both may be empty. `is_confirmed` is false while the
    capacity is only claimed."""

    capacity: str
    name: str = ""
    organisation: str = ""
    is_confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a redline."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the course: `stage` is drafting, consulted, answering or revised; `state` is done, now or next.

    `detail` is a short plain phrase ("grupa robocza, 12 września"); `until` is the deadline, with its hour.
    """

    stage: str
    state: Literal["done", "now", "next"]
    detail: str = ""
    until: Moment | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """The answer to "why can't I?" about one thing somebody may not do (macro `why` of `macros/why.html`).

    `what` is the thing, as a sentence; `who` may do it, one phrase each; `when` it will be possible, or what can be done
    meanwhile, as sentences. `instead` leads to what the reader may do instead, `contact` to whom to ask; `sign_in_href` is
    for readers who are signed out, and `roles_href` leads to the page that says who may do what. Empty values are left
    out.
    """

    what: str
    who: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    instead: Link | None = None
    contact: Link | None = None
    sign_in_href: str = ""
    roles_href: str = ""


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """The head of every page of a document: where one is, the course, the tabs, the way to comment.

    `kind` is the code of the document's kind. `state_text` says in words which text this is ("projekt do
    konsultacji, wersja 2", "wersja robocza po zmianie 41"). `comment_href` opens the composer for the whole
    document and is empty where comments are not taken; `closed_note` then says why, in one sentence.
    `work` are the pages on which a group works on the draft; `actions` are what this reader may do besides (open the workbench, publish a version, open a consultation).
    `language` is the code of the text's own language, for readers of pages in another one. `comment_why` and
    `refusals` say of what a reader would look for here why it is missing, who may do it and when. `about_href` leads
    to what the document is in short and who works on it; `follow` is for the button, None before it is published. `form_href`
    leads to the form for those who would rather write on paper, while comments are taken.
    """

    title: str
    kind: str
    state_text: str
    href: str
    steps: tuple[Step, ...] = ()
    tabs: tuple[Link, ...] = ()
    comment_href: str = ""
    closed_note: str = ""
    work: tuple[Link, ...] = ()
    actions: tuple[Link, ...] = ()
    language: str = ""
    comment_why: Why | None = None
    refusals: tuple[Why, ...] = ()
    about_href: str = ""
    follow: FollowState | None = None
    form_href: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The host's position on a comment, as published. `outcome` is the code."""

    outcome: str
    justification: str = ""
    change_text: str = ""
    change_href: str = ""
    published: Moment | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A comment as shown in the margin and in lists.

    `ref` names the card on its page ("uwaga-62"): the number, with the register before it where the page holds comments
    of several registers. `paragraphs` is the comment's text split at blank lines, as plain text (macros make links of bare addresses).
    `placement` is the code (placed, changed, moved, uncertain, orphaned) or "" for a comment on the whole text.
    `place` names the place in words ("2.2 ust. 3"), `place_href` leads to the words. `quote` holds the words
    commented on, shortened to about 200 code points. `proposed` is the proposed wording as a redline against them,
    `reasons` say why. `changed` is when its author last corrected it. `apart` are codes of why it is reported apart from
    the rest (late, unsigned, anonymous, ineligible). `support` others support it. `standing` is waiting or hidden where
    its words are not for everybody; then `paragraphs` hold them for the host and its author, and are empty for others.
    `hidden_reason` (a code), `hidden_words` and `hidden_since` say why and since when.
    """

    number: int
    href: str
    author: Author
    sent: Moment
    kind: str
    paragraphs: tuple[str, ...]
    quote: str = ""
    proposed: tuple[Piece, ...] = ()
    place: str = ""
    place_href: str = ""
    placement: str = ""
    clarification: str = ""
    answer: Answer | None = None
    ref: str = ""
    reasons: str = ""
    changed: Moment | None = None
    apart: tuple[str, ...] = ()
    support: int = 0
    standing: str = ""
    hidden_reason: str = ""
    hidden_words: str = ""
    hidden_since: Moment | None = None


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the contents. `count` comments speak of it and of what lies under it; `heat` 0-4 says how many that is
    against the busiest entry. `change` is a code (changed, moved, added, removed) on the comparison page, else ""."""

    label: str
    title: str
    href: str
    count: int = 0
    heat: int = 0
    change: str = ""
    children: tuple[OutlineEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in a list. `language` is that of its title, `stage` is its code; `detail` a phrase ("wersja 2 z 12 września · 41 części · 128 uwag")."""

    title: str
    kind: str
    href: str
    stage: str
    host: str
    detail: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """An error page; variable `problem`. `message` is the wording of the error's code, "" for the page's own;
    `why` answers "why can't I?"; `kept` are texts the person had typed (label, text), so that nothing is lost;
    `retry_href` leads back to where they were, `sign_in_href` to where more might be seen; `reference` is the request's id, to quote when asking for help."""

    status: int
    message: str = ""
    why: Why | None = None
    kept: tuple[tuple[str, str], ...] = ()
    retry_href: str = ""
    sign_in_href: str = ""
    reference: str = ""
