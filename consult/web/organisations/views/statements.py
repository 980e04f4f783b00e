"""Where every host says how accessible it is, what it does with personal data, and how to reach it."""

from __future__ import annotations

from flask import render_template

from consult.storage.queries import organisations as queries
from consult.web.organisations.presenters import HostStatements, StatementsPage
from consult.web.shared.hosts import host_frame


def statements() -> str:
    page = StatementsPage(
        hosts=tuple(
            HostStatements(host_frame(row.id, row=row), row.seat, row.email, row.phone)
            for row in queries.list_host_pages()
        )
    )
    return render_template("organisations/statements.html", page=page)
