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
    shown = with_numbers(found.lines, TITLES)
    text = "".join(one.text for one in shown[0].words if one.kind != "del")
    assert text == "Patrz rozdziale 3, tam (§ 7) i nigdzie."
    assert [line.new_start for line in shown] == [line.new_start for line in found.lines]
    assert shown[1] is found.lines[1]


def test_a_reference_changed_in_the_middle_bears_its_number_once() -> None:
    old = f'<p><a href="#s-{SECOND[:12]}">w przepisie o wyniku</a></p>'
    found = compare_laid(lay_out(old), lay_out(old.replace("o wyniku", "o <strong>wyniku</strong>")))
    (line,) = with_numbers(found.lines, TITLES)
    assert "".join(one.text for one in line.words).count("(§ 7)") == 1
