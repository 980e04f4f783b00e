"""A host's look can be read, its crest is only a picture, and its standing texts are never rewritten."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, PngImagePlugin
from sqlalchemy import text

from consult.domain.errors import InvalidInput, NotFound, NotPermitted
from consult.domain.policy.actors import EDITOR, MEMBER, OFFICIAL, REPRESENTATIVE, SYSTEM, Actor
from consult.services import hosts
from consult.storage.database import db
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import organisations as queries
from tests.factories.apps import Store
from tests.factories.records import (
    comment_on,
    declaration,
    new_document,
    new_host,
    new_organisation,
    new_person,
    open_consultation,
    small_picture,
)


def new_slug(store: Store) -> str:
    return queries.get_organisation_by_id(new_host(store)).slug


def bomb() -> bytes:
    """A PNG of a few hundred bytes that claims 60 000 by 60 000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


# --- crest ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_crest_becomes_a_small_png(store: Store, kind: str) -> None:
    slug = new_slug(store)
    hosts.change_crest(SYSTEM, slug, small_picture(kind, (900, 1_800)), now=store.now)
    content, tag = queries.get_crest(slug)
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (256, 512))
    assert len(tag) == 64


def test_nothing_of_the_file_but_its_pixels_is_kept(store: Store) -> None:
    slug = new_slug(store)
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Tajna Osoba")
    exif = Image.Exif()
    exif[0x010E] = "Tajny opis"
    sent = io.BytesIO()
    Image.new("RGB", (20, 20)).save(sent, "PNG", pnginfo=notes, exif=exif)
    hosts.change_crest(SYSTEM, slug, sent.getvalue() + b"<script>alert(1)</script>", now=store.now)
    content, _ = queries.get_crest(slug)
    for secret in (b"Tajn", b"script", b"tEXt", b"eXIf"):
        assert secret not in content


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "picture_drawing"),
        (b"\xef\xbb\xbf \n<?xml version='1.0'?><svg/>", "picture_drawing"),
        (b"\x1f\x8b\x08" + b"x" * 40, "picture_drawing"),
        (b"GIF89a" + b"\0" * 40, "picture_kind"),
        (b"<html><script>alert(1)</script></html>", "picture_kind"),
        (b"%PDF-1.7", "picture_kind"),
        (small_picture()[:60], "picture_damaged"),
        (bomb(), "picture_too_large"),
        (b"\x89PNG" + b"\0" * 5_000_001, "picture_too_large"),
        (b"", "file_missing"),
    ],
    ids=[
        "svg",
        "svg after a mark",
        "packed svg",
        "gif",
        "page",
        "pdf",
        "broken off",
        "bomb",
        "heavy",
        "none",
    ],
)
def test_what_is_no_picture_is_refused_and_the_old_crest_stays(
    store: Store, content: bytes, code: str
) -> None:
    slug = new_slug(store)
    hosts.change_crest(SYSTEM, slug, small_picture(), now=store.now)
    before = queries.get_crest(slug)
    with pytest.raises(InvalidInput) as refusal:
        hosts.change_crest(SYSTEM, slug, content, now=store.now)
    assert refusal.value.code == f"invalid.{code}"
    assert refusal.value.facts["field"] == "crest"
    assert queries.get_crest(slug) == before


def test_a_crest_can_be_taken_away(store: Store) -> None:
    slug = new_slug(store)
    hosts.change_crest(SYSTEM, slug, small_picture(), now=store.now)
    hosts.drop_crest(SYSTEM, slug, now=store.now)
    with pytest.raises(NotFound):
        queries.get_crest(slug)


# --- colour ---------------------------------------------------------------------------------------------


def test_a_colour_that_can_be_read_is_kept_and_another_is_answered_with_one_that_can(store: Store) -> None:
    slug = new_slug(store)
    hosts.change_look(SYSTEM, slug, accent="7A1F3D", now=store.now)
    assert queries.get_host_page(slug).accent == "#7a1f3d"
    with pytest.raises(InvalidInput) as refusal:
        hosts.change_look(SYSTEM, slug, accent="#ffd700", now=store.now)
    assert refusal.value.code == "invalid.colour_contrast"
    hosts.change_look(SYSTEM, slug, accent=str(refusal.value.facts["nearest"]), now=store.now)
    for wrong in ("red", "#12345", "#7a1f3d;}", "url(x)"):
        with pytest.raises(InvalidInput, match=r"invalid\.colour"):
            hosts.change_look(SYSTEM, slug, accent=wrong, now=store.now)
    hosts.change_look(SYSTEM, slug, accent="", now=store.now)
    assert queries.get_host_page(slug).accent == ""


# --- who may --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [MEMBER, EDITOR, REPRESENTATIVE, ""])
def test_only_officials_and_administrators_look_after_a_host(store: Store, role: str) -> None:
    host_id = new_host(store)
    slug = queries.get_organisation_by_id(host_id).slug
    neighbour = new_person(store, (new_host(store), OFFICIAL))
    for who in (new_person(store, (host_id, role)) if role else new_person(store), neighbour):
        acts: list[Callable[[Actor], object]] = [
            lambda who: hosts.change_look(who, slug, accent="", now=store.now),
            lambda who: hosts.change_contact(who, slug, hosts.Contact(), now=store.now),
            lambda who: hosts.change_crest(who, slug, small_picture(), now=store.now),
            lambda who: hosts.drop_crest(who, slug, now=store.now),
            lambda who: hosts.publish_text(who, slug, "rules", "Tekst.", now=store.now),
            lambda who: hosts.publish_declaration(who, slug, declaration(), now=store.now),
            lambda who: hosts.preview_text(who, slug, "Tekst."),
        ]
        for act in acts:
            with pytest.raises(NotPermitted):
                act(who)
    for who in (new_person(store, (host_id, OFFICIAL)), new_person(store, is_administrator=True)):
        hosts.change_contact(who, slug, hosts.Contact(phone=who.name), now=store.now)


def test_an_organisation_that_is_no_host_has_nothing_of_a_host(store: Store) -> None:
    slug = queries.get_organisation_by_id(new_organisation(store)).slug
    with pytest.raises(NotFound):
        hosts.publish_text(SYSTEM, slug, "rules", "Tekst.", now=store.now)


# --- standing texts -------------------------------------------------------------------------------------


def test_versions_are_numbered_from_one_for_each_text_of_each_host(store: Store) -> None:
    first, second = new_slug(store), new_slug(store)
    assert hosts.publish_text(SYSTEM, first, "rules", "A", now=store.now) == 1
    assert hosts.publish_text(SYSTEM, first, "rules", "B", now=store.now) == 2
    assert hosts.publish_text(SYSTEM, first, "clause", "A", now=store.now) == 1
    assert hosts.publish_text(SYSTEM, second, "rules", "A", now=store.now) == 1


def test_a_published_version_is_not_altered_by_anybody(any_store: Store) -> None:
    slug = new_slug(any_store)
    hosts.publish_text(SYSTEM, slug, "clause", "Brzmienie.", now=any_store.now)
    for statement in ("UPDATE host_text SET source = 'inne'", "DELETE FROM host_text"):
        with pytest.raises(Exception, match="the record is not altered"):
            db.session.execute(text(statement))
        db.session.rollback()


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("  ", "text_empty"),
        ("Adres: [[ulica]]", "text_unfilled"),
        ("x" * 100_001, "too_long"),
        ("A", "text_unchanged"),
    ],
)
def test_a_text_that_cannot_be_published_is_refused(store: Store, source: str, code: str) -> None:
    slug = new_slug(store)
    hosts.publish_text(SYSTEM, slug, "rules", "A", now=store.now)
    with pytest.raises(InvalidInput, match=code):
        hosts.publish_text(SYSTEM, slug, "rules", source, now=store.now)
    assert len(queries.list_text_versions(queries.get_host_page(slug).id, "rules")) == 1


def test_a_text_shows_no_program_and_no_second_title(store: Store) -> None:
    slug = new_slug(store)
    hosts.publish_text(SYSTEM, slug, "rules", "# Tytuł\n\n<script>x()</script>\n\n## Dalej", now=store.now)
    found = queries.find_text_in_force(queries.get_host_page(slug).id, "rules")
    assert found
    assert "<script" not in found.html
    assert "<h1" not in found.html
    assert "<h2>Tytuł</h2>" in found.html
    assert "<h3>Dalej</h3>" in found.html


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": "wspaniały"}, "status"),
        ({"method": ""}, "method"),
        ({"site_on": "kiedyś"}, "site_on"),
        ({"reviewed_on": "2026-01-31"}, "reviewed_on"),
        ({"not_accessible": ""}, "not_accessible"),
        ({"method": "external"}, "judged_by"),
        ({"contact": ""}, "contact"),
        ({"procedure": " "}, "procedure"),
        ({"building": "[[adres]]"}, "building"),
    ],
)
def test_a_declaration_without_what_the_act_asks_for_is_refused(
    store: Store, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        hosts.publish_declaration(SYSTEM, new_slug(store), declaration(**changes), now=store.now)
    assert refusal.value.facts["field"] == field


def test_a_site_that_is_compliant_has_nothing_to_list(store: Store) -> None:
    compliant = declaration(status="compliant", not_accessible="")
    assert hosts.publish_declaration(SYSTEM, new_slug(store), compliant, now=store.now) == 1


# --- what somebody was told -----------------------------------------------------------------------------


def test_a_comment_remembers_the_clause_in_force_when_it_was_made(store: Store) -> None:
    host_id = new_host(store)
    slug = queries.get_organisation_by_id(host_id).slug
    document = new_document(store, host_id=host_id)
    open_consultation(store, document)

    def clause_of_a_comment() -> int | None:
        receipt = comment_on(store, document)
        found = comment_queries.find_receipt(receipt.register_id, receipt.receipt_no)
        assert found
        clause = queries.find_clause_of_submission(found.submission_id)
        return clause.number if clause else None

    assert clause_of_a_comment() is None
    hosts.publish_text(SYSTEM, slug, "clause", "Pierwsza.", now=store.now)
    other = queries.get_organisation_by_id(new_host(store)).slug
    hosts.publish_text(SYSTEM, other, "clause", "Cudza.", now=store.now)
    assert clause_of_a_comment() == 1
    hosts.publish_text(SYSTEM, slug, "clause", "Druga.", now=store.now)
    assert clause_of_a_comment() == 2
