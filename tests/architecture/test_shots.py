"""`make shots` takes a picture of every page there is, so that none is forgotten when pages are looked at."""

from __future__ import annotations

import re
from pathlib import Path

from werkzeug.exceptions import HTTPException

from consult.app import create_app
from consult.settings import Settings
from tests.shots.places import PLACES

NO_PAGE = (".ics", ".atom", ".json", ".docx", ".css", "<extension>", "/crest", "/data/file")
"""Endings of addresses under which there is a file."""

BY_SECRET = {
    "accounts.recovery_codes": "shown once, after a second factor was set up",
    "accounts.renew_recovery_codes": "asks for a code of the second factor",
    "accounts.set_up_second_factor": "shows the key of a second factor that was begun",
    "accounts.turn_off_second_factor": "asks for a code of the second factor",
    "accounts.sign_in_code": "asks for a code after a password",
    "accounts.broker": "leads to another house",
    "accounts.broker_back": "comes from another house",
    "accounts.broker_join": "comes from another house",
    "comments.receipt": "its address is a secret",
    "comments.receipt_pdf": "a file",
    "comments.change": "its address is a secret",
    "comments.withdraw": "its address is a secret",
    "moderation.appeal": "its address is a secret",
    "moderation.own_appeal": "opens for the author of a hidden comment",
    "comments.bar": "a part of every page",
    "comments.edit_unsent": "named by the number of an unsent comment",
    "organisations.invitation": "its address is a secret",
    "joint_answers.letter": "a file",
    "joint_answers.origin": "leads to where a comment came from",
    "dispositions.queue": "leads to the first comment",
    "health.health": "for programs",
    "health.ready": "for programs",
    "health.metrics": "for programs",
    "static": "files",
    "attachments.file": "a file",
    "pictures.picture": "a picture",
    "submissions.file": "a file",
    "submissions.receipt_pdf": "a file",
    "unsaved_texts.forms": "for scripts, not a page",
}
"""Pages no picture is taken of, each with the reason."""

MADE_BY_PEOPLE = {
    "collections.show": "the demonstration holds none",
    "collections.edit": "the demonstration holds none",
    "redactions.original": "words cut out that the demonstration has none of",
    "redactions.undo": "words cut out that the demonstration has none of",
    "documents.restore_text": "named by the number of a text",
    "proposals.renew": "no proposal of the demonstration is out of date",
    "saved_searches.change": "the demonstration holds none",
    "saved_searches.delete": "the demonstration holds none",
    "unsaved_texts.insertions": "a list for the editor, not a page",
    "unsaved_texts.writers": "a list for the draft, not a page",
}
"""Pages of things there are none of before somebody makes them."""


def test_a_picture_is_taken_of_every_page(tmp_path: Path) -> None:
    settings = Settings(
        consult_data=tmp_path,
        search_url="memory:",
        jobs_url="immediate:",
        mail_url="memory:",
        log_level="ERROR",
    )
    url_map = create_app(settings).url_map
    adapter = url_map.bind("localhost")
    pictured = set()
    for place in PLACES:
        path = re.sub(r"\{\w+\}", "1", place.path).partition("?")[0]
        try:
            pictured.add(adapter.match(path, method="GET")[0])
        except HTTPException:
            assert place.status == 404, place.name
    pages = {
        rule.endpoint
        for rule in url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not str(rule).endswith(NO_PAGE)
    }
    assert pages - pictured - set(BY_SECRET) - set(MADE_BY_PEOPLE) == set()
    assert set(BY_SECRET) | set(MADE_BY_PEOPLE) <= pages | {"static"}
    assert len({place.name for place in PLACES}) == len(PLACES)
