"""Pages of accounts."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.accounts.views.broker import broker, broker_back, broker_join, identities
from consult.web.accounts.views.own_account import account, email, keep_email, password
from consult.web.accounts.views.own_comments import comments
from consult.web.accounts.views.own_data import (
    ask_correction,
    ask_erasure,
    my_data,
    my_file,
    my_record,
    withdraw_request,
)
from consult.web.accounts.views.registering import check_mail, confirm, register, send_again
from consult.web.accounts.views.resetting import forgot, reset
from consult.web.accounts.views.second_factor import (
    begin_second_factor,
    recovery_codes,
    renew_recovery_codes,
    second_factor,
    set_up_second_factor,
    sign_in_code,
    turn_off_second_factor,
)
from consult.web.accounts.views.sessions import sessions
from consult.web.accounts.views.sign_in import sign_in, sign_out
from consult.web.shared.routes import PUBLIC, blueprint, route

OWN = Permission.MANAGE_OWN_ACCOUNT

pages = blueprint(
    "accounts",
    [
        route("/sign-in", sign_in, PUBLIC, methods=("GET", "POST")),
        route("/sign-in/code", sign_in_code, PUBLIC, methods=("GET", "POST")),
        route("/sign-in/broker", broker, PUBLIC),
        route("/sign-in/broker/back", broker_back, PUBLIC),
        route("/sign-in/broker/join", broker_join, PUBLIC, methods=("GET", "POST")),
        route("/sign-out", sign_out, PUBLIC, methods=("POST",)),
        route("/account/sessions", sessions, OWN, methods=("GET", "POST")),
        route("/account/identities", identities, OWN, methods=("GET", "POST")),
        route("/account/second-factor", second_factor, OWN),
        route("/account/second-factor/begin", begin_second_factor, OWN, methods=("POST",)),
        route("/account/second-factor/set-up", set_up_second_factor, OWN, methods=("GET", "POST")),
        route("/account/second-factor/codes", recovery_codes, OWN, methods=("GET", "POST")),
        route("/account/second-factor/renew", renew_recovery_codes, OWN, methods=("GET", "POST")),
        route("/account/second-factor/off", turn_off_second_factor, OWN, methods=("GET", "POST")),
        route("/register", register, PUBLIC, methods=("GET", "POST")),
        route("/check-mail", check_mail, PUBLIC),
        route("/confirm", send_again, PUBLIC, methods=("GET", "POST")),
        route("/confirm/<token>", confirm, PUBLIC, methods=("GET", "POST")),
        route("/forgot", forgot, PUBLIC, methods=("GET", "POST")),
        route("/reset/<key>", reset, PUBLIC, methods=("GET", "POST")),
        route("/account", account, OWN, methods=("GET", "POST")),
        route("/account/password", password, OWN, methods=("GET", "POST")),
        route("/account/email", email, OWN, methods=("GET", "POST")),
        route("/account/email/keep", keep_email, OWN, methods=("POST",)),
        route("/account/comments", comments, OWN),
        route("/account/data", my_data, OWN),
        route("/account/data/record", my_record, OWN),
        route("/account/data/file", my_file, OWN),
        route("/account/data/correct", ask_correction, OWN, methods=("POST",)),
        route("/account/data/erase", ask_erasure, OWN, methods=("POST",)),
        route("/account/data/requests/<int:request_id>/withdraw", withdraw_request, OWN, methods=("POST",)),
    ],
)
