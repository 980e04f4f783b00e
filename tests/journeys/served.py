"""A site of the tests of pages served to real browsers by this process: people are signed in at once, the clock is set."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from consult.domain.policy.actors import Actor
from consult.services.accounts import sessions
from consult.services.accounts.sessions import Device
from consult.web.shared.viewers import TOKEN_KEY
from tests.web.visitors import Site, opened_site


class _Silent(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing: a test that fails shows its page."""


@contextmanager
def served_site(folder: Path) -> Iterator[tuple[Site, str]]:
    """A site, and the address at which it answers."""
    site = opened_site(folder)
    server = make_server("127.0.0.1", 0, site.app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


def signed_in(
    browser: Browser, site: Site, address: str, actor: Actor | None, **options: object
) -> tuple[BrowserContext, Page]:
    """A browser of its own in which somebody is signed in, or nobody."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 1000},
        locale="pl-PL",
        reduced_motion="reduce",
        **options,  # type: ignore[arg-type]
    )
    context.set_default_timeout(15_000)
    if actor is not None:
        with site.records() as store:
            begun = sessions.begin_session(
                actor.id or 0, means="password", device=Device(), is_strong=True, now=store.now
            )
        serializer = site.app.session_interface.get_signing_serializer(site.app)
        token = serializer.dumps({TOKEN_KEY: begun.token})
        context.add_cookies([{"name": "session", "value": token, "url": address}])
    return context, context.new_page()
