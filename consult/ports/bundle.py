"""Every socket with its plug, as one frozen value the application is built with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consult.ports.attached_files import AttachedFiles
from consult.ports.calendars import CalendarWriter
from consult.ports.clock import Clock
from consult.ports.comment_forms import CommentFormReader, CommentFormWriter
from consult.ports.exports import TableWriter, TextWriter
from consult.ports.feeds import FeedWriter
from consult.ports.files import Files
from consult.ports.identity import IdentityBroker
from consult.ports.imports import DocumentReader
from consult.ports.jobs import Jobs
from consult.ports.mail import Composer, Mailer
from consult.ports.meters import Meters
from consult.ports.one_time_codes import OneTimeCodes, SquareCodes
from consult.ports.passwords import Passwords
from consult.ports.pictures import Pictures
from consult.ports.rendering import Decorator, Renderer
from consult.ports.search import Analyser, SearchIndex
from consult.ports.typesetting import Typesetter
from consult.ports.vault import Vault


@dataclass(frozen=True, slots=True)
class Ports:
    """`readers` go by file extension ("md", "docx"); `text_writers`, `table_writers` and
    `form_writers` by format name, `form_readers` by extension; `broker`
    is None where people sign in with passwords only."""

    clock: Clock
    files: Files
    attached_files: AttachedFiles
    jobs: Jobs
    passwords: Passwords
    pictures: Pictures
    vault: Vault
    one_time_codes: OneTimeCodes
    square_codes: SquareCodes
    broker: IdentityBroker | None
    mailer: Mailer
    composer: Composer
    meters: Meters
    renderer: Renderer
    decorator: Decorator
    search: SearchIndex
    analyser: Analyser
    readers: Mapping[str, DocumentReader]
    text_writers: Mapping[str, TextWriter]
    table_writers: Mapping[str, TableWriter]
    calendar_writer: CalendarWriter
    feed_writer: FeedWriter
    typesetter: Typesetter
    form_writers: Mapping[str, CommentFormWriter]
    form_readers: Mapping[str, CommentFormReader]
