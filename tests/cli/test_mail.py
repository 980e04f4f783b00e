"""Whoever runs the installation learns from one command whether mail leaves, and what is wrong when it does not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result

from consult.adapters.mail_console import ConsoleMailer
from consult.adapters.mail_smtp import SmtpMailer
from consult.cli.accounts import accounts
from consult.cli.mail import mail
from consult.domain.errors import InvalidInput
from consult.ports.mail import Mailer, MailRefused
from consult.services import accounts as account_service
from consult.services.letters import post
from consult.settings import Settings
from consult.storage.unit_of_work import unit_of_work
from tests.adapters.mail_server import certificate, mail_server, server_side
from tests.factories import records
from tests.factories.apps import Store
from tests.services.test_letters import Picky

SENDER = "Konsultacje <konsultacje@example.org>"
SOMEBODY = "operator@example.org"


def run(store: Store, *words: str, mailer: Mailer | None = None, **settings: str) -> Result:
    store.app.config["SETTINGS"] = Settings(**settings)  # type: ignore[arg-type]
    runner = store.app.test_cli_runner()
    with store.replaced(**({"mailer": mailer} if mailer else {})):
        return runner.invoke(mail, list(words))


@contextmanager
def tls_server(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    pem = certificate(folder)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with mail_server(starttls=server_side(pem)) as box:
        yield box


def test_a_trial_letter_arrives_and_the_command_says_how(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tls_server(tmp_path, monkeypatch) as box:
        done = run(
            store,
            "test",
            SOMEBODY,
            mailer=SmtpMailer(f"smtp://127.0.0.1:{box.port}", SENDER),  # type: ignore[attr-defined]
            public_address="https://konsultacje.example.org",
            mail_from=SENDER,
        )
    assert done.exit_code == 0, done.output
    assert f"took the letter to {SOMEBODY}" in done.output
    assert "protected by TLSv1" in done.output
    (message,) = box.messages  # type: ignore[attr-defined]
    assert message["Subject"] == "Wiadomość próbna z Consult"
    assert "https://konsultacje.example.org" in message.get_body(("plain",)).get_content()


def test_a_line_in_the_open_and_addresses_nobody_else_can_follow_are_pointed_out(store: Store) -> None:
    with mail_server() as box:
        done = run(store, "test", SOMEBODY, mailer=SmtpMailer(f"smtp://127.0.0.1:{box.port}", SENDER))
    assert done.exit_code == 0, done.output
    assert "not protected" in done.output
    assert "PUBLIC_ADDRESS" in done.output
    assert "MAIL_FROM" in done.output


def test_letters_written_to_the_console_are_said_to_reach_nobody(store: Store) -> None:
    done = run(store, "test", SOMEBODY, mailer=ConsoleMailer())
    assert done.exit_code == 1
    assert "MAIL_URL" in done.output


@pytest.mark.parametrize(
    ("url", "sender", "setting"),
    [
        ("smtp://127.0.0.1:1", SENDER, "MAIL_URL"),
        ("http://127.0.0.1", SENDER, "MAIL_URL"),
        ("smtp://127.0.0.1:1", "nikt", "MAIL_FROM"),
    ],
)
def test_the_setting_that_is_wrong_is_named(store: Store, url: str, sender: str, setting: str) -> None:
    done = run(store, "test", SOMEBODY, mailer=SmtpMailer(url, sender))
    assert done.exit_code == 1
    assert setting in done.output
    assert "Traceback" not in done.output


def test_a_refusal_is_told_in_the_words_of_the_server(store: Store) -> None:
    with mail_server() as box:
        box.replies["RCPT"] = "550 5.1.1 No such user here"
        done = run(store, "test", SOMEBODY, mailer=SmtpMailer(f"smtp://127.0.0.1:{box.port}", SENDER))
    assert done.exit_code == 1
    assert "refused" in done.output
    assert "No such user here" in done.output


def test_what_has_not_left_is_counted_with_its_errors(store: Store) -> None:
    picky = Picky()
    picky.refusals["everybody"] = MailRefused("smtp_450", is_permanent=False)
    with store.replaced(mailer=picky):
        for due_at in (store.now, store.now + timedelta(days=1)):
            with unit_of_work() as work:
                post(
                    work,
                    "operations/test",
                    person_id=records.new_person(store).id,
                    at=store.now,
                    due_at=due_at,
                )
        done = run(store, "pending")
    assert done.exit_code == 0, done.output
    lines = dict(line.split("\t") for line in done.output.splitlines())
    assert (lines["waiting"], lines["later"], lines["error smtp_450"]) == ("1", "1", "1")


# --- the first administrator


def test_the_first_administrator_signs_in_with_the_printed_password(store: Store) -> None:
    runner = store.app.test_cli_runner()
    made = runner.invoke(accounts, ["create-admin", "Admin@Example.org"])
    assert made.exit_code == 0, made.output
    person = account_service.sign_in("admin@example.org", made.output.strip())
    assert account_service.actor_of(person).is_administrator
    again = runner.invoke(accounts, ["create-admin", "admin@example.org"])
    assert again.exit_code == 1
    assert "already" in again.output
    with pytest.raises(InvalidInput):
        account_service.sign_in("admin@example.org", again.output.strip())


@pytest.mark.parametrize("address", ["admin", "a b@example.org", "@", "admin@"])
def test_no_administrator_is_made_for_what_is_no_address(store: Store, address: str) -> None:
    assert store.app.test_cli_runner().invoke(accounts, ["create-admin", address]).exit_code == 1
