"""Whoever runs the installation sees how it runs, and never what people typed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from werkzeug.routing import AnyConverter, IntegerConverter

from consult.adapters.meters_prometheus import PrometheusMeters
from consult.app import create_app
from consult.logs import configure_logs
from consult.ports.search import SearchUnavailable
from consult.services import upkeep
from consult.settings import Settings
from consult.storage.database import db
from consult.web.shared.forms import Form
from consult.web.shared.limits import LIMITS, limiter
from tests.architecture.site import Site, opened_site
from tests.factories.apps import SettableClock, build_ports, new_sqlite
from tests.real_data import REPOSITORY

CANARY = "kanarek7531"
NAMES = {"X-Request-ID": "bramka-0123456789"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with opened_site(tmp_path_factory.mktemp("operations")) as opened:
        yield opened


@pytest.fixture
def site(whole: Site, tmp_path: Path) -> Iterator[Site]:
    """The site, counting in a folder of its own and with a worker that was just heard of."""
    limiter.enabled = False
    with whole.app.app_context():
        upkeep.beat(now=whole.store.clock.now)
    meters = PrometheusMeters(tmp_path / "meters")
    with whole.store.replaced(meters=meters):
        yield whole
    meters.close()


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """A function that gives what was logged since it was last asked, as JSON."""
    configure_logs("DEBUG")

    def logged() -> list[dict[str, Any]]:
        return [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.strip()]

    yield logged
    configure_logs("CRITICAL")


def figures(site: Site, **options: Any) -> dict[str, list[tuple[dict[str, str], float]]]:
    answer = site.client(None).get("/metrics", **options)
    assert answer.status_code == 200
    return {
        sample.name: [(other.labels, other.value) for other in family.samples if other.name == sample.name]
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


# --- logs


def test_an_answer_is_one_line_that_names_page_person_status_and_time(site: Site, lines: Any) -> None:
    client = site.client("official")
    lines()
    answer = client.get("/documents/new")
    (line,) = [line for line in lines() if line["event"] == "answered"]
    assert line["endpoint"] == "documents.new"
    assert (line["method"], line["status"]) == ("GET", 200)
    assert isinstance(line["ms"], float)
    assert isinstance(line["actor"], int)
    assert line["request"] == answer.headers["X-Request-ID"]


def test_what_a_service_logs_carries_the_name_of_the_request(site: Site, lines: Any) -> None:
    class Broken:
        def __getattr__(self, name: str) -> object:
            raise RuntimeError

    with site.store.replaced(search=Broken()):
        answer = site.client(None).get("/search?q=x")
    assert answer.status_code == 500
    logged = lines()
    assert {line["request"] for line in logged} == {answer.headers["X-Request-ID"]}
    assert answer.headers["X-Request-ID"] in answer.text


def test_a_name_is_taken_from_a_proxy_only_where_there_is_one_and_only_if_it_is_sound(tmp_path: Path) -> None:
    for hops, given, is_taken in (
        (0, "bramka-0123456789", False),
        (1, "bramka-0123456789", True),
        (1, "x" * 65, False),
        (1, 'zły"; drop', False),
        (1, "short", False),
    ):
        settings = Settings(
            consult_data=tmp_path,
            database_url=new_sqlite(tmp_path),
            secret_key="x",
            proxy_hops=hops,
            log_level="CRITICAL",
        )
        app = create_app(settings, ports=build_ports(SettableClock()))
        answer = app.test_client().get("/health", headers={"X-Request-ID": given})
        assert (answer.headers["X-Request-ID"] == given) == is_taken, (hops, given)
        with app.app_context():
            db.engine.dispose()


def every_field() -> dict[str, str]:
    """Every field any form of the site has, each holding the canary."""

    def below(form: type) -> Iterator[type]:
        for made in form.__subclasses__():
            yield made
            yield from below(made)

    names = {
        name
        for form in below(Form)
        for name in dir(form)
        if hasattr(getattr(form, name, None), "creation_counter")
    }
    assert {"email", "password", "text", "name"} <= names
    return dict.fromkeys(names | {"q", "secret", "token"}, CANARY)


def addresses(site: Site, *, with_canary: bool) -> Iterator[tuple[str, set[str]]]:
    adapter = site.app.url_map.bind("localhost")
    for rule in site.app.url_map.iter_rules():
        values: dict[str, object] = {}
        for name in rule.arguments:
            known = site.arguments.get(name)
            converter = rule._converters[name]
            if isinstance(converter, IntegerConverter):
                values[name] = known or 1
            elif isinstance(converter, AnyConverter):
                values[name] = min(converter.items)
            else:
                values[name] = CANARY if with_canary else known or CANARY
        methods = rule.methods or set()
        with site.app.test_request_context():
            yield (
                adapter.build(rule.endpoint, values, method="GET" if "GET" in methods else "POST"),
                methods,
            )


@pytest.mark.parametrize(("who", "with_canary"), [(None, True), ("official", False), ("administrator", True)])
def test_nothing_anybody_types_and_no_secret_in_an_address_reaches_the_logs(
    site: Site, lines: Any, who: str | None, with_canary: bool
) -> None:
    client, fields = site.client(who), every_field()
    token = client.get("/sign-in").text.partition('name="csrf_token"')[2].partition('value="')[2]
    fields["csrf_token"] = token.partition('"')[0]
    asked = 0
    for address, methods in addresses(site, with_canary=with_canary):
        if "sign-out" in address:
            continue
        asked += 1
        client.get(
            address,
            query_string={"q": CANARY, "next": f"/{CANARY}"},
            headers={"Referer": CANARY},
            buffered=True,
        )
        if "POST" in methods:
            client.post(
                address,
                data=fields,
                buffered=True,
                headers={"User-Agent": CANARY, "Cookie": f"lang={CANARY}"},
            )
            client.post(address, data=fields, buffered=True)
    logged = lines()
    assert len([line for line in logged if line["event"] == "answered"]) >= asked
    assert [line for line in logged if CANARY in json.dumps(line)] == []


def test_an_error_inside_is_logged_with_its_place_and_without_its_words(site: Site, lines: Any) -> None:
    class Talkative:
        def __getattr__(self, name: str) -> object:
            raise ValueError(f"cannot digest {CANARY}") from KeyError(CANARY)

    with site.store.replaced(search=Talkative()):
        assert site.client(None).get(f"/search?q={CANARY}").status_code == 500
    logged = lines()
    (failure,) = [line for line in logged if line["event"] == "request failed"]
    assert failure["error"] == ["ValueError", "KeyError"]
    assert "test_operations.py" in failure["places"][-1]
    assert CANARY not in json.dumps(logged)


def test_what_the_database_refuses_is_said_without_the_values(site: Site) -> None:
    with site.app.app_context():
        with pytest.raises(OperationalError) as refusal:
            db.session.execute(text("SELECT nothing FROM person WHERE email = :email"), {"email": CANARY})
        db.session.rollback()
    assert CANARY not in str(refusal.value)


def test_libraries_log_in_the_same_form(lines: Any) -> None:
    import logging

    logging.getLogger("some.library").warning("it %s", "happened")
    (line,) = lines()
    assert (line["event"], line["level"], line["logger"]) == ("it happened", "warning", "some.library")


# --- figures


def test_answers_are_counted_by_page_method_and_status(site: Site) -> None:
    client = site.client(None)
    for _ in range(3):
        client.get("/documents")
    client.get("/nie-ma")
    client.post("/documents")
    client.open("/documents", method="BREW")
    counted = {tuple(labels.values()): value for labels, value in figures(site)["consult_requests_total"]}
    assert counted["documents.list_all", "GET", "200"] == 3
    assert counted["none", "GET", "404"] == 1
    assert counted["none", "POST", "405"] + counted["none", "OTHER", "405"] == 2


def test_pages_answered_from_memory_are_counted_under_their_own_name(site: Site, lines: Any) -> None:
    address = f"/documents/{site.arguments['slug']}"
    client = site.app.test_client()
    answers = [client.get(address) for _ in range(4)]
    assert len({answer.headers["X-Request-ID"] for answer in answers}) == 4
    counted = {tuple(labels.values()): value for labels, value in figures(site)["consult_requests_total"]}
    assert counted["documents.show", "GET", "200"] == 4
    assert [line.get("kept", False) for line in lines() if line.get("endpoint") == "documents.show"] == [
        False,
        True,
        True,
        True,
    ]


def test_times_are_kept_as_a_histogram_that_adds_up(site: Site) -> None:
    client = site.client(None)
    for _ in range(5):
        client.get("/documents")
    seen = figures(site)
    buckets = [
        (float(labels["le"]), value)
        for labels, value in seen["consult_request_seconds_bucket"]
        if labels["endpoint"] == "documents.list_all"
    ]
    assert [value for _, value in sorted(buckets)] == sorted(value for _, value in buckets)
    assert max(buckets) == (float("inf"), 5)


def test_what_waits_is_in_the_figures(site: Site) -> None:
    seen = figures(site)
    for name in (
        "consult_build_info", "consult_letters_pending", "consult_letters_oldest_seconds",
        "consult_letters_sent_last_day", "consult_letters_failed", "consult_index_lag_events",
        "consult_index_usable", "consult_worker_silent_seconds", "consult_deliveries_pending",
    ):  # fmt: skip
        assert name in seen, name
    assert seen["consult_consultations_open"][0][1] == 1


COUNTING = """
import sys
from pathlib import Path
from consult.adapters.meters_prometheus import PrometheusMeters
meters = PrometheusMeters(Path(sys.argv[1]))
for number in range(1000):
    meters.observe("page", "GET", 200, 0.02)
"""


def test_processes_count_together(tmp_path: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", COUNTING, str(tmp_path)], cwd=REPOSITORY) for _ in range(3)
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    meters = PrometheusMeters(tmp_path)
    report = meters.report([]).decode()
    assert 'consult_requests_total{endpoint="page",method="GET",status="200"} 3000.0' in report
    assert 'consult_request_seconds_count{endpoint="page"} 3000.0' in report
    meters.begin()
    assert "3000" not in meters.report([]).decode()


@pytest.mark.parametrize(
    ("token", "headers", "address", "status"),
    [
        ("", {}, "127.0.0.1", 200),
        ("", {}, "::1", 200),
        ("", {}, "192.0.2.7", 403),
        ("", {"X-Forwarded-For": "192.0.2.7"}, "127.0.0.1", 403),
        ("s3cret", {}, "192.0.2.7", 403),
        ("s3cret", {"Authorization": "Bearer s3cret"}, "192.0.2.7", 200),
        ("s3cret", {"Authorization": "Bearer other"}, "192.0.2.7", 403),
        ("s3cret", {"Authorization": "Bearer s3crét"}, "127.0.0.1", 403),
        ("", {"Authorization": "Bearer "}, "192.0.2.7", 403),
    ],
)
def test_figures_are_for_this_machine_and_for_whoever_has_the_token(
    site: Site, token: str, headers: dict[str, str], address: str, status: int
) -> None:
    before = site.app.config["SETTINGS"]
    site.app.config["SETTINGS"] = before.model_copy(update={"metrics_token": token})
    try:
        answer = site.client(None).get(
            "/metrics", headers=headers, environ_overrides={"REMOTE_ADDR": address}
        )
    finally:
        site.app.config["SETTINGS"] = before
    assert answer.status_code == status


def test_no_figure_is_about_a_person(site: Site) -> None:
    client = site.client("official")
    client.get(f"/documents/{site.arguments['slug']}?q={CANARY}")
    text = site.client(None).get("/metrics").text
    assert CANARY not in text
    assert "official@" not in text
    assert str(site.arguments["secret"]) not in text


# --- alive and ready


def test_a_site_that_works_is_alive_and_ready(site: Site) -> None:
    assert site.client(None).get("/health").status_code == 200
    answer = site.client(None).get("/ready")
    assert answer.json == {"database": "ok", "index": "ok", "worker": "ok", "disk": "ok"}
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_silent_worker_is_said(site: Site) -> None:
    site.store.clock.at += timedelta(minutes=4)
    try:
        answer = site.client(None).get("/ready")
    finally:
        site.store.clock.at -= timedelta(minutes=4)
    assert (answer.status_code, answer.json["worker"]) == (503, "silent")  # type: ignore[index]


def test_a_broken_index_and_a_disk_nobody_can_write_to_are_said(site: Site) -> None:
    class Damaged:
        def watermark(self) -> int:
            raise SearchUnavailable("broken")

    class Full:
        def problem(self) -> str:
            return "full"

    with site.store.replaced(search=Damaged(), files=Full()):
        answer = site.client(None).get("/ready")
    assert answer.status_code == 503
    assert answer.json == {"database": "ok", "index": "broken", "worker": "ok", "disk": "full"}


def test_a_database_of_another_version_is_said(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from consult.storage import migrate

    monkeypatch.setattr(migrate, "_expected", lambda _folder: ("9999",))
    answer = site.client(None).get("/ready")
    assert (answer.status_code, answer.json["database"]) == (503, "outdated")  # type: ignore[index]


def test_a_store_without_tables_is_said(tmp_path: Path) -> None:
    settings = Settings(consult_data=tmp_path, secret_key="x", log_level="CRITICAL")
    app = create_app(settings, ports=replace(build_ports(SettableClock())))
    answer = app.test_client().get("/ready")
    with app.app_context():
        db.engine.dispose()
    assert answer.status_code == 503
    assert answer.json is not None
    assert (answer.json["database"], answer.json["worker"]) == ("unreachable", "unknown")


# --- limits


GUESSING = """
import sys
from pathlib import Path
from consult.app import create_app
from consult.settings import Settings
from tests.factories.apps import SettableClock, build_ports
folder = Path(sys.argv[1])
settings = Settings(consult_data=folder, secret_key="x", log_level="CRITICAL")
client = create_app(settings, ports=build_ports(SettableClock())).test_client()
print(*[client.post("/sign-in", data={"email": "a@example.org"}).status_code for _ in range(8)])
"""


def test_two_web_processes_count_guesses_together(tmp_path: Path) -> None:
    new_sqlite(tmp_path)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", GUESSING, str(tmp_path)],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    found = sorted(status for process in running for status in process.communicate()[0].split())
    assert found == ["422"] * 10 + ["429"] * 6


def test_whoever_guesses_is_told_in_words_when_to_come_back_and_a_colleague_is_not_kept_out(
    site: Site,
) -> None:
    client = site.app.test_client()
    limiter.enabled = True
    try:
        statuses = [client.post("/sign-in", data={"email": "a@example.org"}).status_code for _ in range(11)]
        refused = client.post("/sign-in", data={"email": "A@example.org "})
        colleague = client.post("/sign-in", data={"email": "b@example.org"})
    finally:
        limiter.enabled = False
        limiter.reset()
    assert statuses == [422] * 10 + [429]
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 3600
    assert "za minutę" in refused.text or "za 2 minuty" in refused.text  # the window may end a second later
    assert "default-src 'none'" in refused.headers["Content-Security-Policy"]
    assert colleague.status_code == 422


def test_reading_a_page_is_never_counted(site: Site) -> None:
    client = site.app.test_client()
    limiter.enabled = True
    try:
        assert {client.get("/sign-in").status_code for _ in range(80)} == {200}
    finally:
        limiter.enabled = False
        limiter.reset()


def test_there_is_a_limit_for_everything_a_stranger_can_do_often() -> None:
    assert {"sign_in", "code", "broker", "register", "forgot", "links", "comments", "search"} <= LIMITS.keys()
    assert {"organisations", "meetings"} <= LIMITS.keys()


# --- headers


@pytest.mark.parametrize("address", ["/", "/health", "/ready", "/nie-ma", "/static/css/base.css"])
def test_every_answer_says_what_a_browser_may_do_with_it(site: Site, address: str) -> None:
    headers = site.client(None).get(address, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src" not in policy  # default-src forbids it
    for feature in ("camera", "geolocation", "microphone", "payment", "usb"):
        assert f"{feature}=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in headers
