"""`consult documents blame`, `consult documents rebuild-provenance`."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask.cli import with_appcontext

from consult.cli.answers import reports_errors
from consult.domain.policy.actors import SYSTEM
from consult.services.provenance.asking import Blamed, Origin, blame_document
from consult.services.provenance.keeping import rebuild_provenance
from consult.services.sockets import current_ports

HOME = ZoneInfo("Europe/Warsaw")

SHOWN_WORDS = 72
"""Code points of the words on a line."""


@click.command("blame")
@click.argument("slug")
@click.option(
    "--version", "version_no", type=int, help="A published version; the working draft when left out."
)
@click.option("--section", default="", help="One section: its label, its heading or the beginning of its id.")
@click.option("--json", "as_json", is_flag=True, help="Every code point of the sources, as JSON.")
@with_appcontext
@reports_errors
def blame(slug: str, version_no: int | None, section: str, as_json: bool) -> None:
    """Say where every word of SLUG comes from: change, date, author, cause, words."""
    rows = blame_document(SYSTEM, slug, version_no=version_no, section=section, to_the_letter=as_json)
    if as_json:
        click.echo(json.dumps([_as_json(row) for row in rows], ensure_ascii=False, indent=1))
        return
    before = None
    for row in rows:
        if row.section_id != before:
            title = row.heading if row.heading.startswith(row.label) else f"{row.label} {row.heading}"
            click.echo(f"# {title.strip() or row.section_id[:12]}")
            before = row.section_id
        change = row.origin.change
        words = " ".join(row.words.split())
        shown = words if len(words) <= SHOWN_WORDS else f"{words[: SHOWN_WORDS - 1]}…"
        click.echo(
            f"{change.number:>6}  {change.at.astimezone(HOME):%Y-%m-%d %H:%M}  "
            f"{change.author or '-'}  {_cause(row.origin)}  {shown}"
        )


@click.command("rebuild-provenance")
@click.argument("slug")
@with_appcontext
@reports_errors
def rebuild(slug: str) -> None:
    """Work out anew where the words of every text SLUG ever had come from, and store what was missing or wrong."""
    done = rebuild_provenance(SYSTEM, slug, now=current_ports().clock.now())
    click.echo(f"{done.slug}: {done.texts} texts, {done.missing} had no origins, {done.differing} had others")


def _cause(origin: Origin) -> str:
    """What a change comes from, in a word or two."""
    change, cause = origin.change, origin.cause
    if cause.comment_numbers:
        return "comment " + ", ".join(str(number) for number in cause.comment_numbers)
    if cause.named is not None:
        return f"{cause.kind} {cause.named.number or cause.named.title}"
    if cause.of_no is not None:
        return f"{change.kind} of {cause.of_no}"
    return cause.kind if cause.said else str(cause.behind)


def _as_json(row: Blamed) -> dict[str, Any]:
    change, cause = row.origin.change, row.origin.cause
    return {
        "section": row.section_id,
        "label": row.label,
        "heading": row.heading,
        "start": row.start,
        "end": row.end,
        "words": row.words,
        "change": change.number,
        "at": change.at.isoformat(),
        "author": change.author,
        "kind": change.kind,
        "cause": str(cause.behind),
        "comments": list(cause.comment_numbers),
        "note": change.note,
    }
