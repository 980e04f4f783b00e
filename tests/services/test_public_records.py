"""Anybody can check a document's record without Consult: whatever was altered is found and named, by one check each."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from consult.domain.errors import NotFound, RuleBroken
from consult.domain.policy.actors import ANONYMOUS, SYSTEM
from consult.services import drafting
from consult.services.attributions import attribute_change
from consult.services.public_records import make_public_record, make_receipt_file
from tests.factories.apps import Store, new_sqlite, opened
from tests.factories.records import RESIDENT, comment_on, new_document, open_consultation, publish, section

PROGRAM = Path(__file__).parents[2] / "static" / "record" / "check_record.py"
Json = dict[str, Any]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(new_sqlite(tmp_path_factory.mktemp("record"))) as store:
        yield store


@pytest.fixture(scope="module")
def files(store: Store) -> tuple[Json, Json]:
    """The record of a document of two versions that was commented on, and a receipt."""
    slug = new_document(store)
    open_consultation(store, slug)
    receipt = comment_on(store, slug, "siedmiu dni", proposed="trzech dni")
    comment_on(store, slug, "na piśmie", sender=RESIDENT)
    standing = section(slug, "Konsultacje")
    drafting.save_section(
        SYSTEM,
        slug,
        standing.section_id,
        source=standing.source.replace("uchwały", "uchwały i zarządzenia"),
        base_text_id=standing.text_id,
        note="Po rozmowie z Mieszkanką",
        now=store.clock.advance(hours=1),
    )
    drafting.move_section(
        SYSTEM,
        slug,
        section(slug, "Konsultacje").section_id,
        after_section_id=None,
        now=store.clock.advance(hours=1),
    )
    publish(store, slug, "druga wersja")
    for number in (2, 3):
        attribute_change(
            SYSTEM,
            slug,
            number,
            kind="reason",
            reason="Rozmowa z Mieszkanką",
            now=store.clock.advance(hours=1),
        )
    drafting.remove_section(
        SYSTEM, slug, section(slug, "Forma konsultacji").section_id, now=store.clock.advance(hours=1)
    )
    return make_public_record(ANONYMOUS, slug), make_receipt_file(
        receipt.register_id, receipt.receipt_no, receipt.secret
    )


def check(
    folder: Path, record: Json, *receipts: Json, words: tuple[str, ...] = (), program: Path = PROGRAM
) -> tuple[int, str]:
    """What the program says of these files: its exit code and its words."""
    names = []
    for at, content in enumerate((record, *receipts)):
        path = folder / f"{at}.json"
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        names.append(str(path))
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(program), *names, *words],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, done.stdout + done.stderr


def test_the_program_is_short_and_needs_nothing_but_python() -> None:
    assert len(PROGRAM.read_text().splitlines()) < 200
    imported = {
        line.split()[1] for line in PROGRAM.read_text().splitlines() if line.startswith(("import ", "from "))
    }
    assert imported <= sys.stdlib_module_names


def test_an_untouched_record_and_receipt_hold(files: tuple[Json, Json], tmp_path: Path) -> None:
    record, receipt = files
    words = ("--hash", record["versions"][1]["checksum"], receipt["hash"][:16])
    code, said = check(tmp_path, record, receipt, words=words)
    assert code == 0, said
    assert "holds: 3 changes, 2 versions, 2 receipts, 2 acts" in said
    assert "in the register: comments 1" in said


def altered(record: Json, alter: Callable[[Json], object]) -> Json:
    changed = copy.deepcopy(record)
    alter(changed)
    return changed


def reseal(record: Json, start: int = 0) -> None:
    """Cover the traces: give every change the hash its altered body has, and let versions name it."""
    import hashlib

    from consult.domain.history.canonical import canonical

    hashes = {}
    for change in record["changes"][start:]:
        change["hash"] = hashlib.sha256(canonical(change["body"])).hexdigest()
        hashes[change["body"]["number"]] = change["hash"]
    for version in record["versions"]:
        version["change_hash"] = hashes.get(version["change"], version["change_hash"])


def swap_changes(record: Json) -> None:
    record["changes"][1], record["changes"][2] = record["changes"][2], record["changes"][1]


def other_document(record: Json) -> None:
    record["changes"][0]["body"]["document"] = "inny"
    reseal(record)


def break_link(record: Json) -> None:
    """Rewrite a note of the past and seal that change anew."""
    record["changes"][0]["body"]["note"] = "0" * 64
    reseal(record)


def drop_version(record: Json) -> None:
    del record["versions"][0]


def alter_text(record: Json) -> None:
    section = record["versions"][0]["sections"][1]
    section["text"] = section["text"].replace("dni", "dnia", 1)


def alter_heading(record: Json) -> None:
    record["versions"][0]["sections"][1]["heading"] += "!"


def cut_tail(record: Json) -> None:
    del record["changes"][-1]


def publish_other_words(record: Json) -> None:
    """Publish words nobody wrote, with a checksum that fits them."""
    from consult.domain.history.chain import ManifestRow, text_digest, version_checksum

    version = record["versions"][1]
    version["sections"][1]["text"] += "Dopisane.\n"
    version["checksum"] = version_checksum(
        ManifestRow(
            ordinal=at,
            section_id=one["section"],
            depth=one["depth"],
            level=one["level"],
            label=one["label"],
            heading=one["heading"],
            text_digest=text_digest(one["text"]),
        )
        for at, one in enumerate(version["sections"])
    )


def drop_last_receipt(record: Json) -> None:
    del record["registers"][0]["receipts"][-1]


def alter_receipt(record: Json) -> None:
    record["registers"][0]["receipts"][0]["comments"][0] = "0" * 64


def say_other_cause(record: Json) -> None:
    record["acts"]["kept"][0]["body"]["cause"] = {"kind": "editorial", "ref": None}


def swap_acts(record: Json) -> None:
    record["acts"]["kept"].reverse()


def drop_last_act(record: Json) -> None:
    del record["acts"]["kept"][-1]


TAMPERING: list[tuple[Callable[[Json], None], str, str]] = [
    (lambda record: record["changes"][1].update(hash="0" * 64), "change_hashes", "change 2: it was altered"),
    (
        lambda record: record["changes"][1]["body"].update(at="2020-01-01T00:00:00.000000Z"),
        "change_hashes",
        "change 2: it was altered",
    ),
    (swap_changes, "change_order", "change 2: one is missing, repeated or out of order"),
    (other_document, "change_order", "change 1: it belongs to another document"),
    (break_link, "change_chain", "change 2: it does not follow the one before"),
    (drop_version, "version_order", "version 1: one is missing or out of order"),
    (alter_text, "version_checksums", "version 1: its text was altered"),
    (alter_heading, "version_checksums", "version 1: its text was altered"),
    (cut_tail, "version_changes", "version 2: its change is not in the chain"),
    (publish_other_words, "version_replay", "version 2: it holds other words than the changes led to"),
    (drop_last_receipt, "receipt_chain", "receipts are missing at its end"),
    (alter_receipt, "receipt_chain", "/1: it was altered"),
    (say_other_cause, "act_chain", "act 1: what it says was altered"),
    (swap_acts, "act_chain", "act 1: it, or one before, was altered"),
    (drop_last_act, "act_chain", "acts are missing at the end"),
]


@pytest.mark.parametrize(("alter", "by", "said"), TAMPERING, ids=[f"{at}-{one[1]}" for at, one in enumerate(TAMPERING)])  # fmt: skip
def test_whatever_is_altered_is_named_by_the_check_that_is_there_for_it(
    files: tuple[Json, Json], tmp_path: Path, alter: Callable[[Json], None], by: str, said: str
) -> None:
    record = altered(files[0], alter)
    code, words = check(tmp_path, record)
    assert code == 1
    assert said in words
    without = tmp_path / "without.py"
    program = PROGRAM.read_text().replace(f"{by}, ", "").replace(f", {by}]", "]").replace(f"[{by}]", "[]")
    assert program.count(by) == 1, "only its definition is left"
    without.write_text(program)
    _, words = check(tmp_path, record, program=without)
    assert said not in words


def test_a_receipt_that_says_something_else_is_refused(files: tuple[Json, Json], tmp_path: Path) -> None:
    record, receipt = files
    other = copy.deepcopy(receipt)
    other["comments"][0]["words"]["text"]["value"] += "!"
    assert "comment 1 says something else" in check(tmp_path, record, other)[1]
    other = copy.deepcopy(receipt)
    other["comments"][0]["record"]["kind"] = "support"
    assert "the register holds other comments" in check(tmp_path, record, other)[1]
    other = copy.deepcopy(receipt)
    other["receipt"] = 77
    assert "the register does not hold it" in check(tmp_path, record, other)[1]
    assert check(tmp_path, record, words=("--hash", "0" * 20))[0] == 1


def test_what_is_no_record_is_said_to_be_none(tmp_path: Path) -> None:
    for content in ({}, {"changes": 1}, {"changes": [{}], "versions": [], "registers": []}):
        code, said = check(tmp_path, content)
        assert code == 1
        assert "not a record that can be read" in said


def test_the_public_record_names_nobody_and_holds_no_words_of_comments_or_later_drafts(
    files: tuple[Json, Json],
) -> None:
    spelled = json.dumps(files[0], ensure_ascii=False)
    for private in ("Mieszkank", "salt", "trzech dni", files[1]["comments"][0]["words"]["text"]["value"]):
        assert private not in spelled
    assert len(files[0]["changes"]) == 3


def test_there_is_no_record_of_what_was_not_published(store: Store) -> None:
    slug = new_document(store)
    with pytest.raises(RuleBroken, match="nothing_published"):
        make_public_record(SYSTEM, slug)
    with pytest.raises(NotFound):
        make_public_record(ANONYMOUS, slug)


def test_a_receipt_is_given_only_to_whoever_holds_its_secret(files: tuple[Json, Json]) -> None:
    register = int(files[1]["register"].rsplit("/", 1)[1])
    with pytest.raises(NotFound):
        make_receipt_file(register, 1, "zgadywane")
