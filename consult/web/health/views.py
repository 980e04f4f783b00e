"""Short answers for watchers: alive, ready, and in figures."""

from __future__ import annotations

import hmac
import ipaddress

from flask import Response, abort, current_app, jsonify, make_response, request

from consult.services.health import check_health, check_readiness, figures
from consult.services.sockets import current_ports
from consult.web.shared.site import VERSION

PROXIED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
"""Headers of a request that came through a proxy, whether or not one is believed."""


def health() -> Response:
    """Whether this process lives and its database answers."""
    found = check_health()
    return _unkept({"database": found.database, "index_lag": found.index_lag}, is_well=found.database)


def ready() -> Response:
    """Whether people can be sent here, part by part."""
    found = check_readiness(now=current_ports().clock.now())
    return _unkept(dict(found.parts), is_well=found.is_ready)


def metrics() -> Response:
    """What all processes counted, for whoever brings the token, or asks from this machine."""
    if not _may_collect():
        abort(403)
    meters = current_ports().meters
    response = make_response(meters.report(figures(version=VERSION, now=current_ports().clock.now())))
    response.headers["Content-Type"] = meters.media_type
    response.headers["Cache-Control"] = "no-store"
    return response


def _may_collect() -> bool:
    settings = current_app.config.get("SETTINGS")
    token = settings.metrics_token if settings is not None else ""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if token and kind.lower() == "bearer":
        return hmac.compare_digest(given.strip().encode(), token.encode())
    return _is_from_this_machine(settings is not None and settings.proxy_hops > 0)


def _is_from_this_machine(is_proxied: bool) -> bool:
    """A proxy nobody told us of makes everybody look as if they sat at this machine."""
    if not is_proxied and any(name in request.headers for name in PROXIED):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _unkept(facts: dict[str, object], *, is_well: bool) -> Response:
    response = make_response(jsonify(facts), 200 if is_well else 503)
    response.headers["Cache-Control"] = "no-store"
    return response
