"""`consult mail …`: whether letters leave, and which have not."""

from __future__ import annotations

from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from consult.cli.answers import reports_errors
from consult.domain.policy.actors import SYSTEM
from consult.ports.mail import Handover, MailRefused
from consult.services import operations as service
from consult.services.sockets import current_ports
from consult.storage.queries import letters as queries

CAUSES = {
    "setting": "A setting is wrong",
    "unreachable": "The mail server cannot be reached; see host and port in MAIL_URL",
    "tls": "The line to the server cannot be protected. Its certificate must be valid for the host in MAIL_URL (a "
    "certificate authority of your own goes into SSL_CERT_FILE), and a password is never sent in the open",
    "sign_in": "The server does not take the user and password in MAIL_URL (special characters in them are written "
    "percent-encoded)",
    "sender_refused": "The server takes no mail from the address in MAIL_FROM",
    "broken_off": "The server hung up in the middle",
    "address": "Nobody can be written to at this address",
}
"""What each code of a refusal means to whoever runs the installation."""


@click.group("mail")
def mail() -> None:
    """Letters to people."""


@mail.command("test")
@click.argument("address")
@click.option("--language", type=click.Choice(["pl", "en"]), default="pl", show_default=True)
@with_appcontext
@reports_errors
def send_test(address: str, language: str) -> None:
    """Send a trial letter to ADDRESS now, and say what happened."""
    settings = current_app.config.get("SETTINGS")
    try:
        handover = service.send_test_letter(
            SYSTEM, address, language=language, now=current_ports().clock.now()
        )
    except MailRefused as refusal:
        raise click.ClickException(_why(refusal)) from None
    if handover.server == "console":
        raise click.ClickException(
            "MAIL_URL is console://, so the letter above was written here and sent to nobody. "
            "Name a mail server: MAIL_URL=smtp://user:password@host:port"
        )
    click.echo(_said(handover, address))
    for warning in _doubts(settings):
        click.echo(warning, err=True)


@mail.command("pending")
@with_appcontext
@reports_errors
def show_pending() -> None:
    """Count the letters that have not left, with what went wrong."""
    seen = queries.letters_overview(current_ports().clock.now())
    click.echo(f"waiting\t{seen.waiting}")
    if seen.oldest_due_at:
        click.echo(f"oldest due\t{seen.oldest_due_at:%Y-%m-%d %H:%M} UTC")
    click.echo(f"later\t{seen.later}")
    click.echo(f"given up\t{seen.failed}")
    click.echo(f"sent in 24 hours\t{seen.sent_last_day}")
    for code, count in seen.errors:
        click.echo(f"error {code}\t{count}")


def _why(refusal: MailRefused) -> str:
    if refusal.code.startswith("smtp_"):
        cause = "The server refused the letter" + ("" if refusal.is_permanent else " for now")
    else:
        cause = CAUSES.get(refusal.code, "The letter did not leave")
    return f"{cause}. ({refusal.code}{': ' + refusal.answer if refusal.answer else ''})"


def _said(handover: Handover, address: str) -> str:
    line = (
        f"protected by {handover.tls}" if handover.tls else "not protected: the server offers no encryption"
    )
    who = "signed in" if handover.is_signed_in else "not signed in"
    return f"{handover.server} took the letter to {address}. The line was {line}; {who}."


def _doubts(settings: Any) -> list[str]:
    """Settings that let a letter leave and still make it useless."""
    if settings is None:
        return []
    doubts = []
    if "://127.0.0.1" in settings.public_address or "://localhost" in settings.public_address:
        doubts.append(
            f"PUBLIC_ADDRESS is {settings.public_address}: nobody else can follow the links in letters."
        )
    if settings.mail_from.rstrip(">").endswith("localhost"):
        doubts.append(f"MAIL_FROM is {settings.mail_from}: other servers take such letters for spam.")
    return doubts
