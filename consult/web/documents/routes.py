"""Pages of documents."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.documents.views.about import about, describe
from consult.web.documents.views.drafting import move, remove
from consult.web.documents.views.editing import add, edit, preview
from consult.web.documents.views.files import import_file, new, publish, revise
from consult.web.documents.views.history import change, download, downloads, history, section_history
from consult.web.documents.views.lists import list_all
from consult.web.documents.views.reading import draft, show, version
from consult.web.documents.views.records import record, record_file
from consult.web.shared.routes import PUBLIC, blueprint, route

BOTH = ("GET", "POST")

pages = blueprint(
    "documents",
    [
        route("/documents", list_all, PUBLIC),
        route("/documents/new", new, Permission.CREATE_DOCUMENT, methods=BOTH),
        route("/documents/import", import_file, Permission.CREATE_DOCUMENT, methods=BOTH),
        route("/documents/<slug>", show, Permission.READ_DOCUMENT),
        route("/documents/<slug>/versions/<int:number>", version, Permission.READ_DOCUMENT),
        route("/documents/<slug>/draft", draft, Permission.SEE_UNPUBLISHED),
        route("/documents/<slug>/about", about, Permission.READ_DOCUMENT),
        route("/documents/<slug>/about/edit", describe, Permission.EDIT_DRAFT, methods=BOTH),
        route("/documents/<slug>/history", history, Permission.READ_DOCUMENT),
        route("/documents/<slug>/changes/<int:number>", change, Permission.READ_DOCUMENT),
        route("/documents/<slug>/downloads", downloads, Permission.READ_DOCUMENT),
        route("/documents/<slug>/record", record, Permission.READ_DOCUMENT),
        route("/documents/<slug>/record.json", record_file, Permission.READ_DOCUMENT),
        route("/documents/<slug>/text.<extension>", download, Permission.READ_DOCUMENT),
        route("/documents/<slug>/revise", revise, Permission.EDIT_DRAFT, methods=BOTH),
        route("/documents/<slug>/publish", publish, Permission.PUBLISH_VERSION, methods=BOTH),
        route("/documents/<slug>/sections/new", add, Permission.EDIT_DRAFT, methods=BOTH),
        route("/documents/<slug>/sections/<section_id>", edit, Permission.EDIT_DRAFT, methods=BOTH),
        route(
            "/documents/<slug>/sections/<section_id>/preview",
            preview,
            Permission.EDIT_DRAFT,
            methods=("POST",),
        ),
        route("/documents/<slug>/sections/<section_id>/move", move, Permission.EDIT_DRAFT, methods=BOTH),
        route("/documents/<slug>/sections/<section_id>/remove", remove, Permission.EDIT_DRAFT, methods=BOTH),
        route("/documents/<slug>/sections/<section_id>/history", section_history, Permission.SEE_UNPUBLISHED),
    ],
)
