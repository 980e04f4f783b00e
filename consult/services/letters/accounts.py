"""Letters about accounts: links that confirm and reset, news of changes, and requests about one's data.

Secrets of links are drawn here, when a letter leaves; only their hashes are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.domain.errors import NotFound
from consult.services.accounts.links import CHANGE_ADDRESS, CONFIRM, NO_LINK, RESET, draw_link_secret
from consult.services.letters.recipients import Gatherer, Recipient
from consult.storage.queries import accounts as queries
from consult.storage.queries.accounts import links, requests
from consult.storage.queries.accounts.links import LinkRow

HOME_PATH = "/"
CONFIRM_PATH = "/confirm/"
RESET_PATH = "/reset/"
SIGN_IN_PATH = "/sign-in"
REGISTER_PATH = "/register"
FORGOT_PATH = "/forgot"
MY_DATA_PATH = "/account/data"


def gather_confirm(_recipient: Recipient, ref: Mapping[str, Any], now: datetime) -> Mapping[str, Any] | None:
    """The link that makes an account usable; none once it is confirmed."""
    link = _wanted(ref, CONFIRM)
    person = queries.find_person(link.person_id) if link and link.person_id else None
    if link is None or person is None or person.is_confirmed:
        return None
    secret, expires_at = draw_link_secret(link, now)
    # no name: whoever asked for the account wrote it, and may have meant it for the owner of the address
    return {"confirm_path": CONFIRM_PATH + secret, "forgot_path": FORGOT_PATH, "expires_at": expires_at}


def gather_known_address(
    _recipient: Recipient, ref: Mapping[str, Any], now: datetime
) -> Mapping[str, Any] | None:
    """To somebody who has an account already, when one is asked for with their address."""
    return _with_reset(ref, now)


def gather_reset(_recipient: Recipient, ref: Mapping[str, Any], now: datetime) -> Mapping[str, Any] | None:
    return _with_reset(ref, now)


def gather_no_account(
    _recipient: Recipient, ref: Mapping[str, Any], _now: datetime
) -> Mapping[str, Any] | None:
    """To an address nobody has an account with, when a link is asked for with it."""
    link = _wanted(ref, NO_LINK)
    if link is None or not link.address:
        return None
    return {"to_address": link.address, "register_path": REGISTER_PATH, "address": link.address}


def gather_closed(_recipient: Recipient, ref: Mapping[str, Any], _now: datetime) -> Mapping[str, Any] | None:
    """To the address of an account that was closed, when a link is asked for with it."""
    link = _wanted(ref, NO_LINK)
    if link is None or not link.address:
        return None
    return {"to_address": link.address, "home_path": HOME_PATH, "address": link.address}


def gather_password_changed(
    recipient: Recipient, _ref: Mapping[str, Any], _now: datetime
) -> Mapping[str, Any] | None:
    person = queries.find_person(recipient.person_id) if recipient.person_id else None
    if person is None or person.password_changed_at is None:
        return None
    return {"name": person.name, "changed_at": person.password_changed_at, "forgot_path": FORGOT_PATH}


def gather_confirm_address(
    _recipient: Recipient, ref: Mapping[str, Any], now: datetime
) -> Mapping[str, Any] | None:
    """To the new address. Where it has an account of its own, the letter says so; its link is then known to nobody."""
    link = _wanted(ref, CHANGE_ADDRESS)
    person = queries.find_person(link.person_id) if link and link.person_id else None
    if link is None or person is None or not link.address:
        return None
    secret, expires_at = draw_link_secret(link, now)
    is_taken = queries.find_person_by_email(link.address) is not None
    return {
        "to_address": link.address,
        "is_taken": is_taken,
        "confirm_path": "" if is_taken else CONFIRM_PATH + secret,
        "sign_in_path": SIGN_IN_PATH,
        "expires_at": expires_at,
    }


def gather_address_changing(
    recipient: Recipient, ref: Mapping[str, Any], _now: datetime
) -> Mapping[str, Any] | None:
    """To the address there was when another was asked for, wherever the account's letters go by now."""
    link = _wanted(ref, NO_LINK)
    person = queries.find_person(recipient.person_id) if recipient.person_id else None
    if link is None or person is None or not link.address:
        return None
    return {
        "to_address": link.address,
        "name": person.name,
        "asked_at": link.made_at,
        "forgot_path": FORGOT_PATH,
    }


def gather_request_received(
    recipient: Recipient, ref: Mapping[str, Any], _now: datetime
) -> Mapping[str, Any] | None:
    request = _request(ref)
    if request is None or request.state == "withdrawn":
        return None
    return {
        "name": recipient.name,
        "kind": request.kind,
        "made_at": request.made_at,
        "due_on": request.due_on,
        "data_path": MY_DATA_PATH,
    }


def gather_request_decided(
    _recipient: Recipient, ref: Mapping[str, Any], _now: datetime
) -> Mapping[str, Any] | None:
    """To the address there was before the decision: erasing takes it from the account."""
    link, request = _wanted(ref, NO_LINK), _request(ref)
    if link is None or not link.address or request is None:
        return None
    return {
        "to_address": link.address,
        "kind": request.kind,
        "decision": request.state,
        "made_at": request.made_at,
        "reason": request.reason,
        "data_path": MY_DATA_PATH,
    }


def _wanted(ref: Mapping[str, Any], purpose: str) -> LinkRow | None:
    """The link a letter was posted with, unless it has served or was made void meanwhile."""
    link = links.find_link(int(ref.get("link_id", 0)))
    if link is None or link.purpose != purpose or link.used_at is not None or link.ended_at is not None:
        return None
    return link


def _with_reset(ref: Mapping[str, Any], now: datetime) -> Mapping[str, Any] | None:
    link = _wanted(ref, RESET)
    person = queries.find_person(link.person_id) if link and link.person_id else None
    if link is None or person is None:
        return None
    secret, expires_at = draw_link_secret(link, now)
    return {
        "name": person.name,
        "reset_path": RESET_PATH + secret,
        "sign_in_path": SIGN_IN_PATH,
        "expires_at": expires_at,
    }


def _request(ref: Mapping[str, Any]) -> requests.DataRequestRow | None:
    try:
        return requests.get_request(int(ref.get("request_id", 0)))
    except NotFound:
        return None


GATHERERS: dict[str, Gatherer] = {
    "accounts/confirm": gather_confirm,
    "accounts/known_address": gather_known_address,
    "accounts/no_account": gather_no_account,
    "accounts/closed": gather_closed,
    "accounts/reset": gather_reset,
    "accounts/password_changed": gather_password_changed,
    "accounts/confirm_address": gather_confirm_address,
    "accounts/address_changing": gather_address_changing,
    "accounts/request_received": gather_request_received,
    "accounts/request_decided": gather_request_decided,
}
