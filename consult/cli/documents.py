"""`consult documents …`"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from consult.cli.answers import reports_errors
from consult.cli.hosts import ensure_host
from consult.domain.policy.actors import SYSTEM
from consult.services import documents as service
from consult.services.public_records import make_public_record
from consult.services.sockets import current_ports
from consult.services.texts import text_at
from consult.services.verification import verify_documents


@click.group("documents")
def documents() -> None:
    """Documents: made of files, revised, published, read, verified."""


@documents.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", default="", help="Title; the first heading when left out.")
@click.option("--kind", type=click.Choice(service.KINDS), default="other", show_default=True)
@click.option("--language", type=click.Choice(service.LANGUAGES), default="pl", show_default=True)
@with_appcontext
@reports_errors
def import_file(file: Path, title: str, kind: str, language: str) -> None:
    """Make a document of FILE (.md, .docx); prints its name in addresses."""
    now = current_ports().clock.now()
    ensure_host(now)
    imported = service.import_document(
        SYSTEM,
        content=file.read_bytes(),
        filename=file.name,
        title=title,
        kind=kind,
        language=language,
        now=now,
    )
    for remark in imported.remarks:
        click.echo(f"{remark.code} x{remark.count} {remark.example}".rstrip(), err=True)
    click.echo(imported.slug)


@documents.command("revise")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--note", default="", help="What changed and why.")
@with_appcontext
@reports_errors
def revise(slug: str, file: Path, note: str) -> None:
    """Bring the working draft of SLUG to the text of FILE in one change."""
    revised = service.revise_document(
        SYSTEM,
        slug,
        content=file.read_bytes(),
        filename=file.name,
        note=note,
        now=current_ports().clock.now(),
    )
    number = "unchanged" if revised.change_no is None else f"change {revised.change_no}"
    click.echo(
        f"{number}: kept {revised.kept}, changed {revised.changed}, moved {revised.moved}, "
        f"added {revised.added}, removed {revised.removed}"
    )


@documents.command("publish")
@click.argument("slug")
@click.option("--label", required=True, help='What people call the version: "projekt do konsultacji".')
@with_appcontext
@reports_errors
def publish(slug: str, label: str) -> None:
    """Publish the working draft of SLUG as a version; prints its number and checksum."""
    published = service.publish_version(SYSTEM, slug, label=label, now=current_ports().clock.now())
    click.echo(f"{published.number} {published.checksum}")


@documents.command("text")
@click.argument("slug")
@click.option("--version", "version_no", type=int, help="A published version.")
@click.option("--change", "change_no", type=int, help="The draft after a change.")
@with_appcontext
@reports_errors
def text(slug: str, version_no: int | None, change_no: int | None) -> None:
    """Write the Markdown of SLUG to standard output: a version, the draft after a change, or the draft now."""
    sys.stdout.buffer.write(text_at(SYSTEM, slug, version_no=version_no, change_no=change_no).encode())
    sys.stdout.buffer.flush()


@documents.command("record")
@click.argument("slug")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; standard output if left out.",
)
@with_appcontext
@reports_errors
def record(slug: str, output: Path | None) -> None:
    """Write the public record of SLUG as JSON: what static/record/check_record.py checks without Consult."""
    content = json.dumps(make_public_record(SYSTEM, slug), ensure_ascii=False)
    if output:
        output.write_text(content, encoding="utf-8")
    else:
        click.echo(content)


@documents.command("verify")
@click.argument("slug", required=False)
@with_appcontext
@reports_errors
def verify(slug: str | None) -> None:
    """Recompute every hash of SLUG, or of all documents; exits with 1 and names the first bad record."""
    is_bad = False
    for verified in verify_documents(SYSTEM, slug):
        if verified.fault:
            is_bad = True
            fault = verified.fault
            click.echo(f"{fault.document}: {fault.record} {fault.ref} {fault.fault}", err=True)
        else:
            click.echo(
                f"{verified.document}: {verified.changes} changes, {verified.texts} texts, "
                f"{verified.versions} versions, {verified.receipts} receipts hold; head {verified.head}"
            )
    if is_bad:
        sys.exit(1)
