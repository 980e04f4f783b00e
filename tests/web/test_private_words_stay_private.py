"""A canary in every private place; then everybody reads everything there is, and each canary is seen only by those it may.

Pages, feeds, calendars, exports, results of searches, lines of the log and letters are all read. A new column of text
needs a row in `COLUMNS` (`private_words.py`), and a private one a row in `PLANTS`.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import time, timedelta
from urllib.parse import urldefrag, urlsplit

import pytest
import structlog
from sqlalchemy import LargeBinary, String, Text, text

from consult.domain.policy.actors import ANONYMOUS, SYSTEM, Actor
from consult.services import (
    attributions,
    comments,
    dispositions,
    drafting,
    explanations,
    groups,
    invitations,
    meetings,
    moderation,
    organisations,
    redactions,
    search,
    section_notes,
)
from consult.services.accounts.keeping import ask_new_address
from consult.services.accounts.requests import decide_data_request
from consult.services.comments import Remark, Sender
from consult.storage.database import db
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from tests.architecture.site import PASSWORD
from tests.factories import records
from tests.factories.apps import Store
from tests.factories.letters_on_paper import enter_late
from tests.factories.pictures import bring_files
from tests.web.private_words import CODE, COLUMNS, EVERYBODY, PLANTS, PRIVATE, PUBLIC, SECRET
from tests.web.test_who_may_go_where import cells
from tests.web.visitors import opened_site
from tests.web.worlds import ROLES, World, opened_world

CANARY = re.compile(r"kanarek([a-p]{3})")
_LINK = re.compile(r'(?:href|src|action)="([^"]+)"')
MOST_PAGES = 1_000


def canary(number: int) -> str:
    """A word that stands nowhere else, all of letters, so that nothing parts or shortens it."""
    return "kanarek" + in_letters(number)


def companion(number: int) -> str:
    """The word that stands beside a canary. Searches ask for it: a page of results repeats what was asked, so a canary
    on one was found."""
    return "gniazdo" + in_letters(number)


def in_letters(number: int) -> str:
    letters = "abcdefghijklmnop"
    return letters[number // 256] + letters[number // 16 % 16] + letters[number % 16]


def number_of(word: str) -> int:
    value = 0
    for letter in word:
        value = value * 16 + "abcdefghijklmnop".index(letter)
    return value


@dataclass
class Aviary:
    """The world with its canaries, the log kept while it was read, and every secret there is."""

    world: World
    log: io.StringIO
    secrets: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def aviary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aviary]:
    log, usual, kept = io.StringIO(), sys.stderr, structlog.get_config()
    sys.stderr = log
    try:
        with opened_world(
            "closed", tmp_path_factory.mktemp("aviary"), lambda folder: opened_site(folder, log_level="DEBUG")
        ) as world:
            _forget_loggers()
            with world.site.records() as store:
                names = _more(world, store)
                plant(names)
                search.reindex(now=store.clock.now)
                found = Aviary(world, log, secrets_in_store())
            yield found
    finally:
        sys.stderr = usual
        structlog.configure(**kept)
        _forget_loggers()


def _forget_loggers() -> None:
    """Let every module's logger look up anew where it writes."""
    for name, module in list(sys.modules.items()):
        if name.startswith("consult"):
            with suppress(AttributeError, KeyError):
                del vars(module)["log"].__dict__["bind"]


def _more(world: World, store: Store) -> dict[str, object]:
    """What only some may see: a document, a group, answers and a note nobody published, comments by an account."""
    official = world.actors["official"]
    # a step taken before the consultation that has closed by now
    db.session.execute(
        text(
            "INSERT INTO stage_step (document_id, from_stage, to_stage, note, change_no, at) "
            "SELECT id, 'drafting', 'agreed', 'Zgoda zespołu', 1, '2026-01-01 09:00:00' FROM document WHERE slug = :slug"
        ),
        {"slug": world.things["slug"]},
    )
    db.session.commit()
    hidden = records.new_document(store, "# Ukryty projekt\n\nTreść.\n", host_id=world.host_id)
    first = records.sections(hidden)[0]
    drafting.save_section(
        official,
        hidden,
        first.section_id,
        source=first.source + "\nZdanie.\n",
        base_text_id=first.text_id,
        note="Notatka zespołu",
        now=store.now,
    )
    attributions.attribute_change(
        official, hidden, 2, kind="reason", reason="Na wniosek komisji.", now=store.now
    )
    bring_files(store, hidden)
    section_notes.write_section_note(
        official, hidden, first.section_id, "summary", "Co wolno.", now=store.now
    )
    group = groups.make_group(
        SYSTEM, world.host_id, groups.GroupText(name="Zespół ukryty", visibility="host"), now=store.now
    )
    invitations.invite_to_group(
        SYSTEM, str(world.things["group"]), role="member", email="do-grupy@example.org", now=store.now
    )
    refused = records.new_organisation(store, "Fundacja C")
    organisations.refuse_organisation(
        SYSTEM, organisations_slug(refused), reason="Nie ma jej w rejestrze.", now=store.now
    )
    organisations.invite(
        SYSTEM, str(world.things["organisation"]), email="zaproszona@example.org", now=store.now
    )
    commenter = records.new_person(store)
    world.actors["commenter"] = commenter
    consultation_id = int(str(world.things["consultation_id"]))
    consultation = consultation_queries.get_consultation(consultation_id)
    world.site.clock.advance(days=-20)
    comments.submit_comments(
        commenter,
        str(world.things["slug"]),
        [Remark(text="Z konta.", justification="Bo tak.")],
        Sender(capacity="resident", name=commenter.name, email="z-konta@example.org"),
        form_token="",
        now=store.now,
    )
    _hide_one(store, str(world.things["slug"]))
    comment = comment_queries.find_comment(consultation.register_id, 2, with_drafts=True)
    assert comment is not None
    _cut_out(official, comment.id, comment.text or "", store)
    earliest = comment_queries.find_comment(consultation.register_id, 1, with_drafts=True)
    assert earliest is not None
    put_back = _cut_out(official, earliest.id, earliest.text or "", store)
    redactions.undo_redaction(official, put_back, note="Pomyłka.", now=store.now)
    explanation = explanations.explain_comment(SYSTEM, comment.id, "Wyjaśnienie.", now=store.now)
    explanations.withdraw_explanation(SYSTEM, explanation, reason="Pomyłka.", now=store.now)
    plan = meetings.MeetingPlan(
        kind="meeting",
        title="Spotkanie otwarte",
        day=(store.now + timedelta(days=5)).date(),
        starts=time(17, 0),
        ends=time(19, 0),
        place="Biblioteka",
    )
    meeting_id = int(str(world.things["meeting_id"]))
    meetings.edit_meeting(SYSTEM, meeting_id, plan, reason="Remont.", now=store.now)
    resident = world.actors["resident"]
    ask_new_address(resident, email="nowy@example.org", current=PASSWORD, now=store.now)
    world.site.clock.advance(days=20)
    meetings.save_note(
        official, int(str(world.things["meeting_id"])), "Notatka.", publish=False, now=store.now
    )
    enter_late(store, consultation_id)
    for comment in comment_queries.list_comments(consultation.register_id, with_drafts=True):
        dispositions.save_disposition(
            official,
            comment.id,
            outcome="rejected",
            justification="Robocze.",
            expected_revision=0,
            now=store.now,
        )
    records.leave_unsaved(store, official, hidden)
    records.leave_unsent(store, official, hidden)
    world.things |= {"hidden": hidden, "hidden_group": group}
    return {
        "slug": world.things["slug"],
        "hidden": hidden,
        "hidden_group": group,
        "resident": world.actors["resident"].id,
        "commenter": commenter.id,
        "refused": refused,
    }


def _cut_out(official: Actor, comment_id: int, words: str, store: Store) -> int:
    return redactions.redact_comment(
        official, comment_id, words=words, reason="personal", note="Pismo.", now=store.now
    )


def organisations_slug(organisation_id: int) -> str:
    from consult.storage.queries.organisations import get_organisation_by_id

    return get_organisation_by_id(organisation_id).slug


def _hide_one(store: Store, slug: str) -> None:
    """A guest's comment hidden by the office, and the guest's appeal."""
    remark = Remark(text="Do ukrycia.", justification="Z powodami.")
    sent = comments.submit_comments(
        ANONYMOUS, slug, [remark], Sender(capacity="resident"), form_token="", now=store.now
    )
    records.hide_comment(store, sent)
    moderation.appeal_by_receipt(
        ANONYMOUS,
        sent.register_id,
        sent.receipt_no,
        sent.secret,
        sent.numbers[0],
        words="Odwołuję się.",
        now=store.now,
    )


def plant(names: dict[str, object]) -> None:
    """Write every canary over what stands in its place; the record's guards stand aside for it."""
    connection = db.session.connection()
    for name in (
        connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    ):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for number, one in enumerate(PLANTS):
        table, _, column = one.column.partition(".")
        given = {name: value for name, value in names.items() if f":{name}" in one.where}
        word, beside = canary(number), companion(number)
        value = f"{beside}.{word}@example.org" if column in ("email", "address") else f"{word} {beside}"
        if column == "source":
            value = f"# {word}\n\n{word} {beside}\n"
        if column in ("html", "note_html"):
            value = f"<p>{word} {beside}</p>"
        is_file = isinstance(db.metadata.tables[table].columns[column].type, LargeBinary)
        word_kept = value.encode() if is_file else value
        connection.execute(
            text(f'UPDATE "{table}" SET "{column}" = :word WHERE {one.where}'), {"word": word_kept, **given}
        )
    db.session.commit()


def secrets_in_store() -> set[str]:
    """Every value of a secret column, as it might be written somewhere."""
    found: set[str] = set()
    for name, kind in COLUMNS.items():
        if kind != SECRET:
            continue
        table, _, column = name.partition(".")
        rows = db.session.execute(text(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL'))
        for (value,) in rows:
            if value:
                found.add(value.hex() if isinstance(value, bytes) else str(value))
    return found


def addresses(world: World) -> list[str]:
    """Where reading begins: an example of every page, the hidden things, and a search for what stands beside every canary."""
    hidden, register = world.things["hidden"], world.things["register_id"]
    return [
        *(cell.address for cell in cells(world) if cell.method == "GET"),
        *(
            f"/documents/{hidden}{tail}"
            for tail in ("", "/draft", "/history", "/comments", "/text.md", "/text.html")
        ),
        f"/documents/{hidden}/text.docx",
        f"/documents/{world.things['slug']}/text.xlsx",
        f"/groups/{world.things['hidden_group']}",
        *(f"/comments/{register}/{number}" for number in (1, 2, 3)),
        *(f"/search?q={companion(number)}" for number in range(len(PLANTS))),
    ]


def read_everything(world: World, role: str) -> Iterator[tuple[str, str]]:
    """(address, words) of all somebody can reach from there by following links."""
    client = world.visitor(role).client
    ahead, known = list(addresses(world)), set(addresses(world))
    for _ in range(MOST_PAGES):
        if not ahead:
            return
        address = ahead.pop(0)
        answer = client.get(address)
        yield address, words_in(answer.data)
        if answer.mimetype != "text/html":
            continue
        for link in _LINK.findall(answer.text):
            found = urldefrag(link.replace("&amp;", "&")).url
            if is_ours_to_read(found) and found not in known:
                known.add(found)
                ahead.append(found)


def is_ours_to_read(address: str) -> bool:
    parts = urlsplit(address)
    return (
        not parts.netloc
        and parts.path.startswith("/")
        and not parts.path.startswith(("/static", "/sign-in", "/sign-out"))
        and "lang=" not in parts.query
        and parts.path != "/search"
    )


def words_in(content: bytes) -> str:
    """The words of a page or a file, those of office files unpacked."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return " ".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    return content.decode("utf-8", "replace")


def described(number: int) -> str:
    one = PLANTS[number]
    return f"{one.column} where {one.where} ({one.reason})"


@dataclass
class Reading:
    """What somebody read: where each canary was met first, and secrets that stood somewhere."""

    seen: dict[int, str] = field(default_factory=dict)
    leaked: list[str] = field(default_factory=list)
    pages: int = 0


@pytest.fixture(scope="module")
def readings(aviary: Aviary) -> dict[str, Reading]:
    """Everything, read by everybody."""
    return {role: _read(aviary, role) for role in ROLES}


def _read(aviary: Aviary, role: str) -> Reading:
    reading = Reading()
    for address, words in read_everything(aviary.world, role):
        reading.pages += 1
        for word in set(CANARY.findall(words)):
            reading.seen.setdefault(number_of(word), address)
        reading.leaked += [
            f"{address}: {secret[:6]}…" for secret in aviary.secrets if len(secret) >= 16 and secret in words
        ]
    return reading


@pytest.mark.parametrize("role", ROLES)
def test_everybody_reads_the_private_words_that_are_theirs_to_read_and_no_others(
    readings: dict[str, Reading], role: str
) -> None:
    wrong = [
        f"{role} reads {described(number)} at {address}"
        for number, address in readings[role].seen.items()
        if role not in PLANTS[number].seen_by
    ]
    assert readings[role].pages > 100
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_what_opens_something_or_proves_who_one_is(
    aviary: Aviary, readings: dict[str, Reading], role: str
) -> None:
    assert len(aviary.secrets) > 20
    assert not readings[role].leaked, "\n".join(readings[role].leaked[:5])


def test_every_canary_sings_where_it_may_be_heard(readings: dict[str, Reading]) -> None:
    """Otherwise the table would forbid what nobody tried to show."""
    mute = [
        described(number)
        for number, one in enumerate(PLANTS)
        if one.seen_by and not any(number in reading.seen for reading in readings.values())
    ]
    assert not mute, "\n".join(mute)


def test_the_log_holds_no_private_word_and_no_secret(aviary: Aviary, readings: dict[str, Reading]) -> None:
    lines = aviary.log.getvalue()
    assert lines.count("\n") > 0
    heard = [described(number_of(word)) for word in CANARY.findall(lines)]
    assert not heard, "\n".join(heard)
    assert not [secret for secret in aviary.secrets if len(secret) >= 16 and secret in lines]


def test_letters_hold_only_private_words_of_whom_they_go_to(
    aviary: Aviary, readings: dict[str, Reading]
) -> None:
    world = aviary.world
    with world.site.records() as store:
        sent = len(store.ports.mailer.sent)  # type: ignore[attr-defined]
        consultation_id = int(str(world.things["consultation_id"]))
        dispositions.publish_dispositions(world.actors["official"], consultation_id, now=store.now)
        slug = str(world.things["organisation"])
        organisations.accept_request(
            world.actors["representative"], slug, int(str(world.things["join_id"])), now=store.now
        )
        decide_data_request(
            world.actors["administrator"],
            int(str(world.things["request_id"])),
            decision="carried_out",
            reason="Poprawiono.",
            now=store.now,
        )
        letters = store.ports.mailer.sent[sent:]  # type: ignore[attr-defined]
    assert letters
    wrong = [
        f"{letter.subject} to {letter.to}: {described(number)}"
        for letter in letters
        for number in {
            number_of(word) for word in CANARY.findall(f"{letter.subject} {letter.text} {letter.html}")
        }
        if not is_theirs(number, letter.to)
    ]
    assert not wrong, "\n".join(wrong)


def is_theirs(number: int, address: str) -> bool:
    """Whether a private word may stand in a letter to this address: public by now, or about whoever it goes to."""
    one = PLANTS[number]
    if one.seen_by == EVERYBODY or "disposition_revision" in one.where:
        return True
    found = CANARY.search(address)
    whose = PLANTS[number_of(found[1])] if found else None
    return whose is not None and (":resident" in one.where) == (":resident" in whose.where)


def test_every_column_of_text_says_what_it_holds() -> None:
    there = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | Text | LargeBinary)
        or isinstance(getattr(column.type, "impl", None), String | Text)
    }
    assert there - set(COLUMNS) == set(), "say in COLUMNS of tests/web/private_words.py what these hold"
    assert set(COLUMNS) - there == set()
    assert set(COLUMNS.values()) <= {CODE, PRIVATE, PUBLIC, SECRET}


def test_every_private_column_has_a_canary_with_a_reason() -> None:
    planted = {one.column for one in PLANTS}
    assert {name for name, kind in COLUMNS.items() if kind == PRIVATE} == planted
    assert all(one.reason and one.seen_by <= EVERYBODY for one in PLANTS)


def test_every_sealed_value_has_a_canary() -> None:
    leading = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "seal" for key in column.foreign_keys)
    }
    planted = {one.reason.partition(":")[0] for one in PLANTS if one.column == "seal.value"}
    assert leading == planted
