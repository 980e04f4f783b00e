"""Letters handed to a mail server over SMTP (RFC 5321), in the open, with STARTTLS, or over TLS from the first byte.

A line to the server stays open from one letter to the next until `rest`, so that five hundred letters in a row sign in
once. Nothing of a letter is logged here; what the server answers goes to the operator only.
"""

from __future__ import annotations

import base64
import contextlib
import ipaddress
import secrets
import smtplib
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import formatdate, parseaddr
from typing import Any
from urllib.parse import unquote, urlsplit

from consult.ports.mail import Handover, Letter, MailRefused

SECONDS = 20
"""How long to wait for the server at each step."""

MOST_PER_LINE = 100
"""Letters handed over before a new line is opened; servers grow suspicious of endless ones."""

STOP = "List-Unsubscribe"

_PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail leaves."""

    host: str
    port: int
    is_tls: bool
    user: str = ""
    password: str = ""

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def server_of(url: str) -> Server:
    """The server a MAIL_URL names: smtp://user:password@host:port or smtps://…, user and password percent-encoded.

    Raises ValueError with what is wrong in a sentence for the operator; it never repeats the password.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS:
        raise ValueError(f"MAIL_URL begins with {parts.scheme or 'nothing'}; it must be smtp:// or smtps://")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("the port in MAIL_URL is not a number") from None
    if not parts.hostname:
        raise ValueError("MAIL_URL names no server")
    if parts.username and parts.password is None:
        raise ValueError("MAIL_URL names a user but no password")
    return Server(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        is_tls=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


class SmtpMailer:
    """Sends through one server. `url` is a MAIL_URL, `sender` is "Name <address>". A setting that is wrong refuses
    every letter instead of keeping the site from starting. Safe to use from several threads, one after another."""

    def __init__(self, url: str, sender: str) -> None:
        self._url, self._from = url, sender
        self._line: smtplib.SMTP | None = None
        self._sent_on_line = 0
        self._lock = threading.Lock()

    def send(self, letter: Letter) -> Handover:
        try:
            server, sender = server_of(self._url), _sender_of(self._from)
        except ValueError as error:
            raise MailRefused("setting", is_permanent=False, is_everybody=True, answer=str(error)) from None
        recipient = _recipient_of(letter)
        message = _message(letter, sender, recipient)
        with self._lock:
            line = self._open_line(server)
            with self._mishaps(line):
                line.send_message(message, from_addr=sender.addr_spec, to_addrs=[recipient.addr_spec])
            self._sent_on_line += 1
            return Handover(str(server), _tls_of(line), "250", is_signed_in=bool(server.user))

    def rest(self) -> None:
        with self._lock:
            self._close_line()

    # --- the line

    def _open_line(self, server: Server) -> smtplib.SMTP:
        """The open line, if it still is one, or a new one. Raises MailRefused for everybody."""
        if self._line is not None and self._sent_on_line < MOST_PER_LINE and _is_alive(self._line):
            return self._line
        self._close_line()
        self._line, self._sent_on_line = _new_line(server), 0
        return self._line

    def _close_line(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                line.quit()
            line.close()

    @contextlib.contextmanager
    def _mishaps(self, line: smtplib.SMTP) -> Iterator[None]:
        """What goes wrong with one letter, as a refusal; the line is given up unless the server is still talking."""
        try:
            yield
        except smtplib.SMTPRecipientsRefused as error:
            status, answer = next(iter(error.recipients.values()))
            raise _refusal(status, answer) from error
        except smtplib.SMTPSenderRefused as error:
            raise MailRefused(
                "sender_refused",
                is_permanent=False,  # the setting is wrong, not the letter: it waits until that is mended
                is_everybody=True,
                answer=_words(error.smtp_code, error.smtp_error),
            ) from error
        except smtplib.SMTPResponseException as error:
            if error.smtp_code in (421, -1):
                self._close_line()
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise MailRefused("address", is_permanent=True, answer=str(error)) from error
        except (OSError, smtplib.SMTPException) as error:
            line.close()
            self._line = None
            raise MailRefused("broken_off", is_permanent=False, answer=type(error).__name__) from error


def _new_line(server: Server) -> smtplib.SMTP:
    """A line to the server, encrypted where it offers that, signed in where there is a user. Raises MailRefused."""
    line: smtplib.SMTP | None = None
    trust = ssl.create_default_context()
    try:
        if server.is_tls:
            line = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=trust)
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
            line.ehlo_or_helo_if_needed()
            if line.has_extn("starttls"):
                line.starttls(context=trust)
        if server.user:
            if not _tls_of(line) and not _is_near(line):
                raise ssl.SSLError("the server offers no encryption, and a password is not sent in the open")
            _sign_in(line, server)
    except (OSError, smtplib.SMTPException) as error:
        if line is not None:
            line.close()
        raise _unreachable(error) from error
    return line


def _sign_in(line: smtplib.SMTP, server: Server) -> None:
    """The library signs in with ASCII only; a password with other letters goes as UTF-8 (RFC 4616)."""
    if (server.user + server.password).isascii():
        line.login(server.user, server.password)
        return
    line.ehlo_or_helo_if_needed()
    whole = base64.b64encode(f"\0{server.user}\0{server.password}".encode()).decode("ascii")
    status, answer = line.docmd("AUTH", f"PLAIN {whole}")
    if status not in (235, 503):
        raise smtplib.SMTPAuthenticationError(status, answer)


def _tls_of(line: smtplib.SMTP) -> str:
    """The protocol that protects the line, such as TLSv1.3; empty when nothing does."""
    return (line.sock.version() or "") if isinstance(line.sock, ssl.SSLSocket) else ""


def _is_near(line: smtplib.SMTP) -> bool:
    """Whether the server is this machine."""
    peer = line.sock.getpeername()[0] if line.sock is not None else ""
    return bool(ipaddress.ip_address(peer).is_loopback)


class _Lines(EmailPolicy):
    """Lines as a mail server takes them, but an address of the web is never broken or encoded: no program reads it then."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name == STOP:
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


_LINES = _Lines(linesep="\r\n")


def _message(letter: Letter, sender: Address, recipient: Address) -> EmailMessage:
    """A letter as the lines that leave."""
    message = EmailMessage(policy=_LINES)
    message["Date"] = formatdate()
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = " ".join(letter.subject.split())
    message["Message-ID"] = f"<{letter.reference or secrets.token_hex(12)}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notes in return, please
    message["X-Auto-Response-Suppress"] = "All"
    if letter.stop_href:
        message[STOP] = f"<{letter.stop_href}>"  # RFC 2369
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(letter.text, subtype="plain", cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = letter.language  # the contents take away what is said of contents before
    return message


def _sender_of(text: str) -> Address:
    """Raises ValueError, in a sentence for the operator, unless it is a name with an address."""
    name, address = parseaddr(text)
    try:
        return Address(display_name=name, addr_spec=address)
    except Exception:
        raise ValueError(
            "MAIL_FROM is not a name with an address, such as Consult <consult@example.org>"
        ) from None


def _recipient_of(letter: Letter) -> Address:
    """Raises MailRefused for an address nobody can have. A control character could begin a header of its own: names
    lose them, addresses with them are nobody's."""
    name = "".join(" " if ord(sign) < 32 or ord(sign) == 127 else sign for sign in letter.name)
    user, _, domain = letter.to.rpartition("@")
    if any(ord(sign) < 33 or ord(sign) == 127 for sign in letter.to):
        raise MailRefused("address", is_permanent=True)
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
        address = Address(display_name=" ".join(name.split())[:100], addr_spec=f"{user}@{ascii_domain}")
    except Exception as error:
        raise MailRefused("address", is_permanent=True) from error
    if not address.username or not address.domain:
        raise MailRefused("address", is_permanent=True)
    return address


def _is_alive(line: smtplib.SMTP) -> bool:
    try:
        return line.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def _unreachable(error: Exception) -> MailRefused:
    """Why no letter at all can leave now."""
    if isinstance(error, ssl.SSLError):
        code, answer = (
            "tls",
            _words(
                0, getattr(error, "verify_message", "") or getattr(error, "reason", "") or str(error.args[0])
            ),
        )
    elif isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPNotSupportedError):
        status = getattr(error, "smtp_code", 0)
        code, answer = "sign_in", _words(status, getattr(error, "smtp_error", str(error)))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, answer = "unreachable", _words(error.smtp_code, error.smtp_error)
    else:
        code, answer = "unreachable", str(error)
    return MailRefused(code, is_permanent=False, is_everybody=True, answer=answer)


def _refusal(status: int, answer: bytes | str) -> MailRefused:
    """4xx may go better later, 5xx never will (RFC 5321, 4.2.1)."""
    code = f"smtp_{status}" if 400 <= status < 600 else "broken_off"
    return MailRefused(code, is_permanent=500 <= status < 600, answer=_words(status, answer))


def _words(status: int, answer: bytes | str) -> str:
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{status} {' '.join(words.split())}"[:500] if status else " ".join(words.split())[:500]
