"""The composition root: settings to plugs, plugs to ports, ports and pages to an application."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from flask import Flask

from consult.adapters.attached_files import CheckedFiles
from consult.adapters.calendar_ics import IcsCalendar
from consult.adapters.clock_system import SystemClock
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
from consult.adapters.identity_oidc import OidcBroker
from consult.adapters.import_files import (
    DocxReader,
    HtmlReader,
    OdtReader,
    SheetFormReader,
    WordFormReader,
)
from consult.adapters.import_markdown import MarkdownReader
from consult.adapters.jobs_huey import HueyJobs
from consult.adapters.jobs_immediate import ImmediateJobs
from consult.adapters.limits_sqlite import SCHEME as COUNTERS
from consult.adapters.mail_console import ConsoleMailer
from consult.adapters.mail_letters import TemplateComposer
from consult.adapters.mail_memory import MemoryMailer
from consult.adapters.mail_smtp import SmtpMailer
from consult.adapters.markdown_html import MarkdownHtml
from consult.adapters.marked_html import MarkedHtml
from consult.adapters.meters_prometheus import PrometheusMeters
from consult.adapters.one_time_codes_pyotp import PyotpCodes
from consult.adapters.passwords_argon2 import Argon2Passwords
from consult.adapters.pictures_pillow import PillowPictures
from consult.adapters.polish import PolishAnalyser
from consult.adapters.search_memory import MemorySearch
from consult.adapters.search_whoosh import WhooshSearch
from consult.adapters.square_codes_segno import SegnoCodes
from consult.adapters.typst_pdf import TypstPdf
from consult.adapters.vault_aes import AesVault
from consult.cli import init_commands
from consult.logs import configure_logs
from consult.ports.bundle import Ports
from consult.ports.identity import IdentityBroker
from consult.ports.jobs import Jobs
from consult.ports.mail import Mailer
from consult.ports.search import Analyser, SearchIndex
from consult.services.jobs import ACTIONS, Now
from consult.settings import ROOT, Settings
from consult.storage.database import init_database
from consult.storage.migrate import init_migrations
from consult.storage.unit_of_work import PORTS_KEY
from consult.web import init_web
from consult.web.shared.i18n import catalogue_of, moments_in
from consult.web.shared.kept_templates import keep_templates

JOBS_KEY = "consult.jobs"


def create_app(settings: Settings | None = None, *, ports: Ports | None = None) -> Flask:
    """An application on the store the settings name; `ports` replaces the plugs they would give."""
    settings = settings or Settings()
    settings.consult_data.mkdir(mode=0o700, parents=True, exist_ok=True)
    configure_logs(settings.log_level)
    app = Flask(
        "consult",
        root_path=str(ROOT),
        template_folder="templates",
        static_folder="static",
        instance_path=str(ROOT),
    )
    app.config.update(
        SECRET_KEY=_secret_key(settings),
        SETTINGS=settings,
        MAX_CONTENT_LENGTH=settings.upload_limit_bytes,
        MAX_FORM_MEMORY_SIZE=settings.upload_limit_bytes,
        # a letter of five hundred comments, entered with its scan
        MAX_FORM_PARTS=10_000,
    )
    init_database(app, settings.resolved_database_url)
    init_migrations(app, ROOT / "migrations")
    app.extensions[PORTS_KEY] = ports = ports or build_ports(settings)
    app.extensions[JOBS_KEY] = _job_actions(app, ports)
    if isinstance(ports.jobs, ImmediateJobs):
        ports.jobs.work(app.extensions[JOBS_KEY])
    init_web(
        app,
        public_address=settings.public_address,
        secure_cookies=settings.secure_cookies,
        proxy_hops=settings.proxy_hops,
        counters=f"{COUNTERS}://{settings.consult_data.resolve() / 'limits.sqlite3'}",
    )
    keep_templates(app, settings.consult_data / "templates")
    init_commands(app)
    return app


def build_ports(settings: Settings) -> Ports:
    """The plugs an installation with these settings uses."""
    analyser = PolishAnalyser()
    typesetter = TypstPdf(ROOT / "templates" / "pdf")
    return Ports(
        clock=SystemClock(),
        files=LocalFiles(settings.consult_data / "uploads"),
        attached_files=CheckedFiles(),
        jobs=_jobs(settings),
        passwords=Argon2Passwords(),
        pictures=PillowPictures(),
        vault=AesVault(_secret_key(settings)),
        one_time_codes=PyotpCodes(),
        square_codes=SegnoCodes(),
        broker=_broker(settings),
        mailer=_mailer(settings),
        composer=TemplateComposer(
            ROOT / "templates" / "mail", settings.public_address, words=catalogue_of, filters=moments_in
        ),
        meters=PrometheusMeters(settings.consult_data / "meters"),
        renderer=MarkdownHtml(),
        decorator=MarkedHtml(),
        search=_search(settings, analyser),
        analyser=analyser,
        readers={
            "md": MarkdownReader(),
            "markdown": MarkdownReader(),
            "txt": MarkdownReader(),
            "docx": DocxReader(),
            "odt": OdtReader(),
            "html": HtmlReader(),
            "htm": HtmlReader(),
        },
        text_writers={
            "md": MarkdownWriter(),
            "zip": BundleWriter(),
            "html": HtmlWriter(),
            "docx": DocxWriter(),
        },
        table_writers={"xlsx": XlsxWriter(), "csv": CsvWriter()},
        calendar_writer=IcsCalendar(),
        feed_writer=AtomFeed(),
        typesetter=typesetter,
        form_writers={
            "docx": DocxFormWriter(),
            "pdf": PdfFormWriter(typesetter),
            "xlsx": XlsxFormWriter(),
        },
        form_readers={"docx": WordFormReader(), "pdf": PdfFormReader(), "xlsx": SheetFormReader()},
    )


def _jobs(settings: Settings) -> Jobs:
    if settings.jobs_url.startswith("immediate:"):
        return ImmediateJobs()
    return HueyJobs(settings.consult_data / "jobs.sqlite3")


def _search(settings: Settings, analyser: Analyser) -> SearchIndex:
    if settings.search_url.startswith("memory:"):
        return MemorySearch(analyser)
    return WhooshSearch(settings.consult_data / "index", analyser)


def _mailer(settings: Settings) -> Mailer:
    if settings.mail_url.startswith("memory:"):
        return MemoryMailer()
    if settings.mail_url.startswith("console:"):
        return ConsoleMailer()
    return SmtpMailer(settings.mail_url, settings.mail_from)


def _job_actions(app: Flask, ports: Ports) -> Mapping[str, Callable[[], object]]:
    """What the worker does for each job."""

    def inside(action: Callable[[Now], object]) -> Callable[[], object]:
        def act() -> object:
            with app.app_context():
                return action(ports.clock.now)

        return act

    return {name: inside(action) for name, action in ACTIONS.items()}


def _broker(settings: Settings) -> IdentityBroker | None:
    if not settings.oidc_issuer:
        return None
    return OidcBroker(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        label=settings.oidc_label,
    )


def _secret_key(settings: Settings) -> str:
    return settings.secret_key or _kept_key(settings.consult_data / "secret.key")


def _kept_key(path: Path) -> str:
    """The signing key of this store, made once; readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = secrets.token_hex(32)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key
