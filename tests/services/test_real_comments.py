"""Real review comments, each handed in on the very line it was made on: every one has a number and a place."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import pytest

from consult.domain.policy.actors import SYSTEM
from consult.domain.text.normalise import normalise
from consult.domain.text.projection import Projection, project
from consult.domain.text.spans import Span
from consult.services import comments
from consult.services.comments import Pointing, Remark, Sender
from consult.services.quotations import list_placements
from consult.services.verification import verify_documents
from consult.storage.queries import comments as queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.documents import SectionRow
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import new_document, open_consultation
from tests.real_data import real_data


@dataclass(frozen=True, slots=True)
class Made:
    """A comment as it was made: in which review, on which line, with which wording suggested."""

    review: str
    line: str
    body: str
    suggestion: str | None


def made_comments() -> list[Made]:
    path = real_data("comments", "ietf-moq.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Made(row["review"], row["exact"], row["body"], row["suggestion"]) for row in rows]


def text_of(made: Sequence[Made]) -> str:
    """A document of the lines that were commented on, a part for every hundred of them, each line a block of its own."""
    lines = list(dict.fromkeys(one.line for one in made))
    parts = [
        f"## Part {at // 100 + 1}\n\n" + "\n\n".join(lines[at : at + 100]) for at in range(0, len(lines), 100)
    ]
    return "# Lines\n\n" + "\n\n".join(parts) + "\n"


@cache
def projection_of(source: str, plain: str) -> Projection:
    return project(source, plain)


def line_in(sections: Sequence[SectionRow], line: str) -> Pointing:
    """Where a line of the source stands in what readers see; the whole part where they see nothing of it."""
    for section in sections:
        at = section.source.find(line) if line.strip() else -1
        if at >= 0:
            span = projection_of(section.source, section.plain).to_plain(Span(at, at + len(line)))
            words = span.of(section.plain)
            first = span.start + len(words) - len(words.lstrip())
            shown = Span(first, first + len(words.strip()))
            return Pointing(section.section_id, section.text_id, None if shown.is_empty else shown)
    return Pointing(sections[0].section_id, sections[0].text_id)


def remarks_of(made: Sequence[Made], sections: Sequence[SectionRow]) -> Iterator[list[Remark]]:
    """The comments of each review, to be handed in together."""
    for _, together in groupby(made, key=lambda one: one.review):
        yield [
            Remark(
                one.body or "(no words)", proposed=one.suggestion, pointings=(line_in(sections, one.line),)
            )
            for one in together
        ]


def hand_in(store: Store, made: Sequence[Made]) -> None:
    slug = new_document(store, text_of(made))
    open_consultation(store, slug)
    document = document_queries.get_document(slug, EVERYTHING)
    consultation = consultation_queries.list_consultations(document_id=document.id)[0]
    sections = document_queries.list_version_sections(consultation.version_id)
    sender = Sender("resident")
    for remarks in remarks_of(made, sections):
        comments.submit_comments(SYSTEM, slug, remarks, sender, now=store.now)
    rows = queries.list_comments(consultation.register_id, with_drafts=True)
    assert [row.number for row in rows] == list(range(1, len(made) + 1))
    assert [row.text for row in rows] == [normalise(one.body or "(no words)").strip() for one in made]
    states = Counter(line.state for line in list_placements(SYSTEM, slug))
    assert sum(states.values()) == len(made)
    assert states["placed"] == len(made), states
    plains = {section.text_id: section.plain for section in sections}
    places = queries.list_placements_of([row.id for row in rows], version_id=consultation.version_id)
    assert len(places) == len(made)
    for place in places:
        assert place.exact == plains[place.origin_text][place.origin_start : place.origin_end]
    # an empty line and a ruler are no words anybody sees: those comments are on the part
    said = {row.id: any(sign.isalnum() for sign in one.line) for row, one in zip(rows, made, strict=True)}
    shown = sum(place.scope == "passage" for place in places if said[place.comment_id])
    assert shown >= 0.99 * sum(said.values())
    assert verify_documents(SYSTEM, slug)[0].fault is None


def test_a_sample_of_real_comments_stands_on_its_lines(store: Store) -> None:
    hand_in(store, made_comments()[:30])


@pytest.mark.deep
def test_every_real_comment_stands_on_its_line_and_the_sum_adds_up(store: Store) -> None:
    hand_in(store, made_comments())
