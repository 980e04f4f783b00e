"""Our own site as an installation serves it, on a copy of a store, with somebody of the office signed in.

The worker is left out, as the searching and the tidying of peers are: both come after the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from consult.adapters.passwords_argon2 import Argon2Passwords
from consult.cli.serve import web_command
from consult.domain.policy.actors import OFFICIAL
from consult.storage.queries.accounts import find_person
from consult.storage.unit_of_work import end_reading
from tests.bench.browsing import Answer, Browser, form_with, free_port, served
from tests.factories.apps import Store
from tests.factories.records import PASSWORD, new_person


@contextmanager
def site_served(store: Store, *, host_id: int) -> Iterator[Browser]:
    """The site on `store`, a browser at it signed in as an official of the host."""
    with store.replaced(passwords=Argon2Passwords()):
        official = new_person(store, (host_id, OFFICIAL))
    person = find_person(official.id or 0)
    assert person is not None
    end_reading()
    folder, port = Path(store.url.removeprefix("sqlite:///")).parent, free_port()
    with served(
        web_command("127.0.0.1", port),
        port,
        path="/health",
        log=folder / "web.log",
        environment={
            "CONSULT_DATA": str(folder),
            "DATABASE_URL": "",
            "PUBLIC_ADDRESS": f"http://127.0.0.1:{port}",
        },
    ) as browser:
        sent = send(browser, "/sign-in", "password", {"email": person.email, "password": PASSWORD})
        assert sent.status == 303, sent.text[:500]
        yield browser


def send(browser: Browser, path: str, name: str, fields: dict[str, str]) -> Answer:
    """Open a page and send the form of it that has a field of this name with `fields` filled in."""
    return browser.post(path, form_with(browser.get(path).text, name) | fields)
