"""Pages of administration, and the public page that says who may do what."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.admin.acts import ORGANISATION_ACTS, PERSON_ACTS
from consult.web.admin.views.organisations import act_on_organisation, hosts, organisations
from consult.web.admin.views.overview import overview
from consult.web.admin.views.people import act_on_person, look, membership, people, person
from consult.web.admin.views.record import record
from consult.web.admin.views.requests import data_request, requests
from consult.web.admin.views.roles import roles
from consult.web.admin.views.running import drop_letter, letters, retry_letter, search_index
from consult.web.shared.routes import PUBLIC, blueprint, route

ADMINISTER, SEE_OPERATIONS = Permission.ADMINISTER, Permission.SEE_OPERATIONS
BOTH = ("GET", "POST")

PERSON_ACT = ", ".join(f'"{act}"' for act in PERSON_ACTS)
ORGANISATION_ACT = ", ".join(f'"{act}"' for act in ORGANISATION_ACTS)

pages = blueprint(
    "admin",
    [
        route("/roles", roles, PUBLIC),
        route("/admin", overview, SEE_OPERATIONS),
        route("/admin/people", people, ADMINISTER),
        route("/admin/people/<int:person_id>", person, ADMINISTER),
        route("/admin/people/<int:person_id>/look", look, ADMINISTER, methods=("POST",)),
        route("/admin/people/<int:person_id>/membership", membership, ADMINISTER, methods=BOTH),
        route(
            f"/admin/people/<int:person_id>/<any({PERSON_ACT}):act>", act_on_person, ADMINISTER, methods=BOTH
        ),
        route("/admin/organisations", organisations, ADMINISTER),
        route(
            f"/admin/organisations/<int:organisation_id>/<any({ORGANISATION_ACT}):decision>",
            act_on_organisation,
            ADMINISTER,
            methods=BOTH,
        ),
        route("/admin/hosts", hosts, ADMINISTER),
        route("/admin/requests", requests, ADMINISTER),
        route("/admin/requests/<int:request_id>", data_request, ADMINISTER, methods=BOTH),
        route("/admin/letters", letters, SEE_OPERATIONS),
        route("/admin/letters/<int:letter_id>/retry", retry_letter, SEE_OPERATIONS, methods=("POST",)),
        route("/admin/letters/<int:letter_id>/drop", drop_letter, SEE_OPERATIONS, methods=("POST",)),
        route("/admin/search", search_index, SEE_OPERATIONS, methods=BOTH),
        route("/admin/record", record, ADMINISTER),
    ],
)
