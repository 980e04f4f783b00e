"""Pages of views of contact data."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.contact_views.views import list_all
from consult.web.shared.routes import blueprint, route

pages = blueprint(
    "contact_views",
    [route("/hosts/<slug>/contact-views", list_all, Permission.MANAGE_HOST)],
)
