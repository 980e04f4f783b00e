"""What an accessibility declaration has to say.

Ustawa z dnia 4 kwietnia 2019 r. o dostępności cyfrowej stron internetowych i aplikacji mobilnych podmiotów publicznych,
art. 10-12 (contents, yearly review by 31 March) and art. 18 (requests and complaints: seven days, two months at the most).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Literal

from consult.domain.errors import InvalidInput

Status = Literal["compliant", "partly", "not_compliant"]
STATUSES = ("compliant", "partly", "not_compliant")
METHODS = ("self", "external")


@dataclass(frozen=True, slots=True)
class Declaration:
    """Days are ISO; `not_accessible`, `procedure`, `building` and `interpreter` are Markdown, the rest one line each.

    `site_on` is when the site was published, `changed_on` its last important change, `prepared_on` when the declaration was
    made, `reviewed_on` when it was last gone over; `method` says who judged: the host itself or somebody outside.
    """

    status: str
    site_on: str
    changed_on: str
    prepared_on: str
    reviewed_on: str
    method: str
    judged_by: str
    contact: str
    email: str
    phone: str
    not_accessible: str
    procedure: str
    building: str
    interpreter: str


WORDS = ("not_accessible", "procedure", "building", "interpreter")


def checked_declaration(declaration: Declaration) -> Declaration:
    """Raises InvalidInput beside the field the act asks for and that is not there."""
    if declaration.status not in STATUSES:
        raise InvalidInput("declaration_status", field="status")
    if declaration.method not in METHODS:
        raise InvalidInput("declaration_method", field="method")
    for name in ("site_on", "prepared_on", "reviewed_on"):
        _day(getattr(declaration, name), name)
    if declaration.changed_on:
        _day(declaration.changed_on, "changed_on")
    if date.fromisoformat(declaration.reviewed_on) < date.fromisoformat(declaration.prepared_on):
        raise InvalidInput("declaration_reviewed_before", field="reviewed_on")
    if declaration.status != "compliant" and not declaration.not_accessible:
        raise InvalidInput("declaration_missing", field="not_accessible")
    if declaration.method == "external" and not declaration.judged_by:
        raise InvalidInput("declaration_missing", field="judged_by")
    for name in ("contact", "email", "phone", "procedure", "building", "interpreter"):
        if not getattr(declaration, name):
            raise InvalidInput("declaration_missing", field=name)
    return declaration


def as_particulars(declaration: Declaration) -> dict[str, str]:
    return asdict(declaration)


def from_particulars(particulars: dict[str, str]) -> Declaration:
    return Declaration(**{field.name: particulars.get(field.name, "") for field in fields(Declaration)})


def _day(iso: str, field: str) -> None:
    try:
        date.fromisoformat(iso)
    except ValueError:
        raise InvalidInput("date", field=field) from None
