"""A comparison shows references with the numbers their readers saw; where its lines begin stays as it is."""

from __future__ import annotations

from consult.domain.diffing.laid import compare_laid
from consult.domain.text.passages import lay_out
from consult.web.shared.compared_references import with_numbers

FIRST, SECOND = "a" * 32, "b" * 32
TITLES = {FIRST: ("Rozdział 3", "Rozdział 3. Ocena"), SECOND: ("§ 7", "§ 7. Wynik")}


def referring(words: str) -> str:
    return (
        f'<p>{words} <a href="#s-{FIRST[:12]}">rozdziale <span data-generated="">2</span></a>, '
        f'<a href="#s-{SECOND[:12]}">tam</a> i <a href="#s-{"c" * 12}">nigdzie</a>.</p><p>Dalej.</p>'
    )


def test_references_in_a_comparison_bear_the_number_of_their_section() -> None:
    found = compare_laid(lay_out(referring("Zobacz")), lay_out(referring("Patrz")))
    shown = with_numbers(found.lines, TITLES, TITLES)
    text = "".join(one.text for one in shown[0].words if one.kind != "del")
    assert text == "Patrz rozdziale 3, tam (§ 7) i nigdzie."
    assert [line.new_start for line in shown] == [line.new_start for line in found.lines]
    assert shown[1] is found.lines[1]


def test_a_reference_changed_in_the_middle_bears_its_number_once() -> None:
    old = f'<p><a href="#s-{SECOND[:12]}">w przepisie o wyniku</a></p>'
    found = compare_laid(lay_out(old), lay_out(old.replace("o wyniku", "o <strong>wyniku</strong>")))
    (line,) = with_numbers(found.lines, TITLES, TITLES)
    assert "".join(one.text for one in line.words).count("(§ 7)") == 1


BEFORE = {FIRST: ("2", "2 Ocena"), SECOND: ("§ 6", "§ 6. Wynik")}
AFTER = {FIRST: ("4", "4 Ocena"), SECOND: ("§ 7", "§ 7. Wynik")}


def bare(section_id: str) -> str:
    return f'<a href="#s-{section_id[:12]}"><span data-generated="">2</span></a>'


def read(old: str, new: str) -> list[tuple[str, str]]:
    found = compare_laid(lay_out(f"<p>{old}</p><p>Dalej.</p>"), lay_out(f"<p>{new}</p><p>Dalej.</p>"))
    shown = with_numbers(found.lines, AFTER, BEFORE)
    assert all(line.words == raw.words for line, raw in zip(shown[1:], found.lines[1:], strict=True))
    kinds = [(one.kind, one.text) for one in shown[0].words]
    joined: list[tuple[str, str]] = []
    for kind, text in kinds:
        if joined and joined[-1][0] == kind:
            text = joined.pop()[1] + text
        joined.append((kind, text))
    return joined


def test_a_reference_that_is_a_number_alone_shows_where_it_is_read() -> None:
    assert read(f"Zob. {bare(FIRST)}.", f"Zob. {bare(FIRST)}.") == [("same", "Zob. 4.")]
    assert read(f"Zob. {bare(FIRST)}", f"Zob. {bare(FIRST)}") == [("same", "Zob. 4")]
    assert read(f"W {bare(FIRST)} mowa ({bare(SECOND)}).", f"W {bare(FIRST)} mowa ({bare(SECOND)}).") == [
        ("same", "W 4 mowa (7).")
    ]
    assert read("Nic.", f"Nic. {bare(FIRST)} mówi o tym.")[-1] == ("ins", " 4 mówi o tym.")


def test_struck_out_references_bear_the_number_they_had() -> None:
    assert read(f"Dawny przepis: {bare(FIRST)} całkiem.", "Nowe słowa.")[0] == (
        "del",
        "Dawny przepis: 2 całkiem",
    )
    link = f'<a href="#s-{SECOND[:12]}">§ <span data-generated="">6</span></a>'
    assert ("del", "Stosuje się § 6") in read(f"Stosuje się {link}.", "Pominięto.")


def test_another_section_under_the_same_words_is_a_difference() -> None:
    assert read(f"Zob. {bare(FIRST)}.", f"Zob. {bare(SECOND)}.") == [
        ("same", "Zob. "),
        ("del", "2"),
        ("ins", "7"),
        ("same", "."),
    ]
