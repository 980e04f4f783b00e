"""A real mail server on loopback that keeps what it is given, and refuses what a test tells it to."""

from __future__ import annotations

import datetime
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "biuro@example.org", "pa:ss/wörd@1"


@dataclass
class Box:
    """What the server was given: messages with their envelopes. `replies` are by command ("MAIL", "RCPT", "DATA") or
    recipient; `lines` counts connections."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    replies: dict[str, str] = field(default_factory=dict)
    signed_in: list[bool] = field(default_factory=list)
    lines: int = 0
    transports: list[Any] = field(default_factory=list)


class _Handler:
    def __init__(self, box: Box) -> None:
        self._box = box

    async def handle_EHLO(
        self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: Any
    ) -> Any:
        session.host_name = hostname
        self._box.lines += 1
        self._box.transports.append(server.transport)
        return responses

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        if reply := self._box.replies.get("MAIL"):
            return reply
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        if reply := self._box.replies.get(address) or self._box.replies.get("RCPT"):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        reply = self._box.replies.get("DATA", "")
        if reply == "hang up":
            server.transport.abort()
            return "421 gone"
        if reply:
            return reply
        self._box.raw.append(envelope.content)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self._box.messages.append(message)
        self._box.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        self._box.signed_in.append(bool(session.authenticated))
        return "250 Taken"


def _who(server: SMTP, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    is_right = (
        isinstance(given, LoginPassword)
        and given.login == USER.encode()
        and given.password == PASSWORD.encode()
    )
    return AuthResult(success=is_right, handled=False)


@contextmanager
def mail_server(
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    with_auth: bool = False,
    port: int = 0,
) -> Iterator[Box]:
    """A server for a while; on an open port unless one is named."""
    box = Box()
    options: dict[str, Any] = {"tls_context": starttls} if starttls else {}
    if with_auth:
        options |= {
            "authenticator": _who,
            "auth_required": bool(starttls),
            "auth_require_tls": bool(starttls),
        }
    controller = Controller(
        _Handler(box), hostname="127.0.0.1", port=port or _free_port(), ssl_context=tls, **options
    )
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        for transport in box.transports:
            controller.loop.call_soon_threadsafe(transport.abort)
        time.sleep(0.05)  # lets the server close what it holds open before its loop ends
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def certificate(folder: Path, *, host: str = "127.0.0.1") -> Path:
    """A file with a key and a certificate for `host` that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail of the tests")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "mail.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def server_side(pem: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context
