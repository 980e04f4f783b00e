"""What the home page and the list of all consultations show."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.calls import Call, Choice, Pages
from consult.web.shared.presenters import DocumentRow, Link, Moment


@dataclass(frozen=True, slots=True)
class NewsLine:
    """Something that happened to what the reader follows: the document, a sentence, where to read more, when."""

    title: str
    text: str
    href: str
    at: Moment
    language: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """Something an official has to do: what for, what, until when, and the button that leads there."""

    title: str
    host: str
    text: str
    act: str
    href: str
    due: Moment | None = None
    due_text: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Personal:
    """What the home page says to somebody with an account. `more` counts news not shown; `is_marked` says that `since` is
    their last visit and not just some days ago; `tasks` is None for people who run no consultations, and `more_tasks`
    counts those not shown."""

    news: tuple[NewsLine, ...]
    more: int
    since: Moment
    is_marked: bool
    changes_href: str
    seen_href: str
    following_href: str
    tasks: tuple[Task, ...] | None = None
    more_tasks: int = 0
    tasks_href: str = ""
    new_href: str = ""


@dataclass(frozen=True, slots=True)
class HomePage:
    """`consultations/home.html`; variable `page`. Open consultations by deadline, then those announced, those being
    answered, those finished lately. `choices` narrow the list; `all_open_href` leads to those that are not shown."""

    open: tuple[Call, ...]
    announced: tuple[Call, ...]
    answering: tuple[Call, ...]
    finished: tuple[Call, ...]
    documents: tuple[DocumentRow, ...]
    choices: tuple[Choice, ...]
    is_narrowed: bool
    open_count: int
    home_href: str
    all_href: str
    all_open_href: str
    documents_href: str
    feed_href: str = ""
    calendar_href: str = ""
    personal: Personal | None = None


@dataclass(frozen=True, slots=True)
class CallList:
    """`consultations/list.html`; variable `page`. `states` are links with counts, the current one marked."""

    calls: tuple[Call, ...]
    count: int
    states: tuple[Link, ...]
    state: str
    choices: tuple[Choice, ...]
    is_narrowed: bool
    pages: Pages
    list_href: str
    all_href: str
    feed_href: str = ""
    calendar_href: str = ""
