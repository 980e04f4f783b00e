"""Files that wait for a submission to be entered: kept aside, named in the form by signed words nobody else can make."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from consult.domain.errors import InvalidInput
from consult.services import submissions as service
from consult.services.sockets import current_ports
from consult.services.submissions import NewFile
from consult.web.shared.errors import wording
from consult.web.shared.forms import Form
from consult.web.shared.signatures import read_signed, signed

_PURPOSE = "files of a submission"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file kept aside: its token, and what a reader of forms found it to be, "" for a scan."""

    token: str
    form_kind: str = ""


def written(waiting: list[Waiting]) -> str:
    return signed([[one.token, one.form_kind] for one in waiting], _PURPOSE) if waiting else ""


def waiting_in(words: str) -> list[tuple[Waiting, NewFile]]:
    """What such words name, as far as it is still there: files are kept for a day."""
    named = read_signed(words, _PURPOSE) if words else None
    found = []
    for token, form_kind in named or ():
        kept = current_ports().files.find(token)
        if kept is not None:
            found.append((Waiting(token, form_kind), NewFile(kept[0], kept[1], form_kind)))
    return found


def take_scans(form: Form, waiting: list[Waiting]) -> list[Waiting]:
    """The files with those that were sent along now; one that is no scan says so beside the field."""
    taken = list(waiting)
    for file in sent_scans():
        try:
            service.checked_file(file)
        except InvalidInput as error:
            form["scan"].errors = [*form["scan"].errors, f"{file.name[:100]}: {wording(error)}"]
        else:
            taken.append(Waiting(current_ports().files.keep(file.content, name=file.name)))
    return taken


def sent_scans() -> list[NewFile]:
    """The scans a request brings along."""
    return [
        NewFile(upload.read(), upload.filename) for upload in request.files.getlist("scan") if upload.filename
    ]
