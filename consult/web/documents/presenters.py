"""What the pages of documents show, as display-ready values.

Form fields each template expects (WTForms names):

* ``documents/new.html``      ``title``, ``kind``, ``source`` (optional first text)
* ``documents/import.html``   ``file``, ``title`` (optional), ``kind``
* ``documents/edit.html``     those of `WritingForm`; the heading is part of the source
* ``documents/conflict.html`` those of `WritingForm`, hidden ``was`` and ``yours``, and ``choice-0``, ``own-0`` … for each place
* ``documents/add.html``      those of `WritingForm`, ``title``, ``level``, ``position`` (section id to stand after, "" for the beginning)
* ``documents/move.html``     ``position`` (section id to stand after, "" for the beginning), ``note``
* ``documents/remove.html``   ``note``
* ``documents/revise.html``   ``file``, ``note``
* ``documents/revise_preview.html``  hidden ``token`` (the kept upload), ``note``
* ``documents/publish.html``  ``label``, ``note``
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from consult.web.shared.attachments import Attached
from consult.web.shared.calls import Choice, Pages
from consult.web.shared.editing import Editor
from consult.web.shared.following import FollowState
from consult.web.shared.presenters import Card, DocumentHead, Link, Moment, OutlineEntry, Piece
from consult.web.shared.review import PartReview
from consult.web.shared.section_notes import PartNotes


@dataclass(frozen=True, slots=True)
class Part:
    """One section as read.

    `anchor` is the element id ("s-…"). `heading` and `body` are the rendered section split after its heading, safe,
    headings being h2 to h6; `heading` is empty for the preamble. Into them go, all marked ``data-generated`` because
    they are no part of the plain text:

    * ``<a class="num" data-generated href="#anchor">2.2</a>`` first in the heading, where there is a label;
    * ``<a class="pn" data-generated href="composer address" aria-label="Ustęp 3, dwie uwagi, skomentuj">3</a>`` first in
      every block one can point at (paragraph, list entry, first cell of a row); a text that prints its own numbers gets
      ``<a class="pn own" …>¶</a>``;
    * ``<mark class="c" id="slowa-62" data-comments="62 63">`` round commented words, cut where comments begin and end and
      never nested; the identifier stands on a comment's first words;
    * ``<a class="mark-link" data-generated href="#uwaga-62" aria-label="Uwaga 62">62</a>`` after its last words.

    `depth` is the depth in the tree from 1 (0 for the preamble). `meta` is a line on its history. `cards` are the first
    comments of this section in order of place, including those whose words are gone; `more_count` further ones are at
    `more_href`. The `*_href` are empty where the reader may not.
    """

    section_id: str
    text_id: str
    anchor: str
    depth: int
    heading: Markup
    body: Markup
    title: str
    meta: str = ""
    history_href: str = ""
    comment_href: str = ""
    origins_href: str = ""
    edit_href: str = ""
    add_href: str = ""
    move_href: str = ""
    remove_href: str = ""
    comment_count: int = 0
    cards: tuple[Card, ...] = ()
    more_count: int = 0
    more_href: str = ""


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """`documents/show.html`; variable `page`. `notice` says that this is a draft or an old version, with `newest`
    to go to and `compare` to see what has changed since.

    `composer_href` is the address of the composer page without a query, empty while comments are not taken; the
    selection script adds ``?section=…&text_id=…&start=…&end=…`` (code points of the section's plain text).
    `origins_href` is that of the page that says where the words of this text come from; the script adds to it as well.
    `since_href` is that of the page that says when words appeared, `passage_href` the address of this text, to which the
    script adds the passage for a link that lasts.
    `writers` are sentences on who is writing in a section of the draft now, by section; at `writers_href` the script asks
    for them anew.
    `reviews` are what the group says beside a section, or the dissent published with a version, by section; `notes`
    its summaries and explanations. `glossary_href` is there where the text defines words; `terms_href` leads to this page
    with their links, or without them where it `has_terms`.
    `whole` are comments on the whole document. `summary` tells in plain words what is consulted.
    """

    head: DocumentHead
    outline: tuple[OutlineEntry, ...]
    parts: tuple[Part, ...]
    composer_href: str = ""
    origins_href: str = ""
    notice: str = ""
    newest: Link | None = None
    compare: Link | None = None
    whole: tuple[Card, ...] = ()
    whole_more_href: str = ""
    checksum: str = ""
    summary: str = ""
    feed_href: str = ""
    search_href: str = ""
    since_href: str = ""
    passage_href: str = ""
    writers: Mapping[str, str] = field(default_factory=dict)
    writers_href: str = ""
    reviews: Mapping[str, PartReview] = field(default_factory=dict)
    notes: Mapping[str, PartNotes] = field(default_factory=dict)
    attached: Attached = field(default_factory=Attached)
    requirements_href: str = ""
    glossary_href: str = ""
    terms_href: str = ""
    has_terms: bool = False


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A document in the list of all. `stage` and `kind` are codes; `detail` a phrase on its version and last change."""

    title: str
    kind: str
    href: str
    stage: str
    host: str
    detail: str
    language: str
    summary: str = ""
    easy_href: str = ""
    sign_href: str = ""


@dataclass(frozen=True, slots=True)
class DocumentList:
    """`documents/list.html`; variable `page`. `count` is how many documents match, on all pages."""

    rows: tuple[WorkLine, ...]
    count: int
    choices: tuple[Choice, ...]
    query: str
    is_narrowed: bool
    pages: Pages
    list_href: str
    feed_href: str = ""
    new_href: str = ""
    import_href: str = ""


@dataclass(frozen=True, slots=True)
class AboutPage:
    """`documents/about.html`; variable `page`. `edit_href` is there for those who may change what is said."""

    head: DocumentHead
    title: str
    summary: str
    easy_href: str
    sign_href: str
    host: str
    host_href: str
    language: str
    groups: tuple[Link, ...]
    follow: FollowState
    collections: tuple[Link, ...] = ()
    edit_href: str = ""


@dataclass(frozen=True, slots=True)
class DescribePage:
    """`documents/describe.html`; variables `page`, `form` (summary, easy_read_url, sign_language_url)."""

    head: DocumentHead
    back_href: str


@dataclass(frozen=True, slots=True)
class EditPage:
    """`documents/edit.html`; variables `page`, `form` (a `WritingForm`). `preview_page_href` takes a POST of the whole
    form and answers with this page again, the preview filled in: the way without a script. `causes` are what a change can
    name as its cause (value, words)."""

    head: DocumentHead
    section_title: str
    back_href: str
    preview_page_href: str
    editor: Editor
    causes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """A place where two edits cannot both stand. `before` and `after` are the words around it; the redlines go from
    `base`; `proposed` and `both` are None where they would be one of the others; `own` is what stands in the field for
    words of one's own; `choice` is what was chosen: theirs, ours, proposed, both, own, or ""."""

    before: str
    after: str
    base: str
    theirs: tuple[Piece, ...]
    yours: tuple[Piece, ...]
    proposed: str | None
    both: str | None
    own: str
    choice: str = ""


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """`documents/conflict.html`; variables `page`, `form` (`form.source` holds the whole text, with your words where
    the edits dispute). `theirs_by` names who saved meanwhile, `theirs_at` when. The redlines go from the base. What is
    chosen and written for the places is kept under `kept_name`."""

    head: DocumentHead
    section_title: str
    back_href: str
    theirs_by: str
    theirs_at: Moment
    base: str
    theirs: tuple[Piece, ...]
    yours: tuple[Piece, ...]
    disputes: tuple[Dispute, ...]
    kept_name: str


@dataclass(frozen=True, slots=True)
class GonePage:
    """`documents/gone.html`; variables `page`, `form` (an `AddSection`, to be sent to `add_href`): words written for a
    part that was removed meanwhile."""

    head: DocumentHead
    section_title: str
    back_href: str
    add_href: str
    history_href: str
    positions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SectionPage:
    """`documents/add.html`, `documents/move.html`, `documents/remove.html`; variables `page`, `form`.

    `positions` are (section id, "2.2 Konsultowanie projektów") beside which it may stand; `stands` says where it does,
    as (before, after or under; the section). `child_count` sections go with it when it moves or is removed,
    `comment_count` comments speak of it."""

    head: DocumentHead
    section_title: str
    back_href: str
    positions: tuple[tuple[str, str], ...] = ()
    stands: tuple[str, str] = ("", "")
    child_count: int = 0
    comment_count: int = 0
    editor: Editor | None = None


@dataclass(frozen=True, slots=True)
class PublishPage:
    """`documents/publish.html`; variables `page`, `form`. `lost_references` are words of references that lead nowhere."""

    head: DocumentHead
    back_href: str
    next_number: int
    change_count: int
    uncertain_count: int = 0
    uncertain_href: str = ""
    lost_references: tuple[str, ...] = ()
    references_href: str = ""
    undescribed_count: int = 0
    pictures_href: str = ""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version."""

    number: int
    label: str
    href: str
    published: Moment
    by: str
    checksum: str
    compare_href: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A recorded change. `cause` is a code (edit, import, comment, merge …); `cause_text` and `cause_href` name the comment
    or decision behind it. `redlines` are (section title, redline) of what it changed, shortened to the neighbourhood."""

    number: int
    by: str
    at: Moment
    note: str
    cause: str = "edit"
    cause_text: str = ""
    cause_href: str = ""
    href: str = ""
    redlines: tuple[tuple[str, tuple[Piece, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """`documents/versions.html`; variable `page`. With `section_title` it is the history of one section."""

    head: DocumentHead
    versions: tuple[VersionRow, ...]
    changes: tuple[ChangeRow, ...]
    compare_href: str = ""
    more_href: str = ""
    section_title: str = ""
    words_href: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """A file people may take: `format_name` ("Word"), `extension` ("docx"), and what it is for in a few words."""

    format_name: str
    extension: str
    href: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DownloadsPage:
    """`documents/downloads.html`; variable `page`. `text` are files of the text, `comments` tables of its comments."""

    head: DocumentHead
    text: tuple[Download, ...]
    comments: tuple[Download, ...] = ()
    checksum: str = ""
    record_href: str = ""


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """A published version and the checksum that proves it."""

    number: int
    label: str
    href: str
    published: Moment
    checksum: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """`documents/record.html`; variable `page`. No `file_href` while nothing was published."""

    head: DocumentHead
    versions: tuple[RecordVersion, ...]
    file_href: str
    file_name: str
    program_href: str
