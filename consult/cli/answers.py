"""How commands speak: errors as one sentence on standard error, tables as aligned text."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click

from consult.domain.errors import ConsultError

P = ParamSpec("P")
R = TypeVar("R")


def in_words(error: ConsultError) -> str:
    """An error as one line: its code and facts."""
    facts = ", ".join(f"{name}={value}" for name, value in error.facts.items() if value is not None)
    return f"{error.code}{f' ({facts})' if facts else ''}"


def reports_errors(command: Callable[P, R]) -> Callable[P, R]:
    """A command whose refusals are one sentence and exit code 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except ConsultError as error:
            click.echo(f"consult: {in_words(error)}", err=True)
            sys.exit(1)

    return run
