"""Comments on a whole document follow their words from section to section, and come back with words that return."""

from __future__ import annotations

from consult.domain.anchoring.reanchor import (
    DocumentAnchor,
    DocumentPlacement,
    Lineage,
    OriginalAnchor,
    State,
    reanchor_document,
)
from consult.domain.text.spans import Span
from tests.domain.anchoring.test_reanchor import PARAGRAPHS

OLD = {
    "cele": "\n".join(PARAGRAPHS[0:2]),
    "konkurs": "\n".join(PARAGRAPHS[2:4]),
    "umowy": "\n".join(PARAGRAPHS[4:6]),
}


def anchor(section: str, quote: str, *, original: bool = False) -> DocumentAnchor[str]:
    text = OLD[section]
    span = Span(text.index(quote), text.index(quote) + len(quote))
    return DocumentAnchor(section, span, OriginalAnchor(section, text, span) if original else None)


def follow(section: str, quote: str, new: dict[str, str], *lineage: Lineage[str]) -> DocumentPlacement[str]:
    (placement,) = reanchor_document(OLD, new, [anchor(section, quote)], lineage)
    return placement


def found(placement: DocumentPlacement[str], new: dict[str, str]) -> tuple[State, str | None, str]:
    assert placement.section is not None
    assert placement.span is not None
    return placement.state, placement.section, placement.span.of(new[placement.section])


def test_in_an_unchanged_section_a_comment_stays_though_others_change() -> None:
    new = {**OLD, "cele": "Wszystko inne.", "nowa": "Nowa sekcja."}
    assert follow("umowy", "na czas określony", new) == DocumentPlacement(
        State.PLACED, "umowy", anchor("umowy", "na czas określony").span, 1.0
    )


def test_a_section_that_moves_in_the_outline_takes_its_comments_along_in_place() -> None:
    new = dict(reversed(OLD.items()))
    assert follow("cele", "roczny program", new).state is State.PLACED


def test_a_paragraph_pasted_into_another_section_is_moved_there() -> None:
    new = {"cele": PARAGRAPHS[0], "konkurs": OLD["konkurs"], "umowy": f"{OLD['umowy']}\n{PARAGRAPHS[1]}"}
    assert found(follow("cele", "otwarty konkurs ofert", new), new) == (
        State.MOVED,
        "umowy",
        "otwarty konkurs ofert",
    )


def test_a_section_that_is_gone_leaves_its_comments_orphaned() -> None:
    new = {"konkurs": OLD["konkurs"], "umowy": OLD["umowy"]}
    assert follow("cele", "roczny program", new) == DocumentPlacement(State.ORPHANED, None, None, 0.0)


def test_a_look_alike_in_another_section_does_not_inherit_the_comment() -> None:
    copy = PARAGRAPHS[1]
    old = {**OLD, "wzory": copy}
    new = {**OLD, "cele": PARAGRAPHS[0], "wzory": copy}
    (placement,) = reanchor_document(old, new, [anchor("cele", "otwarty konkurs ofert")])
    assert placement.state is State.ORPHANED


def test_words_that_fell_to_two_sections_are_for_a_person_to_check() -> None:
    new = {
        "cele": PARAGRAPHS[0],
        "konkurs": f"{OLD['konkurs']}\n{PARAGRAPHS[1]}",
        "umowy": f"{OLD['umowy']}\n{PARAGRAPHS[1]}",
    }
    assert follow("cele", "otwarty konkurs ofert", new).state is State.UNCERTAIN


def test_a_few_words_alone_do_not_carry_a_comment_to_another_section() -> None:
    old = {"a": "Rada gminy uchwala.", "b": PARAGRAPHS[3]}
    new = {"a": "Skreślony.", "b": f"{PARAGRAPHS[3]}\nRada gminy uchwala."}
    (placement,) = reanchor_document(old, new, [DocumentAnchor("a", Span(0, 19))])
    assert placement.state in (State.UNCERTAIN, State.ORPHANED)


def test_when_a_section_is_split_its_comments_follow_to_the_new_part() -> None:
    text = OLD["cele"]
    cut = text.index(PARAGRAPHS[1])
    new = {**OLD, "cele": PARAGRAPHS[0], "ogłoszenie": f"O ogłoszeniu\n{PARAGRAPHS[1]}"}
    split = Lineage("cele", Span(cut, len(text)), "ogłoszenie", len("O ogłoszeniu\n"))
    for quote in ("kultury i sportu", "Wójt"):
        assert found(follow("cele", quote, new, split), new) == (State.MOVED, "ogłoszenie", quote)
    assert follow("cele", "roczny program", new, split).state is State.PLACED


def test_lineage_tells_even_of_a_few_words_where_they_went() -> None:
    old = {"terminy": "Oferty składa się w maju.\nOdwołania: pięć dni."}
    new = {"terminy": "Oferty składa się w maju.", "skargi": "Odwołania: pięć dni."}
    start = old["terminy"].index("pięć")
    split = Lineage("terminy", Span(start - len("Odwołania: "), len(old["terminy"])), "skargi", 0)
    (placement,) = reanchor_document(old, new, [DocumentAnchor("terminy", Span(start, start + 8))], [split])
    assert found(placement, new) == (State.MOVED, "skargi", "pięć dni")


def test_when_sections_are_joined_comments_of_the_second_follow_to_the_first() -> None:
    new = {"cele": f"{OLD['cele']}\n{OLD['konkurs']}", "umowy": OLD["umowy"]}
    join = Lineage("konkurs", Span(0, len(OLD["konkurs"])), "cele", len(OLD["cele"]) + 1)
    assert found(follow("konkurs", "opiniuje oferty", new, join), new) == (
        State.MOVED,
        "cele",
        "opiniuje oferty",
    )


def test_words_that_come_back_regain_their_comment() -> None:
    lost = anchor("cele", "otwarty konkurs ofert", original=True)
    without = {**OLD, "cele": PARAGRAPHS[0]}
    (orphan,) = reanchor_document(OLD, without, [lost])
    assert orphan.state is State.ORPHANED
    (regained,) = reanchor_document(without, OLD, [DocumentAnchor(None, None, lost.original)])
    assert found(regained, OLD) == (State.PLACED, "cele", "otwarty konkurs ofert")


def test_words_that_come_back_elsewhere_regain_their_comment_when_they_are_many() -> None:
    lost = anchor("cele", PARAGRAPHS[1], original=True)
    without = {"konkurs": OLD["konkurs"], "umowy": OLD["umowy"]}
    again = {**without, "nowa": f"Wstęp.\n{PARAGRAPHS[1]}"}
    (regained,) = reanchor_document(without, again, [DocumentAnchor(None, None, lost.original)])
    assert found(regained, again) == (State.MOVED, "nowa", PARAGRAPHS[1])


def test_placements_come_in_the_order_of_the_anchors() -> None:
    quotes = [("umowy", "pięć lat"), ("cele", "Rada gminy"), ("konkurs", "Komisja"), ("cele", "Wójt")]
    new = {name: f"Wstęp.\n{text}" for name, text in OLD.items()}
    placements = reanchor_document(OLD, new, [anchor(*quote) for quote in quotes])
    assert [found(placement, new)[1:] for placement in placements] == quotes
