"""`consult organisations …` and `consult accounts …`: who works here, before pages for that exist."""

from __future__ import annotations

import re
import secrets

import click
from flask.cli import with_appcontext

from consult.cli.answers import reports_errors
from consult.domain.policy.actors import EDITOR, MEMBER, OFFICIAL, SYSTEM
from consult.domain.process.comments import CAPACITIES
from consult.services import accounts as service
from consult.services import organisations as organisation_service
from consult.services.sockets import current_ports
from consult.storage.queries.organisations import find_organisation

KINDS = [str(capacity) for capacity in CAPACITIES if str(capacity) != "resident"]
PASSWORD_BYTES = 18
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,189}")


@click.group("organisations")
def organisations() -> None:
    """Organisations: offices that run consultations, and those that take part."""


@organisations.command("add")
@click.argument("slug")
@click.option("--name", required=True, help="The full name as it is printed.")
@click.option("--kind", type=click.Choice(KINDS), default="office", show_default=True)
@click.option("--host", "is_host", is_flag=True, help="It keeps documents and runs consultations.")
@with_appcontext
@reports_errors
def add_organisation(slug: str, name: str, kind: str, is_host: bool) -> None:
    """Enter the organisation called SLUG in addresses: small letters, digits and hyphens."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > 80:
        raise click.ClickException(
            f"{slug} cannot stand in an address: use small letters, digits and hyphens."
        )
    organisation_service.create_organisation(
        SYSTEM, name=name, slug=slug, kind=kind, is_host=is_host, now=current_ports().clock.now()
    )
    click.echo(slug)


@click.group("accounts")
def accounts() -> None:
    """Accounts of people who sign in."""


@accounts.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The name shown beside what the person does.")
@click.option("--organisation", "slug", help="The organisation the person belongs to.")
@click.option("--role", type=click.Choice([OFFICIAL, EDITOR, MEMBER]), default=MEMBER, show_default=True)
@click.option("--administrator", is_flag=True, help="Looks after people and organisations.")
@click.option("--ask", is_flag=True, help="Ask for the password instead of making one.")
@with_appcontext
@reports_errors
def add_account(email: str, name: str, slug: str | None, role: str, administrator: bool, ask: bool) -> None:
    """Make an account for EMAIL; prints its password unless you were asked for it."""
    organisation = find_organisation(slug) if slug else None
    if slug and organisation is None:
        raise click.ClickException(f"There is no organisation called {slug}.")
    password = _password(ask)
    service.create_person(
        SYSTEM,
        email=email,
        name=name,
        password=password,
        is_administrator=administrator,
        memberships=((organisation.id, role),) if organisation else (),
        now=current_ports().clock.now(),
    )
    if not ask:
        click.echo(password)


@accounts.command("create-admin")
@click.argument("email")
@click.option(
    "--name", default="Administrator", show_default=True, help="The name shown beside what the person does."
)
@click.option("--ask", is_flag=True, help="Ask for the password instead of making one.")
@with_appcontext
@reports_errors
def create_admin(email: str, name: str, ask: bool) -> None:
    """Make an account for EMAIL that looks after the installation; prints its password unless you were asked for it."""
    if not _ADDRESS.fullmatch(email.strip()):
        raise click.ClickException(f"{email} is not an e-mail address.")
    password = _password(ask)
    service.create_person(
        SYSTEM,
        email=email,
        name=name,
        password=password,
        is_administrator=True,
        now=current_ports().clock.now(),
    )
    if not ask:
        click.echo(password)


def _password(ask: bool) -> str:
    if ask:
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return secrets.token_urlsafe(PASSWORD_BYTES)
