"""Pages of documents."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.documents.views.about import about, describe
from consult.web.documents.views.cutting import join, split
from consult.web.documents.views.downloads import download, downloads
from consult.web.documents.views.drafting import move, remove
from consult.web.documents.views.editing import add, edit, preview
from consult.web.documents.views.files import new, publish
from consult.web.documents.views.history.attributing import attribute
from consult.web.documents.views.history.changing import change
from consult.web.documents.views.history.timelines import history, person_history, section_history
from consult.web.documents.views.importing import import_file
from consult.web.documents.views.lists import list_all
from consult.web.documents.views.plan import annexes, arrange, bring_back, plan
from consult.web.documents.views.reading import draft, show, version
from consult.web.documents.views.records import record, record_file
from consult.web.documents.views.restoring import restore, restore_text, undo
from consult.web.documents.views.revising import revise
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
        route("/documents/<slug>/changes/<int:number>/cause", attribute, Permission.EDIT_DRAFT, methods=BOTH),
        route("/people/<int:person_id>/changes", person_history, Permission.SEE_UNPUBLISHED),
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
        route("/documents/<slug>/outline", plan, Permission.SEE_UNPUBLISHED),
        route("/documents/<slug>/outline/annexes", annexes, Permission.EDIT_DRAFT, methods=("POST",)),
        route(
            "/documents/<slug>/sections/<section_id>/arrange",
            arrange,
            Permission.EDIT_DRAFT,
            methods=("POST",),
        ),
        route("/documents/<slug>/sections/<section_id>/split", split, Permission.EDIT_DRAFT, methods=BOTH),
        route("/documents/<slug>/sections/<section_id>/join", join, Permission.EDIT_DRAFT, methods=BOTH),
        route(
            "/documents/<slug>/sections/<section_id>/bring-back",
            bring_back,
            Permission.EDIT_DRAFT,
            methods=("POST",),
        ),
        route(
            "/documents/<slug>/sections/<section_id>/texts/<int:text_id>/restore",
            restore_text,
            Permission.EDIT_DRAFT,
            methods=BOTH,
        ),
        route("/documents/<slug>/changes/<int:number>/undo", undo, Permission.EDIT_DRAFT, methods=BOTH),
        route("/documents/<slug>/changes/<int:number>/restore", restore, Permission.EDIT_DRAFT, methods=BOTH),
        route("/documents/<slug>/sections/<section_id>/history", section_history, Permission.SEE_UNPUBLISHED),
    ],
)
