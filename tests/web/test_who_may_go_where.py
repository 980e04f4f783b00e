"""Every address × everybody × every state of the thing, each cell tried: the policy table says what happens.

Whoever is allowed gets an answer that is no refusal. Guests are led to the sign-in page wherever an account is needed;
others are refused (403) or learn of nothing (404). Nobody ever breaks a page. A new address needs an example in
`EXAMPLES` when its variables are new; what does not follow from the table stands in `EXCEPTIONS`, with the reason.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest
from flask_wtf.csrf import generate_csrf
from werkzeug.routing import Rule

from consult.domain.policy.actors import ANONYMOUS, Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.web.shared.limits import limiter
from consult.web.shared.routes import FOR_GUESTS_TOO, PERMISSIONS_KEY, PUBLIC
from tests.web.visitors import opened_site
from tests.web.worlds import ROLES, STATES, World, opened_world

PUBLISHED = frozenset(STATES) - {"draft"}
ANNOUNCED = PUBLISHED - {"published"}
COMMENTED = ANNOUNCED - {"announced"}
ALWAYS = frozenset(STATES)


@dataclass(frozen=True, slots=True)
class Example:
    """How an address is filled in, and what it is about.

    `values` maps variables to names of a world's things where they differ. `owner` is the organisation whose rights
    count: "host", "organisation" (an NGO), "own" (any the actor belongs to) or "" for none. `there` are the states in
    which there is something under the address; elsewhere 404 is as good an answer as a refusal. `query` is put behind it. `of` is
    the one role it is about: others with the same right learn of nothing there.
    """

    values: dict[str, str] = field(default_factory=dict)
    owner: str = ""
    there: frozenset[str] = ALWAYS
    query: str = ""
    of: str = ""


IN_A_DOCUMENT = Example(owner="host")
IN_A_VERSION = Example(owner="host", there=PUBLISHED)
IN_A_CONSULTATION = Example(owner="host", there=ANNOUNCED)
IN_A_REGISTER = Example(owner="host", there=COMMENTED)
OF_THE_HOST = Example({"slug": "host"}, owner="host")
OF_THE_NGO = Example({"slug": "organisation"}, owner="organisation")
OF_AN_ANSWER = Example(owner="organisation", there=COMMENTED)
OF_THE_GROUP = Example({"slug": "group"}, owner="host")
OF_NOBODY = Example()

EXAMPLES: dict[str, Example] = {
    "documents": IN_A_DOCUMENT,
    "documents.list_all": OF_NOBODY,
    "documents.version": IN_A_VERSION,
    "documents.download": Example(owner="host", there=PUBLISHED, query="?version=1"),
    "documents.record_file": Example(owner="host", there=PUBLISHED),
    "documents.new": Example(owner="own"),
    "documents.person_history": Example({"person_id": "colleague"}, owner="host", there=frozenset()),
    "documents.import_file": Example(owner="own"),
    "documents.bring_back": Example(owner="host", there=frozenset()),
    "comments": IN_A_DOCUMENT,
    "comments.show": IN_A_REGISTER,
    "comments.receipt": IN_A_REGISTER,
    "comments.receipt_file": IN_A_REGISTER,
    "comments.receipt_pdf": IN_A_REGISTER,
    "comments.change": IN_A_REGISTER,
    "comments.withdraw": IN_A_REGISTER,
    "comments.unsent": OF_NOBODY,
    "comments.bar": OF_NOBODY,
    "comments.edit_unsent": Example(owner="host", there=frozenset()),
    "comments.remove_unsent": Example(owner="host", there=frozenset()),
    "comments.put_back_unsent": Example(owner="host", there=frozenset()),
    "comments.move_unsent": Example(owner="host", there=frozenset()),
    "discussion": IN_A_REGISTER,
    "moderation": IN_A_REGISTER,
    "moderation.desk": IN_A_CONSULTATION,
    "moderation.own_appeal": Example(owner="host", there=frozenset()),
    "comparison": IN_A_VERSION,
    "provenance": IN_A_VERSION,
    "cross_references": IN_A_DOCUMENT,
    "definitions": IN_A_DOCUMENT,
    "requirements": IN_A_DOCUMENT,
    "requirements.download": Example({"extension": "table"}, owner="host"),
    "section_notes": IN_A_DOCUMENT,
    "pictures": IN_A_DOCUMENT,
    "pictures.picture": Example(owner="host", there=frozenset()),
    "attachments": IN_A_DOCUMENT,
    "dispositions": IN_A_CONSULTATION,
    "dispositions.case": IN_A_REGISTER,
    "consultations": IN_A_CONSULTATION,
    "submissions": IN_A_CONSULTATION,
    "submissions.show": IN_A_REGISTER,
    "submissions.receipt": IN_A_REGISTER,
    "submissions.receipt_pdf": IN_A_REGISTER,
    "submissions.file": Example(owner="host", there=frozenset()),
    "comment_forms": IN_A_CONSULTATION,
    "comment_forms.download": Example({"extension": "form"}, owner="host", there=ANNOUNCED),
    "consultations.home": OF_NOBODY,
    "consultations.new": IN_A_VERSION,
    "meetings": IN_A_CONSULTATION,
    "meetings.list_all": OF_NOBODY,
    "meetings.explain_comment": IN_A_REGISTER,
    "meetings.withdraw": IN_A_REGISTER,
    "groups": OF_THE_GROUP,
    "groups.list_all": OF_NOBODY,
    "groups.new": Example(owner="own"),
    "proposals": IN_A_DOCUMENT,
    "placement_decisions": IN_A_DOCUMENT,
    "placement_decisions.case": IN_A_REGISTER,
    "section_statuses": IN_A_DOCUMENT,
    "working_notes": IN_A_DOCUMENT,
    "collections": Example({"slug": "collection"}, owner="host"),
    "collections.list_all": OF_NOBODY,
    "collections.new": Example(owner="own"),
    "meeting_decisions": IN_A_CONSULTATION,
    "groups.invitation": Example({"token": "seat_link"}),
    "groups.take_seat": Example({"token": "seat_link"}),
    "groups.decline_seat": Example({"token": "seat_link"}),
    "groups.change_invitation": Example({"slug": "group", "invitation_id": "seat_link_id"}, owner="host"),
    "joint_answers": OF_AN_ANSWER,
    "joint_answers.list_all": OF_NOBODY,
    "joint_answers.begin": IN_A_CONSULTATION,
    "joint_answers.enter": Example({"token": "joint_code"}, there=COMMENTED),
    "joint_answers.remove_party": Example(
        {"organisation_id": "joint_party_id"}, owner="organisation", there=COMMENTED
    ),
    "joint_answers.decide_for_party": Example(
        {"organisation_id": "joint_party_id"}, owner="organisation", there=COMMENTED
    ),
    "joint_answers.signatures": Example(owner="host", there=frozenset()),
    "organisations": OF_THE_NGO,
    "organisations.accept": Example({"slug": "organisation", "request_id": "join_id"}, owner="organisation"),
    "organisations.decline": Example({"slug": "organisation", "request_id": "join_id"}, owner="organisation"),
    "organisations.change": Example({"slug": "organisation", "person_id": "colleague"}, owner="organisation"),
    "organisations.remove": Example({"slug": "organisation", "person_id": "colleague"}, owner="organisation"),
    "organisations.invitation": Example({"token": "invitation"}),
    "organisations.join_by_invitation": Example({"token": "invitation"}),
    "organisations.host": OF_THE_HOST,
    "organisations.rules": OF_THE_HOST,
    "organisations.clause": OF_THE_HOST,
    "organisations.privacy": OF_THE_HOST,
    "organisations.accessibility": OF_THE_HOST,
    "organisations.crest": OF_THE_HOST,
    "organisations.look": OF_THE_HOST,
    "organisations.edit_host": OF_THE_HOST,
    "organisations.edit_look": OF_THE_HOST,
    "organisations.edit_contact": OF_THE_HOST,
    "organisations.edit_text": OF_THE_HOST,
    "organisations.edit_accessibility": OF_THE_HOST,
    "organisations.send_crest": OF_THE_HOST,
    "organisations.drop_crest": OF_THE_HOST,
    "contact_views": OF_THE_HOST,
    "redactions": IN_A_REGISTER,
    "redactions.original": Example(owner="host", there=frozenset()),
    "redactions.undo": Example(owner="host", there=frozenset()),
    "contact_views.erase_sender": IN_A_REGISTER,
    "admin": OF_NOBODY,
    "accounts": OF_NOBODY,
    "accounts.withdraw_request": Example(of="resident"),
    "notifications": OF_NOBODY,
    "search": OF_NOBODY,
    "search.within": IN_A_DOCUMENT,
    "appearances": IN_A_DOCUMENT,
    "similar": IN_A_REGISTER,
    "saved_searches.list_all": OF_NOBODY,
    "saved_searches.new": Example(there=frozenset()),
    "saved_searches.change": Example({"search_id": "search_id"}, of="resident"),
    "saved_searches.delete": Example({"search_id": "search_id"}, of="resident"),
    "saved_searches.stop": Example({"token": "stop_token"}),
    "unsaved_texts": IN_A_DOCUMENT,
    "unsaved_texts.list_all": OF_NOBODY,
    "unsaved_texts.forms": OF_NOBODY,
    "unsaved_texts.keep_form": OF_NOBODY,
    "unsaved_texts.discard": Example(there=frozenset()),
    "health": OF_NOBODY,
    "feeds": IN_A_CONSULTATION,
    "feeds.about": OF_NOBODY,
    "feeds.all_calendar": OF_NOBODY,
    "feeds.all_feed": OF_NOBODY,
    "feeds.document_feed": IN_A_VERSION,
    "feeds.host_calendar": OF_THE_HOST,
    "feeds.host_feed": OF_THE_HOST,
}
"""By endpoint, or by the part before its dot for all others of a feature."""

OF_DOCUMENTS = frozenset(
    {"slug", "consultation_id", "register_id", "meeting_id", "opinion_id", "explanation_id"}
)


def example_of(endpoint: str) -> Example:
    found = EXAMPLES.get(endpoint) or EXAMPLES.get(endpoint.partition(".")[0])
    assert found is not None, f"{endpoint} has no example address: add a row to EXAMPLES"
    return found


EXCEPTIONS: dict[str, tuple[tuple[int, ...], str]] = {
    "comments.new": (
        (409, 422),
        "when no consultation is open the calendar refuses, with its dates; before that a form without words",
    ),
    "discussion.support": ((409,), "the same; and what was taken back cannot be supported"),
    "joint_answers.text": ((404,), "members of the organisation and those who hold its code"),
    "joint_answers.remark": ((404,), "members of the organisation and those who hold its code"),
    "joint_answers.withdraw_remark": ((404,), "a remark is taken back by whoever wrote it"),
    "joint_answers.letter": ((404,), "those who see what is to be sent, and the host once it was"),
    "joint_answers.decide_for_party": ((403,), "for an organisation decides who speaks for it"),
    "joint_answers.origin": ((404,), "only a comment of a joint submission came of remarks"),
    "documents.edit": (
        (404,),
        "a form that does not say which text it was begun on is about no text there is",
    ),
    "accounts.broker": ((404,), "no other house is set up to sign in with"),
    "accounts.broker_back": ((404,), "no other house is set up to sign in with"),
    "proposals.withdraw": ((403,), "a proposal is withdrawn by whoever made it"),
    "proposals.renew": ((403,), "a proposal is brought up to date by whoever made it"),
    "section_statuses.own_dissent": ((403,), "an opinion is changed by whoever holds it"),
    "groups.own_seat": ((404,), "those who have no seat have none to change"),
    "groups.seat": ((404,), "a form that does not say which seat is about none"),
    "groups.decline_seat": ((409,), "a link for several is left alone, not declined"),
    "health.ready": ((503,), "says of the worker that it is away, as it is in a test"),
}
"""Answers besides those the table leads one to expect, by endpoint, each with its reason."""

ANSWERED = (200, 303, 409, 422)
REFUSED = (403, 404)


@dataclass(frozen=True, slots=True)
class Cell:
    """One question: may somebody do this here?"""

    rule: Rule
    method: str
    address: str
    permission: object
    example: Example


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], World]]:
    """Worlds by state, each made when it is first asked for."""
    made: dict[str, World] = {}
    with ExitStack() as stack:

        def world(state: str) -> World:
            if state not in made:
                folder = tmp_path_factory.mktemp(state)
                made[state] = stack.enter_context(opened_world(state, folder, opened_site))
            limiter.enabled = False
            return made[state]

        yield world


def cells(world: World) -> Iterator[Cell]:
    """Every address with every method it takes. What is not about the document is asked in one state only."""
    declared = world.site.app.extensions[PERMISSIONS_KEY]
    with world.site.app.test_request_context():
        adapter = world.site.app.url_map.bind("localhost")
        for rule in world.site.app.url_map.iter_rules():
            if rule.endpoint == "static":
                continue
            example = example_of(rule.endpoint)
            if world.state != "open" and not is_about_the_document(rule, example):
                continue
            values = {name: value_of(world, rule, name, example) for name in rule.arguments}
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                address = adapter.build(rule.endpoint, values, method=method) + example.query
                yield Cell(rule, method, address, declared[rule.endpoint], example)


def is_about_the_document(rule: Rule, example: Example) -> bool:
    return bool(rule.arguments & OF_DOCUMENTS) and "slug" not in example.values


def value_of(world: World, rule: Rule, name: str, example: Example) -> object:
    called = example.values.get(name, f"{rule.endpoint.partition('.')[0]}.{name}")
    called = called if called in world.things else example.values.get(name, name)
    assert called in world.things, (
        f"{rule.endpoint}: nothing is known to stand for <{called}> in {rule.rule}; put it into a world's things "
        "(tests/web/worlds.py) or name what stands for it in EXAMPLES"
    )
    return world.things[called]


def is_permitted(world: World, actor: Actor, cell: Cell) -> bool:
    """What the policy table says."""
    assert isinstance(cell.permission, Permission)
    if cell.example.owner == "own":
        places = {organisation for organisation, _ in actor.memberships} or {0}
        return any(is_allowed(actor, cell.permission, Target(host_id=place)) for place in places)
    owners = {"host": world.host_id, "organisation": world.organisation_id}
    target = Target(
        host_id=owners.get(cell.example.owner),
        is_published=world.state in PUBLISHED,
        is_open=world.state == "open",
        document_id=world.document_id if is_about_the_document(cell.rule, cell.example) else None,
    )
    is_hidden = is_about_the_document(cell.rule, cell.example) and not is_allowed(
        actor, Permission.READ_DOCUMENT, target
    )
    return not is_hidden and is_allowed(actor, cell.permission, target)


def expected(world: World, role: str, cell: Cell) -> tuple[str, tuple[int, ...]]:
    """What should happen, in a word, and the statuses that may say so."""
    actor = world.actors[role] if role not in ("guest", "disabled") else ANONYMOUS
    also = EXCEPTIONS.get(cell.rule.endpoint, ((), ""))[0]
    missing = () if world.state in cell.example.there else (404,)
    if cell.permission is PUBLIC:
        return "answered", (*ANSWERED, *missing, *also)
    if not actor.is_signed_in and cell.permission not in FOR_GUESTS_TOO:
        return "led to sign in", (303,)
    if is_permitted(world, actor, cell) and cell.example.of in ("", role):
        return "answered", (*ANSWERED, *missing, *also)
    return "refused", (*REFUSED, *also)


def token_for(world: World, role: str) -> str:
    """A token of our forms for somebody's browser, as a page of ours would have given it."""
    from flask import session

    raw = secrets.token_hex(20)
    with world.visitor(role).client.session_transaction() as kept:
        kept["csrf_token"] = raw
    with world.site.app.test_request_context():
        session["csrf_token"] = raw
        return str(generate_csrf())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", STATES)
def test_everybody_gets_what_the_policy_table_says(
    worlds: Callable[[str], World], state: str, role: str
) -> None:
    world = worlds(state)
    client = world.visitor(role).client
    token = token_for(world, role)
    cookie = client.get_cookie("session")
    wrong, tried = [], 0
    for cell in cells(world):
        fields = {"csrf_token": token} if cell.method == "POST" else None
        answer = client.open(cell.address, method=cell.method, data=fields)
        word, statuses = expected(world, role, cell)
        is_led = answer.status_code == 303 and answer.location.startswith("/sign-in")
        is_right = answer.status_code in statuses and (
            is_led == (word == "led to sign in") or cell.permission is PUBLIC
        )
        if not is_right:
            wrong.append(f"{cell.method} {cell.address} ({cell.rule.endpoint}): {answer.status}, not {word}")
        if cell.method == "POST":
            world.put_back()
            if cookie is not None:
                client.set_cookie("session", cookie.value)
        tried += 1
    assert tried > 20
    assert not wrong, "\n".join([f"{role} while {state}:", *wrong])


def test_every_address_has_an_example_about_something_there_is(worlds: Callable[[str], World]) -> None:
    assert {cell.rule.endpoint for cell in cells(worlds("open"))} == {
        rule.endpoint for rule in worlds("open").site.app.url_map.iter_rules()
    } - {"static"}


def test_every_exception_and_example_is_about_an_address_there_is(worlds: Callable[[str], World]) -> None:
    endpoints = {rule.endpoint for rule in worlds("open").site.app.url_map.iter_rules()}
    known = endpoints | {endpoint.partition(".")[0] for endpoint in endpoints}
    assert sorted({*EXAMPLES, *EXCEPTIONS} - known) == []
    assert all(reason for _, reason in EXCEPTIONS.values())
