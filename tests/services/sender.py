"""A process that sends what is due until it is killed.

Its clock stands `minutes` after the beginning. It says "ready" when it begins and "done" when nothing is left.
"""

from __future__ import annotations

from multiprocessing.connection import Connection

from consult.adapters.mail_smtp import SmtpMailer
from consult.services.letters.sending import send_pending
from tests.factories.apps import opened


def main(says: Connection, url: str, port: str, minutes: str) -> None:
    mailer = SmtpMailer(f"smtp://127.0.0.1:{port}", "Consult <consult@example.org>")
    with opened(url, mailer=mailer) as store:
        store.clock.advance(minutes=float(minutes))
        says.send("ready")
        send_pending(now=store.clock.now)
        says.send("done")
