"""`consult comments …`"""

from __future__ import annotations

import json

import click
from flask.cli import with_appcontext

from consult.cli.answers import reports_errors
from consult.domain.errors import InvalidInput
from consult.domain.policy.actors import SYSTEM
from consult.domain.process.comments import CAPACITIES
from consult.services import comments as service
from consult.services.quotations import find_quote, list_placements
from consult.services.sockets import current_ports


@click.group("comments")
def comments() -> None:
    """Comments and where their words are."""


@comments.command("add")
@click.argument("slug")
@click.option("--quote", required=True, help="The exact words commented on, as a reader sees them.")
@click.option("--nth", type=click.IntRange(min=1), default=1, help="Which occurrence of the words.")
@click.option("--text", required=True, help="The comment.")
@click.option("--proposed", help="The wording proposed instead of the words.")
@click.option("--by", "name", required=True, help="Who says it: the organisation, or the person.")
@click.option("--capacity", required=True, type=click.Choice([str(code) for code in CAPACITIES]))
@with_appcontext
@reports_errors
def add(slug: str, quote: str, nth: int, text: str, proposed: str | None, name: str, capacity: str) -> None:
    """Enter a comment on words of SLUG: the version being consulted, else the last one, else the draft.

    Prints the comment's number.
    """
    now = current_ports().clock.now()
    pointing = find_quote(SYSTEM, slug, quote, nth=nth, now=now)
    if pointing is None:
        raise InvalidInput("quote_not_found", field="quote", nth=nth)
    is_person = capacity == "resident"
    receipt = service.submit_comments(
        SYSTEM,
        slug,
        [service.Remark(text=text, proposed=proposed, pointings=(pointing,))],
        service.Sender(
            capacity=capacity,
            name=name if is_person else "",
            organisation_name="" if is_person else name,
        ),
        now=now,
    )
    click.echo(receipt.numbers[0])


@comments.command("placements")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
@with_appcontext
@reports_errors
def placements(slug: str, as_json: bool) -> None:
    """Where the words of every comment of SLUG are in the working draft."""
    rows = list_placements(SYSTEM, slug)
    if as_json:
        click.echo(json.dumps([row.as_json() for row in rows], ensure_ascii=False))
        return
    for row in rows:
        span = "-" if row.start is None else f"{row.start}-{row.end}"
        similarity = "-" if row.similarity is None else f"{row.similarity:.2f}"
        section = row.section or "-"
        click.echo(f"{row.number}\t{row.state}\t{similarity}\t{section}\t{span}\t{row.words}")
