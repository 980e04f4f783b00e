"""A process that sends what is due until it is killed: ``python -m tests.services.sender URL PORT MINUTES``.

Its clock stands `MINUTES` after the beginning. It says "ready" when it begins and "done" when nothing is left.
"""

from __future__ import annotations

import sys

from consult.adapters.mail_smtp import SmtpMailer
from consult.services.letters.sending import send_pending
from tests.factories.apps import opened


def main(url: str, port: str, minutes: str) -> None:
    mailer = SmtpMailer(f"smtp://127.0.0.1:{port}", "Consult <consult@example.org>")
    with opened(url, mailer=mailer) as store:
        store.clock.advance(minutes=float(minutes))
        print("ready", flush=True)
        send_pending(now=store.clock.now)
        print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
