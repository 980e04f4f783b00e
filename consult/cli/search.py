"""`consult search …`"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import click
from flask.cli import with_appcontext

from consult.cli.answers import reports_errors
from consult.cli.appearances import appearances
from consult.domain.policy.actors import SYSTEM
from consult.ports.search import SearchQuery
from consult.services import search as service
from consult.services.sockets import current_ports

HOME = ZoneInfo("Europe/Warsaw")


@click.group("search")
def search() -> None:
    """Search over every text there ever was, comments and answers."""


@search.command("query")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="What stood at the end of that day (Warsaw)."
)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@with_appcontext
@reports_errors
def query(words: tuple[str, ...], as_of: datetime | None, limit: int, as_json: bool) -> None:
    """Find WORDS."""
    moment = None
    if as_of is not None:
        day_after = as_of.replace(tzinfo=HOME) + timedelta(days=1)
        moment = day_after.astimezone(UTC) - timedelta(microseconds=1)
    if service.lag():  # no worker has run since, so this process brings the index up to date
        service.deliver_pending(now=current_ports().clock.now)
    answer = service.search(SYSTEM, SearchQuery(words=" ".join(words), as_of=moment), limit=limit)
    if as_json:
        click.echo(json.dumps(_as_json(answer), ensure_ascii=False))
        return
    for result in answer.results:
        row = result.row
        place = row.title or (f"#{row.number}" if row.number else "")
        snippet = "".join(
            f"[{piece.text}]" if piece.is_hit else piece.text for piece in result.marked.snippet
        )
        click.echo(f"{row.document_slug}\t{row.kind}\t{place}\t{' '.join(snippet.split())}")
    click.echo(f"{'more than ' if answer.is_at_least else ''}{answer.total} found", err=True)
    if answer.suggestion:
        click.echo(f"did you mean: {answer.suggestion}", err=True)
    for note in answer.notes:
        click.echo(f"{note.code} {note.words}".rstrip(), err=True)


def _as_json(answer: service.Answer) -> dict[str, object]:
    return {
        "total": answer.total,
        "is_at_least": answer.is_at_least,
        "kinds": dict(answer.kinds),
        "suggestion": answer.suggestion or None,
        "notes": [{"code": note.code, "words": note.words} for note in answer.notes],
        "results": [
            {
                "ref": result.row.ref,
                "kind": result.row.kind,
                "document": result.row.document_slug,
                "section": result.row.section_id or None,
                "title": result.row.title,
                "number": result.row.number,
                "versions": list(result.row.versions),
                "from_change": result.row.from_no,
                "until_change": result.row.until_no,
                "snippet": "".join(piece.text for piece in result.marked.snippet),
                "hits": [[span.start, span.end] for span in result.marked.hits],
            }
            for result in answer.results
        ],
    }


@search.command("reindex")
@with_appcontext
@reports_errors
def reindex() -> None:
    """Build the index anew from the database, showing how far it is."""
    is_terminal = sys.stderr.isatty()

    def show(done: int, total: int) -> None:
        end = "\r" if is_terminal else "\n"
        click.echo(f"{done} of about {total} records{end}", nl=False, err=True)

    done = service.reindex(now=current_ports().clock.now, progress=show)
    click.echo(f"{done} records indexed")


search.add_command(appearances)
