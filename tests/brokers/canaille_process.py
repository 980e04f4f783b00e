"""A real OpenID Connect provider (Canaille) on loopback, under the name localhost so that its cookies are not ours.

``python -m tests.brokers.canaille_process PORT CALLBACK`` serves until it is told to stop, everything in memory. Two things are
added to what Canaille does by itself: the claim ``email_verified``, as a broker such as Keycloak would send it, and a
store in memory that finds what meets all conditions. Its own finds what meets any of them, so that one person's consent
was taken for another's, now and then.
"""

from __future__ import annotations

import datetime
import sys
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

CLIENT_ID = "konsultacje"
CLIENT_SECRET = "a secret the test and the issuer share"
PASSWORD = "haslo u posrednika"

USERS = {
    # user name: (e-mail, name, whether the address was verified)
    "mieszkanka": ("nowa@example.org", "Mieszkanka", True),
    "urzedniczka": ("urzad@example.org", "Urzędniczka, Urząd Miasta", True),
    "niepewny": ("niepewny@example.org", "Mieszkaniec", False),
    "niezdecydowana": ("niezdecydowana@example.org", "Członkini zarządu, Fundacja A", True),
}


def main(port: int, callback: str) -> None:
    from canaille import create_app
    from canaille.app import models
    from canaille.backends import Backend
    from canaille.backends.memory.backend import MemoryBackend

    MemoryBackend.do_query = _meeting_all_conditions
    app = create_app(
        {
            "SECRET_KEY": "a key of tests",
            "SERVER_NAME": f"localhost:{port}",
            "PREFERRED_URL_SCHEME": "http",
            "CANAILLE": {
                "DATABASE": "memory",
                "JAVASCRIPT": False,
                "HTMX": False,
                "ENABLE_PASSWORD_RECOVERY": False,
            },
            "CANAILLE_OIDC": {"TRUSTED_DOMAINS": [".invalid"]},  # so that people are asked whether they agree
        },
        env_file=None,
    )
    verified = [name for name, (_, _, is_verified) in USERS.items() if is_verified]
    app.config["CANAILLE_OIDC"]["USERINFO_MAPPING"]["EMAIL_VERIFIED"] = (
        f"{{{{ 'true' if user.user_name in {verified!r} else '' }}}}"
    )
    with app.app_context():
        now = datetime.datetime.now(datetime.UTC)
        for name, (email, shown, _) in USERS.items():
            Backend.instance.save(
                models.User(
                    user_name=name,
                    formatted_name=shown,
                    family_name=shown,
                    emails=[email],
                    password=PASSWORD,
                    created=now,
                    last_modified=now,
                )
            )
        client = models.Client(
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            client_id_issued_at=now,
            client_name="Consult",
            client_uri=callback,
            contacts=["urzad@example.org"],
            redirect_uris=[callback],
            grant_types=["authorization_code"],
            response_types=["code"],
            scope=["openid", "email", "profile"],
            token_endpoint_auth_method="client_secret_basic",
        )
        Backend.instance.save(client)
        client.audience = [client]
        Backend.instance.save(client)
    # browsers open connections they may never use: each has a thread of its own
    make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet).serve_forever()


def _meeting_all_conditions(self: Any, model: Any, *_: object, **conditions: Any) -> list[Any]:
    """Records of a model for which every condition holds; a list of values means any of them."""
    found = set(self.index(model))
    for attribute, wanted in conditions.items():
        values = wanted if isinstance(wanted, list) else [] if wanted is None else [wanted]
        index = self.attribute_index(model, attribute)
        found &= {key for value in model.serialize(values) for key in index.get(value, [])}
    records = [model(**state) for key, state in self.index(model).items() if key in found]
    for record in records:
        record._cache = {}
    return records


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
