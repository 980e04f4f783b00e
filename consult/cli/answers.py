"""How commands speak: a refusal is one sentence on standard error and exit code 1, never a traceback.

Facts go into the sentences by name; the code stands behind, for those who want to look it up.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import NoReturn, ParamSpec, TypeVar

import click

from consult.domain.errors import ConsultError
from consult.ports.search import SearchUnavailable
from consult.services.health import check_health

P = ParamSpec("P")
R = TypeVar("R")

SENTENCES = {
    "conflict.email_taken": "There is an account with this e-mail address already.",
    "conflict.slug_taken": "There is an organisation of that name in addresses already.",
    "invalid.capacity": "There is no such capacity.",
    "invalid.comment_empty": "The comment says nothing.",
    "invalid.comment_too_long": "The comment is longer than {limit} characters.",
    "invalid.control_characters": "The text holds a character that cannot be kept, at position {position}.",
    "invalid.document_kind": "A document is one of: {taken}.",
    "invalid.export_format": "Texts are written as: {taken}.",
    "invalid.file_damaged": "The file is damaged or incomplete.",
    "invalid.file_empty": "There is no text in the file.",
    "invalid.file_encoding": "The file is neither UTF-8 nor UTF-16.",
    "invalid.file_encrypted": "The file is locked with a password.",
    "invalid.file_format": "Files of this kind are not read here, only: {taken}.",
    "invalid.file_not_word": "The file is not a Word document.",
    "invalid.file_old_word": "The file is of an old Word; save it as .docx.",
    "invalid.file_too_complex": "The file is built in too complicated a way to be read.",
    "invalid.file_too_large": "The file unpacks to more than can be read here.",
    "invalid.file_unsafe": "The file holds instructions a document does not need, so it was not opened.",
    "invalid.label_empty": "A version needs a label.",
    "invalid.label_too_long": "The label is longer than {limit} characters.",
    "invalid.note_too_long": "The note is longer than {limit} characters.",
    "invalid.organisation_missing": "Say which organisation, office or firm it is.",
    "invalid.password_length": "A password needs at least {shortest} characters.",
    "invalid.phrase_empty": "Say at least one word or number.",
    "invalid.phrase_too_long": "The words are longer than {limit} characters.",
    "invalid.quote_not_found": "These words do not stand in the text as often as that.",
    "invalid.title_empty": "A document needs a title.",
    "invalid.title_too_long": "The title is longer than {limit} characters.",
    "invalid.too_many_sections": "The file has more than {limit} headings.",
    "not_found.change": "There is no change of that number.",
    "not_found.consultation": "There is no such consultation.",
    "not_found.document": "There is no document of that name.",
    "not_found.host": "There is no organisation here that could keep documents.",
    "not_found.version": "There is no version of that number.",
    "rule.consultation_closed": "The consultation has ended.",
    "rule.nothing_to_publish": "There is no text to publish yet.",
}


def in_words(error: ConsultError) -> str:
    """An error as one line: its sentence, with its code behind; just the code and its facts where none is known."""
    sentence = SENTENCES.get(error.code)
    if sentence is not None:
        return f"{sentence.format_map(error.facts)} ({error.code})"
    facts = ", ".join(f"{name}={value}" for name, value in error.facts.items() if value is not None)
    return f"{error.code}{f' ({facts})' if facts else ''}"


def reports_errors(command: Callable[P, R]) -> Callable[P, R]:
    """A command whose refusals are one sentence and exit code 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except ConsultError as error:
            _refuse(in_words(error))
        except SearchUnavailable as error:
            _refuse(f"The search index cannot be used now: it is {error.reason}.")
        except OSError as error:
            _refuse(f"{error.strerror or error}: {error.filename}" if error.filename else str(error))
        except Exception:
            if check_health().database:
                raise
            _refuse("The store has no tables yet, or its database does not answer; try: consult db upgrade")

    return run


def _refuse(sentence: str) -> NoReturn:
    click.echo(f"consult: {sentence}", err=True)
    sys.exit(1)
