"""An application on a temporary store: search in memory, jobs at once, a clock that tests set."""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask

import consult.storage.models  # noqa: F401 - registers the tables
from consult.adapters.attached_files import CheckedFiles
from consult.adapters.calendar_ics import IcsCalendar
from consult.adapters.comment_form_pdf import PdfFormReader, PdfFormWriter
from consult.adapters.comment_form_xlsx import XlsxFormWriter
from consult.adapters.export_bundle import BundleWriter
from consult.adapters.export_csv import CsvWriter
from consult.adapters.export_docx import DocxFormWriter, DocxWriter
from consult.adapters.export_html import HtmlWriter
from consult.adapters.export_markdown import MarkdownWriter
from consult.adapters.export_xlsx import XlsxWriter
from consult.adapters.feed_atom import AtomFeed
from consult.adapters.files_local import LocalFiles
from consult.adapters.import_files import (
    DocxReader,
    HtmlReader,
    OdtReader,
    SheetFormReader,
    WordFormReader,
)
from consult.adapters.import_markdown import MarkdownReader
from consult.adapters.jobs_immediate import ImmediateJobs
from consult.adapters.mail_letters import TemplateComposer
from consult.adapters.mail_memory import MemoryMailer
from consult.adapters.markdown_html import MarkdownHtml
from consult.adapters.marked_html import MarkedHtml
from consult.adapters.meters_prometheus import PrometheusMeters
from consult.adapters.one_time_codes_pyotp import PyotpCodes
from consult.adapters.pictures_pillow import PillowPictures
from consult.adapters.polish import PolishAnalyser
from consult.adapters.search_memory import MemorySearch
from consult.adapters.square_codes_segno import SegnoCodes
from consult.adapters.typst_pdf import TypstPdf
from consult.adapters.vault_aes import AesVault
from consult.ports.bundle import Ports
from consult.services.jobs import ACTIONS, Now
from consult.storage.database import db, init_database
from consult.storage.migrate import init_migrations, upgrade_database
from consult.storage.unit_of_work import PORTS_KEY
from consult.web.shared.i18n import catalogue_of, moments_in
from tests.factories.engines import share_compiled
from tests.real_data import REPOSITORY

BEGINNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""When the clock of every test store starts: a Monday morning."""


class SettableClock:
    """Stands still until a test moves it."""

    def __init__(self, at: datetime = BEGINNING) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, **passed: float) -> datetime:
        """Let `timedelta(**passed)` go by; the moment it is then."""
        self.at += timedelta(**passed)
        return self.at


class PlainPasswords:
    """Hashes nothing: signing in is tested with the real plug, everything else should not wait for it."""

    def hash(self, password: str) -> str:
        return f"plain:{password}"

    def verify(self, hashed: str, password: str) -> bool:
        return hashed == f"plain:{password}"


@functools.cache
def analyser() -> PolishAnalyser:
    return PolishAnalyser()


@functools.cache
def renderer() -> MarkdownHtml:
    return MarkdownHtml(workers=1)


@functools.cache
def composer() -> TemplateComposer:
    return TemplateComposer(
        REPOSITORY / "templates" / "mail",
        "https://konsultacje.example.org",
        words=catalogue_of,
        filters=moments_in,
    )


@functools.cache
def meters() -> PrometheusMeters:
    return PrometheusMeters(Path(tempfile.mkdtemp(prefix="consult-meters-")))


@dataclass(frozen=True, slots=True)
class Store:
    """An application with the plugs a test reaches for."""

    app: Flask
    ports: Ports
    clock: SettableClock
    url: str

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @contextmanager
    def replaced(self, **plugs: object) -> Iterator[Ports]:
        """The same application with other plugs for a while."""
        before = self.app.extensions[PORTS_KEY]
        self.app.extensions[PORTS_KEY] = ports = replace(before, **plugs)
        try:
            yield ports
        finally:
            self.app.extensions[PORTS_KEY] = before


def build_ports(clock: SettableClock, **plugs: object) -> Ports:
    """The plugs of a test store; `plugs` replaces any of them."""
    typesetter = TypstPdf(REPOSITORY / "templates" / "pdf")
    chosen: dict[str, object] = {
        "clock": clock,
        "files": LocalFiles(Path(tempfile.gettempdir()) / "consult-test-uploads"),
        "jobs": ImmediateJobs(),
        "passwords": PlainPasswords(),
        "pictures": PillowPictures(),
        "vault": AesVault("a key of tests"),
        "one_time_codes": PyotpCodes(),
        "square_codes": SegnoCodes(),
        "broker": None,
        "mailer": MemoryMailer(),
        "composer": composer(),
        "meters": meters(),
        "renderer": renderer(),
        "decorator": MarkedHtml(),
        "search": MemorySearch(analyser()),
        "analyser": analyser(),
        "readers": {"md": MarkdownReader(), "docx": DocxReader(), "odt": OdtReader(), "html": HtmlReader()},
        "text_writers": {
            "md": MarkdownWriter(),
            "zip": BundleWriter(),
            "html": HtmlWriter(),
            "docx": DocxWriter(),
        },
        "table_writers": {"xlsx": XlsxWriter(), "csv": CsvWriter()},
        "attached_files": CheckedFiles(),
        "calendar_writer": IcsCalendar(),
        "feed_writer": AtomFeed(),
        "typesetter": typesetter,
        "form_writers": {
            "docx": DocxFormWriter(),
            "pdf": PdfFormWriter(typesetter),
            "xlsx": XlsxFormWriter(),
        },
        "form_readers": {"docx": WordFormReader(), "pdf": PdfFormReader(), "xlsx": SheetFormReader()},
    }
    return Ports(**(chosen | plugs))


def build_app(url: str, ports: Ports) -> Flask:
    """An application on the database at `url`, whose tables are there already or brought by `upgrade`."""
    app = Flask("consult")
    app.config["TESTING"] = True
    init_database(app, url)
    init_migrations(app, REPOSITORY / "migrations")
    app.extensions[PORTS_KEY] = ports
    if isinstance(ports.jobs, ImmediateJobs):  # the others would stay and work until told to stop
        ports.jobs.work({name: _inside(app, action) for name, action in ACTIONS.items()})
    return app


def _inside(app: Flask, action: Callable[[Now], object]) -> Callable[[], object]:
    def act() -> object:
        with app.app_context():
            return action(app.extensions[PORTS_KEY].clock.now)

    return act


@contextmanager
def opened(url: str, **plugs: object) -> Iterator[Store]:
    """A store on the database at `url`, inside an application context; its connections are closed at the end."""
    clock = SettableClock()
    ports = build_ports(clock, **plugs)
    app = build_app(url, ports)
    with app.app_context():
        share_compiled(db.engine)
        try:
            yield Store(app, ports, clock, url)
        finally:
            db.session.rollback()
            db.session.remove()
            db.engine.dispose()


@functools.cache
def _migrated_file() -> Path:
    """A SQLite file with the schema and nothing in it, made once in each process."""
    folder = Path(tempfile.mkdtemp(prefix="consult-schema-"))
    path = folder / "empty.sqlite3"
    with opened(f"sqlite:///{path}"):
        upgrade_database()
        db.session.connection().exec_driver_sql("SELECT 1")
        db.session.rollback()
    return path


def new_sqlite(folder: Path) -> str:
    """The address of a fresh SQLite database in `folder`."""
    path = folder / "consult.sqlite3"
    shutil.copyfile(_migrated_file(), path)
    return f"sqlite:///{path}"
