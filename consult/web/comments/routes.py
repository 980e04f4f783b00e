"""Pages of comments."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.comments.views.lists import list_all
from consult.web.comments.views.reading import show
from consult.web.comments.views.receipts import change, receipt, receipt_file, receipt_pdf, withdraw
from consult.web.comments.views.reviewing import (
    bar,
    look,
    move_unsent,
    put_back_unsent,
    remove_unsent,
    review,
    stop_pointing,
    unsent,
)
from consult.web.comments.views.writing import edit_unsent, new, wording
from consult.web.shared.routes import PUBLIC, blueprint, route

WAITING = "/documents/<slug>/comments/unsent"
RECEIPT = "/receipts/<int:register_id>/<int:receipt_no>/<secret>"

pages = blueprint(
    "comments",
    [
        route("/documents/<slug>/comments", list_all, Permission.READ_DOCUMENT),
        route("/documents/<slug>/comments/new", new, Permission.COMMENT, methods=("GET", "POST")),
        route("/documents/<slug>/comments/wording", wording, Permission.READ_DOCUMENT, methods=("POST",)),
        route("/comments/<int:register_id>/<int:number>", show, Permission.READ_DOCUMENT),
        # not sent yet: whose they are the account or the browser says
        route("/unsent-comments", unsent, PUBLIC),
        route("/unsent-comments/bar", bar, PUBLIC),
        route(WAITING, review, Permission.READ_DOCUMENT, methods=("GET", "POST")),
        route(f"{WAITING}/sender", look, Permission.READ_DOCUMENT, methods=("POST",)),
        route(f"{WAITING}/stop", stop_pointing, Permission.READ_DOCUMENT, methods=("POST",)),
        route(f"{WAITING}/<int:unsent_id>", edit_unsent, Permission.READ_DOCUMENT, methods=("GET", "POST")),
        route(
            f"{WAITING}/<int:unsent_id>/remove", remove_unsent, Permission.READ_DOCUMENT, methods=("POST",)
        ),
        route(
            f"{WAITING}/<int:unsent_id>/put-back",
            put_back_unsent,
            Permission.READ_DOCUMENT,
            methods=("POST",),
        ),
        route(f"{WAITING}/<int:unsent_id>/move", move_unsent, Permission.READ_DOCUMENT, methods=("POST",)),
        # sent: for whoever holds the receipt
        route(RECEIPT, receipt, PUBLIC),
        route(f"{RECEIPT}/file.json", receipt_file, PUBLIC),
        route(f"{RECEIPT}/receipt.pdf", receipt_pdf, PUBLIC),
        route(f"{RECEIPT}/comments/<int:number>/change", change, PUBLIC, methods=("GET", "POST")),
        route(f"{RECEIPT}/comments/<int:number>/withdraw", withdraw, PUBLIC, methods=("GET", "POST")),
    ],
)
