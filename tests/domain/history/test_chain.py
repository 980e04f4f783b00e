"""The record cannot be altered, shortened in the middle, reordered or added to without showing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from consult.domain.history.canonical import NotCanonical
from consult.domain.history.chain import (
    BadRecord,
    Link,
    ManifestRow,
    change_body,
    change_hash,
    is_sealed_by,
    moment,
    receipt_hash,
    sealed,
    text_digest,
    verify_chain,
    version_checksum,
)
from consult.domain.history.merkle import inclusion_proof, verify_inclusion

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SALT = bytes(range(16))


def change(number: int, prev: str | None, **other: Any) -> Link:
    fields: dict[str, Any] = {
        "document": "strategia",
        "number": number,
        "at": NOON + timedelta(minutes=number),
        "actor": sealed(f"urzędnik {number}", SALT),
        "note": None,
        "cause": {"kind": "comment", "ref": "17"},
        "operations": [{"kind": "save", "section": "s1", "text": text_digest(f"treść {number}")}],
        "prev": prev,
    }
    body = change_body(**{**fields, **other})
    return Link(body, change_hash(body))


def chain(length: int) -> list[Link]:
    links: list[Link] = []
    for number in range(1, length + 1):
        links.append(change(number, links[-1].hash if links else None))
    return links


def test_a_record_kept_as_written_is_sound() -> None:
    assert verify_chain([]) is None
    assert verify_chain(chain(20)) is None


@pytest.mark.parametrize(
    "field", ["document", "number", "at", "actor", "note", "cause", "operations", "prev"]
)
def test_altering_any_field_of_any_change_is_noticed_there(field: str) -> None:
    links = chain(5)
    for at in range(len(links)):
        altered = list(links)
        body = {**links[at].body, field: 99 if field == "number" else "inne"}
        altered[at] = replace(links[at], body=body)
        bad = verify_chain(altered)
        assert bad is not None
        assert (bad.at, bad.fault) == (at, "altered")


def test_rewriting_a_change_together_with_its_hash_is_noticed_at_the_next() -> None:
    links = chain(5)
    links[2] = change(3, links[1].hash, operations=[])

    assert verify_chain(links) == BadRecord(3, 4, "broken_link")


def test_a_dropped_swapped_or_repeated_change_is_noticed() -> None:
    links = chain(5)

    assert verify_chain(links[1:]) == BadRecord(0, 2, "out_of_order")
    assert verify_chain([*links[:2], *links[3:]]) == BadRecord(2, 4, "out_of_order")
    assert verify_chain([links[0], links[2], links[1]]) == BadRecord(1, 3, "out_of_order")
    assert verify_chain([links[0], *links]) == BadRecord(1, 1, "out_of_order")


def test_a_change_of_another_document_is_noticed() -> None:
    links = chain(2)
    foreign = change(3, links[-1].hash, document="statut")

    assert verify_chain([*links, foreign]) == BadRecord(2, 3, "other_document")


def test_a_record_of_an_unknown_format_is_unreadable_not_trusted() -> None:
    links = chain(1)
    body = {**links[0].body, "format": "consult-change-2"}

    assert verify_chain([Link(body, links[0].hash)]) == BadRecord(0, 1, "unreadable")
    with pytest.raises(NotCanonical):
        change_hash({**links[0].body, "extra": 1})


def test_the_hash_of_a_change_is_fixed_for_ever() -> None:
    """Released records must verify after every later release: this value may never change."""
    assert change(1, None).hash == "bc9782c35b3808d98f55485ebef9706bb41baa3abe673806671c64358fe58a11"


def test_a_sealed_value_is_recognised_and_cannot_be_guessed_without_its_salt() -> None:
    digest = sealed("Jan Kowalski", SALT)

    assert is_sealed_by(digest, "Jan Kowalski", SALT)
    assert not is_sealed_by(digest, "Jan Nowak", SALT)
    assert not is_sealed_by(digest, "Jan Kowalski", bytes(16))
    with pytest.raises(ValueError, match="salt"):
        sealed("Jan Kowalski", b"short")


def test_erasing_a_name_leaves_the_chain_sound() -> None:
    """Only digests enter the record, so there is nothing in it to erase."""
    assert all("urzędnik" not in repr(link.body) for link in chain(3))


def test_moments_are_spelled_in_utc_whatever_their_zone() -> None:
    warsaw_winter = timezone(timedelta(hours=1))

    assert moment(datetime(2026, 11, 20, 13, 0, tzinfo=warsaw_winter)) == moment(NOON)
    assert moment(NOON) == "2026-11-20T12:00:00.000000Z"
    with pytest.raises(NotCanonical):
        moment(datetime(2026, 11, 20, 12, 0))  # noqa: DTZ001


def rows() -> list[ManifestRow]:
    return [
        ManifestRow(n, f"s{n}", 1, 2, f"§ {n}", f"Przepis {n}", text_digest(f"## § {n}\n\ntreść\n"))
        for n in range(1, 8)
    ]


def test_the_checksum_of_a_version_depends_on_every_column_of_every_section() -> None:
    whole = version_checksum(rows())
    others = {
        version_checksum([*rows()[:3], replace(rows()[3], **altered), *rows()[4:]])
        for altered in (
            {"ordinal": 40},
            {"section_id": "x"},
            {"depth": 2},
            {"level": 3},
            {"label": "§ 4a"},
            {"heading": "Inny"},
            {"text_digest": text_digest("inna")},
        )
    }

    assert len(others) == 7
    assert whole not in others
    assert version_checksum(reversed(rows())) != whole
    assert whole == "3387b36723c34979748070e638de09b83583c648cc67bdff2eca9d0da2783a3a"


def test_one_section_can_be_proved_part_of_a_version_without_the_rest() -> None:
    leaves = [row.leaf() for row in rows()]
    proof = inclusion_proof(leaves, 4)

    assert verify_inclusion(4, 7, rows()[4].leaf(), proof, bytes.fromhex(version_checksum(rows())))


def test_a_receipt_vouches_for_its_comments_their_order_and_the_receipt_before() -> None:
    def receipt(**other: Any) -> str:
        fields: dict[str, Any] = {
            "register": "r1",
            "receipt_no": "2026/17",
            "received_at": NOON,
            "comments": [sealed("uwaga 1", SALT), sealed("uwaga 2", SALT)],
            "prev": None,
        }
        return receipt_hash(**{**fields, **other})

    others = [
        {"register": "r2"},
        {"receipt_no": "2026/18"},
        {"received_at": NOON + timedelta(seconds=1)},
        {"comments": [sealed("uwaga 2", SALT), sealed("uwaga 1", SALT)]},
        {"comments": [sealed("uwaga 1", SALT)]},
        {"prev": receipt()},
    ]

    assert len({receipt(), *(receipt(**other) for other in others)}) == 7
