"""The form of a collection: a place for each document of the host, made when the page knows them."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import HiddenField, StringField, TextAreaField

from consult.web.shared.forms import Form


class CollectionForm(Form):
    host_id = HiddenField()
    title = StringField()
    intro = TextAreaField()
    documents = StringField()


def collection_form(document_ids: Sequence[int]) -> CollectionForm:
    """The form with a field for the place of each of these documents; an empty place leaves it out."""
    fields = {f"place_{document_id}": StringField() for document_id in document_ids}
    made: CollectionForm = type("FilledCollectionForm", (CollectionForm,), fields)()
    return made
