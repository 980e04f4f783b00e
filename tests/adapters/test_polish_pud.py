"""The Polish analyser against gold lemmas: the figures we promise."""

from __future__ import annotations

import pytest

from consult.adapters.polish import analyse, analyse_query, folded, has_dictionary
from tests.bench.pud import CONTENT, forms_meeting, lemmas_by_form, typed_meeting
from tests.real_data import real_data

pytestmark = pytest.mark.skipif(not has_dictionary(), reason="no morfeusz2 wheel for this machine")


def terms(form: str) -> set[str]:
    return set().union(*analyse(form))


def asked(form: str) -> set[str]:
    return set().union(*analyse_query(form))


@pytest.mark.parametrize("only", [frozenset(), CONTENT], ids=["all words", "content words"])
def test_forms_of_a_word_meet_and_hardly_any_others(only: frozenset[str]) -> None:
    meeting = forms_meeting(lemmas_by_form(real_data("polish", "pud.conllu"), only=only), terms)
    assert meeting.recall >= 0.97
    assert meeting.precision >= 0.90


@pytest.mark.parametrize(
    "only", [pytest.param(frozenset(), marks=pytest.mark.deep), CONTENT], ids=["all words", "content words"]
)
def test_they_meet_when_typed_without_polish_letters(only: frozenset[str]) -> None:
    lemmas = lemmas_by_form(real_data("polish", "pud.conllu"), only=only)
    meeting = typed_meeting(lemmas, folded, asked, terms)
    assert meeting.recall >= 0.95
    assert meeting.precision >= 0.85
