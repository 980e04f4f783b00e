"""Pages of comments."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.comments.views.lists import list_all
from consult.web.comments.views.reading import show
from consult.web.comments.views.receipts import receipt_file
from consult.web.comments.views.writing import new, receipt
from consult.web.shared.routes import PUBLIC, blueprint, route

pages = blueprint(
    "comments",
    [
        route("/documents/<slug>/comments", list_all, Permission.READ_DOCUMENT),
        route("/documents/<slug>/comments/new", new, Permission.COMMENT, methods=("GET", "POST")),
        route("/comments/<int:register_id>/<int:number>", show, Permission.READ_DOCUMENT),
        route("/receipts/<int:register_id>/<int:receipt_no>/<secret>", receipt, PUBLIC),
        route("/receipts/<int:register_id>/<int:receipt_no>/<secret>/file.json", receipt_file, PUBLIC),
    ],
)
