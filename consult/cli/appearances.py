"""`consult search appearances`"""

from __future__ import annotations

import json

import click
from flask.cli import with_appcontext

from consult.cli.answers import reports_errors
from consult.domain.policy.actors import SYSTEM
from consult.services.appearances import Appearances, Period, Turn, find_appearances


@click.command("appearances")
@click.argument("slug")
@click.argument("words", nargs=-1, required=True)
@click.option("--forms", is_flag=True, help="In any form of each word, not exactly as typed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@with_appcontext
@reports_errors
def appearances(slug: str, words: tuple[str, ...], forms: bool, as_json: bool) -> None:
    """When WORDS appeared in the document SLUG and when they went."""
    found = find_appearances(SYSTEM, slug, " ".join(words), in_any_form=forms)
    if as_json:
        click.echo(json.dumps(_as_json(found), ensure_ascii=False))
        return
    for period in found.periods:
        until = "" if period.until_no is None else period.until_no
        versions = ",".join(str(number) for number in period.versions)
        places = "; ".join(place.heading for place in period.places)
        click.echo(f"{period.from_no}\t{until}\t{versions}\t{places}")
    click.echo(f"{len(found.periods) + found.earlier} found", err=True)


def _as_json(found: Appearances) -> dict[str, object]:
    return {
        "document": found.document.slug,
        "words": found.phrase.words,
        "in_any_form": found.in_any_form,
        "stands_now": bool(found.periods) and found.periods[-1].until_no is None,
        "earlier": found.earlier,
        "periods": [_period(period) for period in found.periods],
    }


def _period(period: Period) -> dict[str, object]:
    return {
        "from_change": period.from_no,
        "until_change": period.until_no,
        "versions": list(period.versions),
        "came": _turn(period.came),
        "went": _turn(period.went) if period.went else None,
        "places": [
            {
                "section": place.section_id,
                "heading": place.heading,
                "from_change": place.from_no,
                "until_change": place.until_no,
                "versions": list(place.versions),
            }
            for place in period.places
        ],
    }


def _turn(turn: Turn) -> dict[str, object]:
    comment = turn.comment
    return {
        "change": turn.number,
        "at": turn.at.isoformat(),
        "by": turn.by,
        "note": turn.note,
        "cause": turn.cause_kind or None,
        "comment": {
            "register": comment.register_id,
            "number": comment.number,
            "outcome": comment.answer.outcome if comment.answer else None,
        }
        if comment
        else None,
    }
