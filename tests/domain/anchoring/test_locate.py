"""A quote and its neighbours are enough to find a passage again, or to say honestly that nobody can be sure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.anchoring.describe import describe
from consult.domain.anchoring.locate import Located, locate
from consult.domain.anchoring.selectors import Selectors
from consult.domain.text.spans import Span
from tests.domain.anchoring.test_reanchor import PARAGRAPHS, TEXT, phrase, span_of, words_of_the_text
from tests.pace import within

few = settings(max_examples=30, deadline=None)


def located(quote: str, new: str, old: str = TEXT) -> Located | None:
    return locate(new, describe(old, span_of(quote, old)))


@given(words_of_the_text)
@few
def test_what_was_described_is_located_in_the_same_text(choice: tuple[int, int, int]) -> None:
    span = span_of(phrase(choice))
    assert locate(TEXT, describe(TEXT, span)) == Located(span, 1.0, True)


@given(words_of_the_text, st.permutations(PARAGRAPHS))
@few
def test_a_passage_is_located_wherever_its_paragraph_went(
    choice: tuple[int, int, int], order: list[str]
) -> None:
    new = "\n".join(order)
    found = located(phrase(choice), new)
    assert found is not None
    assert found.span.of(new) == phrase(choice)


@given(st.text(max_size=60), st.text(max_size=60), st.data())
@few
def test_any_text_and_any_description_give_a_place_within_the_text(
    old: str, new: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(old)))
    found = locate(new, describe(old, Span(start, data.draw(st.integers(start, len(old))))))
    assert found is None or (found.span.end <= len(new) and 0 <= found.score <= 1)


def test_a_description_holds_the_quote_and_whole_words_beside_it() -> None:
    selectors = describe(TEXT, span_of("otwarty konkurs"))
    assert selectors.exact == "otwarty konkurs"
    assert TEXT.count(selectors.prefix + selectors.exact + selectors.suffix) == 1
    assert selectors.suffix == " ofert na realizację zadań "
    assert selectors.position == span_of("otwarty konkurs")


def test_a_repeated_passage_is_described_with_as_many_neighbours_as_tell_it_apart() -> None:
    block = "Kto nie wykonuje obowiązku, podlega karze grzywny w drodze postępowania."
    text = "\n".join(
        [f"Art. 1. Sprawozdania. {block}", f"Art. 2. Wnioski. {block}", f"Art. 3. Skargi. {block}"]
    )
    starts = [at for at in range(len(text)) if text.startswith("grzywny", at)]
    for start in starts:
        span = Span(start, start + len("grzywny"))
        assert locate(text, describe(text, span)) == Located(span, 1.0, True)


def test_a_description_is_what_the_web_annotation_model_asks_for() -> None:
    assert Selectors("rada", "Uchwala ", " gminy", Span(8, 12)).as_annotation() == [
        {"type": "TextQuoteSelector", "exact": "rada", "prefix": "Uchwala ", "suffix": " gminy"},
        {"type": "TextPositionSelector", "start": 8, "end": 12},
    ]


def test_an_edited_passage_is_located_by_its_words() -> None:
    new = "Dodany wstęp.\n" + TEXT.replace("w dziedzinie kultury", "z zakresu kultury")
    found = located("ogłasza otwarty konkurs ofert na realizację zadań publicznych w dziedzinie kultury", new)
    assert found is not None
    assert found.span.of(new).startswith("ogłasza otwarty konkurs")
    assert found.span.of(new).endswith("z zakresu kultury")
    assert found.score < 1


def test_a_passage_that_is_gone_is_not_located() -> None:
    new = "\n".join(PARAGRAPHS[:1] + PARAGRAPHS[2:])
    assert located(PARAGRAPHS[1], new) is None


def test_of_two_equal_places_none_is_certain() -> None:
    new = "\n".join(["Gmina ogłasza wykaz dotacji."] * 2)
    found = locate(new, Selectors("Gmina ogłasza wykaz dotacji."))
    assert found is not None
    assert not found.certain


def test_a_short_quote_among_other_neighbours_is_not_certain() -> None:
    found = locate(
        "W mieście działa rada gminy.", Selectors("rada gminy", "Uchwała, którą podjęła ", " w maju")
    )
    assert found is not None
    assert not found.certain


def test_a_caret_is_located_between_its_neighbours() -> None:
    at = TEXT.index("Komisja")
    assert locate("Wstęp.\n" + TEXT, describe(TEXT, Span(at, at))) == Located(Span(at + 7, at + 7), 1.0, True)


def test_a_span_outside_the_text_cannot_be_described() -> None:
    with pytest.raises(ValueError, match="outside"):
        describe("abc", Span(2, 4))


@pytest.mark.deep
def test_a_passage_is_located_in_400_kilobytes_within_a_fraction_of_a_second() -> None:
    filler = [
        f"Artykuł {n}. Gmina prowadzi ewidencję numer {n} i ogłasza wykaz {n % 7}." for n in range(6_000)
    ]
    text = "\n".join([*filler[:3_000], *PARAGRAPHS, *filler[3_000:]])
    quote = describe(TEXT, span_of(PARAGRAPHS[3])).exact.replace("opiniuje", "ocenia")
    with within(0.3):
        found = locate(text, Selectors(quote))
        assert found is not None
        assert found.span.of(text) == PARAGRAPHS[3]
