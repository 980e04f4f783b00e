"""Differences traced to the steps that made them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.diffing.attribution import attribute
from consult.domain.diffing.laid import Difference, compare_laid
from consult.domain.text.passages import Laid, Passage, Shape
from consult.domain.text.spans import Span


def plain(text: str) -> Laid:
    return Laid(text, (Passage(Shape.PARAGRAPH, Span(0, len(text))),) if text else (), ())


def differences(texts: list[str]) -> tuple[Difference, ...]:
    return compare_laid(plain(texts[0]), plain(texts[-1])).differences


def test_each_difference_belongs_to_the_step_that_wrote_its_words() -> None:
    texts = [
        "Urząd odpowiada w ciągu 21 dni. Spotkanie odbywa się w urzędzie.",
        "Urząd odpowiada w ciągu 30 dni. Spotkanie odbywa się w urzędzie.",
        "Urząd odpowiada w ciągu 30 dni. Spotkanie odbywa się w miejscu dostępnym.",
    ]
    assert attribute(texts, differences(texts)) == [(1,), (2,)]


def test_words_written_and_overwritten_belong_to_both_steps() -> None:
    texts = ["Termin to 21 dni.", "Termin to 30 dni.", "Termin to 45 dni."]
    assert attribute(texts, differences(texts)) == [(1, 2)]


def test_words_put_in_and_taken_out_again_make_no_difference_to_the_rest() -> None:
    texts = [
        "Ala ma kota i psa.",
        "Ala ma kota i dużego psa.",
        "Ala ma kota i psa.",
        "Ala ma dwa koty i psa.",
    ]
    assert attribute(texts, differences(texts)) == [(3,)]


def test_a_deletion_is_traced_though_nothing_of_it_is_left() -> None:
    texts = ["Raz. Dwa trzy cztery. Pięć.", "Raz. Dwa trzy cztery. Sześć.", "Raz. Sześć."]
    found = dict(
        zip(
            [one.old.of(texts[0]) for one in differences(texts)],
            attribute(texts, differences(texts)),
            strict=True,
        )
    )
    assert {steps for words, steps in found.items() if "cztery" in words} <= {(2,), (1, 2)}


def test_what_is_only_set_otherwise_belongs_to_a_step_that_left_the_words_alone() -> None:
    texts = ["Urząd musi.", "Urząd musi.", "Urząd musi zawsze."]
    made = attribute(texts, [Difference(Span(6, 10), Span(6, 10), is_of_setting=True)])
    assert made == [(1,)]


WORDS = st.lists(st.sampled_from(["raz", "dwa", "trzy", "cztery", "pięć", "sześć"]), max_size=12).map(
    " ".join
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=5))
def test_no_difference_is_without_a_step(texts: list[str]) -> None:
    found = differences(texts)
    made = attribute(texts, found)
    assert len(made) == len(found)
    assert all(steps and set(steps) <= set(range(1, len(texts))) for steps in made)
