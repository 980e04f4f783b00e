"""On real laws and specifications that were revised, comments find their words as well as we promise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.anchoring.reanchor import State, reanchor
from consult.domain.text.spans import Span
from tests.bench.anchors import found_in
from tests.bench.revisions import SETS, phrases, revisions

pytestmark = pytest.mark.deep


@pytest.mark.parametrize("name", SETS)
def test_whole_passages_meet_every_target(name: str) -> None:
    assert [figure for figure in found_in(name, "passages", revisions(name)) if not figure.met] == []


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("seed", [1, 2])
def test_phrases_within_them_do_too(name: str, seed: int) -> None:
    texts = [phrases(revision, seed=seed) for revision in revisions(name)]
    assert [figure for figure in found_in(name, "phrases", texts) if not figure.met] == []


@pytest.mark.parametrize("name", SETS)
def test_a_place_does_not_depend_on_the_company_a_passage_is_asked_about_in(name: str) -> None:
    for text in revisions(name)[:25]:
        spans = [label.old for label in text.raw]
        assert reanchor(text.old, text.new, spans) == [
            reanchor(text.old, text.new, [span])[0] for span in spans
        ]


@settings(max_examples=2_000, deadline=None)
@given(st.text("ab .\n", max_size=60), st.text("ab .\n", max_size=60), st.data())
def test_thousands_of_texts_without_sense_do_no_harm(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old)))
    (placement,) = reanchor(old, new, [Span(start, data.draw(st.integers(start, len(old))))])
    assert (placement.span is None) == (placement.state is State.ORPHANED)
