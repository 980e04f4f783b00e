"""Letters reach a real mail server whole, over a protected line where there is one, and refusals are understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from consult.adapters.mail_smtp import SmtpMailer, server_of
from consult.ports.mail import Letter, MailRefused
from tests.adapters.mail_server import PASSWORD, USER, Box, certificate, mail_server, server_side

SENDER = "Konsultacje gminy – zażółć <konsultacje@example.org>"
SUBJECT = "Przedłużono konsultacje „Strategia rozwoju” – do 15 września, godz. 23.59 " + "ąę" * 60
TEXT = "Dzień dobry,\n\nzażółć gęślą jaźń.\n.\nhttps://konsultacje.example.org/" + "a" * 120 + "\n"
HTML = "<!doctype html><html lang='pl'><body><p>Zażółć gęślą jaźń.</p></body></html>"


def letter(to: str = "mieszkanka@example.org", **changes: str) -> Letter:
    values = {
        "subject": SUBJECT,
        "text": TEXT,
        "html": HTML,
        "name": "Mieszkanka Łodzi",
        "reference": "7.abc",
    }
    return Letter(to=to, **(values | changes))


_OPEN: list[SmtpMailer] = []


def mailer(box: Box, *, scheme: str = "smtp", user: str = "") -> SmtpMailer:
    _OPEN.append(SmtpMailer(f"{scheme}://{user}127.0.0.1:{box.port}", SENDER))
    return _OPEN[-1]


@pytest.fixture(autouse=True)
def _let_go_of_every_line() -> Iterator[None]:
    yield
    while _OPEN:
        _OPEN.pop().rest()


USER_PART = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@"


def test_a_letter_arrives_as_it_was_written() -> None:
    with mail_server() as box:
        handover = mailer(box).send(letter())
    (message,) = box.messages
    assert message["Subject"] == SUBJECT
    assert message["From"].addresses[0].display_name == "Konsultacje gminy – zażółć"
    assert message["To"].addresses[0].display_name == "Mieszkanka Łodzi"
    assert box.envelopes == [("konsultacje@example.org", ["mieszkanka@example.org"])]
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text
    assert html
    assert text.get_content().replace("\r\n", "\n") == TEXT
    assert html.get_content().strip() == HTML
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert (handover.server, handover.tls) == (f"127.0.0.1:{box.port}", "")


def test_a_letter_says_that_a_machine_wrote_it_and_carries_nothing_that_watches() -> None:
    with mail_server() as box:
        mailer(box).send(letter())
    (message,) = box.messages
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"]
    assert message["Content-Language"] == "pl"
    assert not {"disposition-notification-to", "return-receipt-to"} & {name.lower() for name in message}


def test_a_letter_of_many_says_where_one_press_ends_them() -> None:
    stop = "https://konsultacje.przykladowa-gmina.pl/searches/stop/" + "Ab_-9" * 9
    with mail_server() as box:
        mailer(box).send(replace(letter(), stop_href=stop))
        mailer(box).send(letter())
    many, single = box.messages
    assert many["List-Unsubscribe"] == f"<{stop}>"
    assert many["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert single["List-Unsubscribe"] is None


def test_every_line_that_leaves_is_seven_bit_and_short() -> None:
    with mail_server() as box:
        mailer(box).send(letter())
    assert all(len(line) <= 998 and line.isascii() for line in box.raw[0].split(b"\r\n"))


def test_a_letter_sent_twice_can_be_known_as_one_and_another_cannot_be_taken_for_it() -> None:
    with mail_server() as box:
        sender = mailer(box)
        for reference in ("7.abc", "7.abc", "8.def"):
            sender.send(letter(reference=reference))
    first, second, third = (message["Message-ID"] for message in box.messages)
    assert first == second == "<7.abc@example.org>"
    assert third != first


@pytest.mark.parametrize(
    "mischief",
    [
        {"subject": "Temat\r\nBcc: ktos@example.org"},
        {"subject": "Temat\nBcc: ktos@example.org\n\nTreść"},
        {"name": "Mieszkanka\r\nBcc: ktos@example.org"},
        {"name": '"><ktos@example.org>, '},
    ],
)
def test_nobody_slips_a_header_or_another_recipient_into_a_letter(mischief: dict[str, str]) -> None:
    with mail_server() as box:
        mailer(box).send(letter(**mischief))
    (message,) = box.messages
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["To"].addresses] == ["mieszkanka@example.org"]
    assert box.envelopes[0][1] == ["mieszkanka@example.org"]


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\r\nRCPT TO:<b@example.org>", "a@example.org, b@example.org", "bez małpy", "@example.org",
        "a@", "", "a b@example.org", "a@example.org\x00", "a@" + "b" * 300 + ".org",
    ],
)  # fmt: skip
def test_what_is_nobodys_address_is_given_up_without_asking_a_server(address: str) -> None:
    with mail_server() as box, pytest.raises(MailRefused) as refusal:
        mailer(box).send(letter(address))
    assert (refusal.value.code, refusal.value.is_permanent) == ("address", True)
    assert (box.lines, box.messages) == (0, [])


def test_a_domain_with_polish_letters_is_written_as_servers_know_it() -> None:
    with mail_server() as box:
        mailer(box).send(letter("sekretariat@łódź.example.org"))
    assert box.envelopes[0][1] == ["sekretariat@xn--d-uga0v4h.example.org"]


# --- the line


def test_starttls_is_used_where_the_server_offers_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with mail_server(starttls=server_side(pem), with_auth=True) as box:
        handover = mailer(box, user=USER_PART).send(letter())
    assert handover.tls.startswith("TLSv1")
    assert handover.is_signed_in
    assert box.signed_in == [True]


def test_a_server_that_speaks_tls_from_the_first_byte_is_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with mail_server(tls=server_side(pem)) as box:
        handover = mailer(box, scheme="smtps").send(letter())
    assert handover.tls.startswith("TLSv1")
    assert len(box.messages) == 1


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_nothing_is_sent_to_a_server_that_cannot_prove_who_it_is(scheme: str, tmp_path: Path) -> None:
    context = server_side(certificate(tmp_path))
    options = {"tls": context} if scheme == "smtps" else {"starttls": context}
    with mail_server(**options) as box, pytest.raises(MailRefused) as refusal:
        mailer(box, scheme=scheme).send(letter())
    assert (refusal.value.code, refusal.value.is_everybody) == ("tls", True)
    assert not refusal.value.is_permanent
    assert box.messages == []


def test_a_wrong_password_is_the_settings_fault_and_not_the_letters() -> None:
    with mail_server(with_auth=True) as box, pytest.raises(MailRefused) as refusal:
        mailer(box, user="ktos:zle@").send(letter())
    assert (refusal.value.code, refusal.value.is_everybody, refusal.value.is_permanent) == (
        "sign_in",
        True,
        False,
    )
    assert "zle" not in refusal.value.answer


def test_a_password_is_not_sent_in_the_open_to_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consult.adapters.mail_smtp._is_near", lambda _line: False)
    with mail_server(with_auth=True) as box, pytest.raises(MailRefused) as refusal:
        mailer(box, user=USER_PART).send(letter())
    assert refusal.value.code == "tls"
    assert box.messages == []


def test_a_server_that_is_not_there_keeps_every_letter_waiting() -> None:
    with mail_server() as box:
        pass
    with pytest.raises(MailRefused) as refusal:
        mailer(box).send(letter())
    assert (refusal.value.code, refusal.value.is_everybody, refusal.value.is_permanent) == (
        "unreachable",
        True,
        False,
    )


def test_many_letters_go_over_one_line_and_a_lost_line_is_opened_anew() -> None:
    with mail_server() as box:
        sender = mailer(box)
        for _ in range(5):
            sender.send(letter())
        assert box.lines == 1
        port = box.port
    with mail_server(port=port) as again:
        sender.send(letter())
    assert (len(box.messages), len(again.messages)) == (5, 1)


# --- refusals


@pytest.mark.parametrize(
    ("command", "reply", "code", "is_permanent"),
    [
        ("RCPT", "550 5.1.1 No such user", "smtp_550", True),
        ("RCPT", "450 4.2.0 Greylisted, try later", "smtp_450", False),
        ("RCPT", "452 4.2.2 Mailbox full", "smtp_452", False),
        ("DATA", "554 5.7.1 Looks like spam", "smtp_554", True),
        ("DATA", "451 4.3.0 Local error", "smtp_451", False),
        ("DATA", "hang up", "broken_off", False),
    ],
)
def test_a_refusal_of_one_letter_says_whether_to_try_again(
    command: str, reply: str, code: str, is_permanent: bool
) -> None:
    with mail_server() as box:
        box.replies[command] = reply
        sender = mailer(box)
        with pytest.raises(MailRefused) as refusal:
            sender.send(letter())
        box.replies.clear()
        sender.send(letter("druga@example.org"))  # the next one goes
    assert (refusal.value.code, refusal.value.is_permanent, refusal.value.is_everybody) == (
        code,
        is_permanent,
        False,
    )
    assert [tos for _, tos in box.envelopes] == [["druga@example.org"]]


def test_a_sender_the_server_does_not_know_stops_everybody() -> None:
    with mail_server() as box:
        box.replies["MAIL"] = "553 5.7.1 Not your domain"
        with pytest.raises(MailRefused) as refusal:
            mailer(box).send(letter())
    assert (refusal.value.code, refusal.value.is_everybody, refusal.value.is_permanent) == (
        "sender_refused",
        True,
        False,
    )
    assert "Not your domain" in refusal.value.answer


# --- settings


@pytest.mark.parametrize(
    ("url", "host", "port", "is_tls", "user", "password"),
    [
        ("smtp://poczta.example.org", "poczta.example.org", 25, False, "", ""),
        ("smtps://poczta.example.org", "poczta.example.org", 465, True, "", ""),
        (
            "smtp://a%40b.pl:p%3Aq%2Fr%40s@poczta.example.org:587",
            "poczta.example.org",
            587,
            False,
            "a@b.pl",
            "p:q/r@s",
        ),
        ("smtp://[::1]:2525", "::1", 2525, False, "", ""),
    ],
)
def test_a_server_is_named_by_an_address(
    url: str, host: str, port: int, is_tls: bool, user: str, password: str
) -> None:
    server = server_of(url)
    assert (server.host, server.port, server.is_tls, server.user, server.password) == (
        host,
        port,
        is_tls,
        user,
        password,
    )


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("http://poczta.example.org", SENDER),
        ("poczta.example.org", SENDER),
        ("smtp://", SENDER),
        ("smtp://poczta.example.org:abc", SENDER),
        ("smtp://sekret@poczta.example.org", SENDER),
        ("smtp://127.0.0.1:9", "bez adresu"),
    ],
)
def test_a_setting_that_is_wrong_is_named_and_lets_the_letters_wait(url: str, sender: str) -> None:
    with pytest.raises(MailRefused) as refusal:
        SmtpMailer(url, sender).send(letter())
    assert (refusal.value.code, refusal.value.is_everybody, refusal.value.is_permanent) == (
        "setting",
        True,
        False,
    )
    assert "MAIL_" in refusal.value.answer
    assert "sekret" not in refusal.value.answer
