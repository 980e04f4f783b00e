"""What happened, change by change, as templates show it (macros of `macros/history.html`)."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.causes import ChangeCause
from consult.web.shared.compared import SectionShown
from consult.web.shared.presenters import DocumentHead, Link, Moment


@dataclass(frozen=True, slots=True)
class Entry:
    """A change in a timeline.

    `kind` is a code of `macros/history.html`. `parts` are the sections it touched, `rest_count` how many more there
    are. `by` leads to what that person changed. `document` is there on a person's page. `version` names the version
    published after this change. `show_href` opens the redline here and `hide_href` closes it; `sections` is the
    redline where it is open. `acts` lead to taking it back, to bringing its state back, to comparing. `from_elsewhere`
    says of a section's history that this happened to the section its words came from.
    """

    number: int
    href: str
    kind: str
    at: Moment
    cause: ChangeCause
    parts: tuple[Link, ...] = ()
    rest_count: int = 0
    by: Link | None = None
    document: Link | None = None
    document_language: str = ""
    version: Link | None = None
    show_href: str = ""
    hide_href: str = ""
    sections: tuple[SectionShown, ...] = ()
    acts: tuple[Link, ...] = ()
    from_elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """The changes of one day."""

    on: Moment
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a reader may narrow a timeline by: (value, words) of each choice, and what is chosen."""

    people: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    causes: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]
    who: str = ""
    kind: str = ""
    cause: str = ""
    part: str = ""
    since: str = ""
    until: str = ""
    is_narrowed: bool = False
    everything_href: str = ""


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """A version in the history of its document."""

    number: int
    label: str
    href: str
    published: Moment
    checksum: str
    compare_href: str = ""
    restore_href: str = ""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """`documents/history.html`; variable `page`. `days` and `narrowing` are for those who may see the draft."""

    head: DocumentHead
    versions: tuple[PublishedVersion, ...]
    days: tuple[Day, ...]
    narrowing: Narrowing | None = None
    compare_href: str = ""
    older_href: str = ""
    newest_href: str = ""
    words_href: str = ""
    follow_links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionHistoryPage:
    """`documents/section_history.html`; variable `page`. `descent` tells where words of it came from and went."""

    head: DocumentHead
    title: str
    days: tuple[Day, ...]
    is_gone: bool = False
    read_href: str = ""
    descent: tuple[Link, ...] = ()
    older_href: str = ""
    newest_href: str = ""


@dataclass(frozen=True, slots=True)
class PersonHistoryPage:
    """`documents/person_history.html`; variable `page`."""

    name: str
    days: tuple[Day, ...]
    narrowing: Narrowing
    older_href: str = ""
    newest_href: str = ""


@dataclass(frozen=True, slots=True)
class ChangePage:
    """`documents/change.html`; variable `page`. `where` says what became of it: which version holds it, or that none
    does yet. `previous_href` and `next_href` lead to the changes before and after."""

    head: DocumentHead
    title: str
    entry: Entry
    sections: tuple[SectionShown, ...]
    view: str
    views: tuple[Link, ...]
    where: tuple[Link, ...] = ()
    previous_href: str = ""
    next_href: str = ""
    is_partly_hidden: bool = False


@dataclass(frozen=True, slots=True)
class AttributePage:
    """`documents/attribute.html`; variables `page`, `form`. `kinds`, `registers` and `meetings` are (code or id,
    words) to choose from."""

    head: DocumentHead
    change_text: str
    change_href: str
    cause: ChangeCause
    sections: tuple[SectionShown, ...]
    kinds: tuple[tuple[str, str], ...]
    registers: tuple[tuple[str, str], ...]
    meetings: tuple[tuple[str, str], ...]
    back_href: str
