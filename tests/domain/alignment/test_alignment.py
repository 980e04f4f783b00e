"""A section keeps its identity through whatever people do to a text between two versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from consult.domain.diffing.alignment import Alignment, LineageHint, LineageKind, OldSection, State, align
from consult.domain.text.outline import Piece, split
from tests.pace import within

CHAPTER = """# Statut

Wstęp do statutu, w którym mowa o celu jego nadania.

## Rozdział I Przepisy ogólne

### Art. 1. Przedmiot

Statut określa ustrój gminy oraz zasady działania jej organów i jednostek pomocniczych.

### Art. 2. Siedziba

Siedzibą organów gminy jest miasto powiatowe położone nad rzeką.

## Rozdział II Rada

### Przepisy ogólne

Rada liczy piętnastu radnych wybieranych na pięcioletnią kadencję.

### Art. 3. Sesje

Sesje rady zwołuje przewodniczący nie rzadziej niż raz na kwartał.

## Rozdział III Wójt

### Przepisy ogólne

Wójt wykonuje uchwały rady i gospodaruje mieniem komunalnym.

### Art. 4. Zastępca

Wójt powołuje zastępcę w drodze zarządzenia na czas swojej kadencji.
"""


def named(text: str) -> list[OldSection[str]]:
    """The sections of a text, each identified by its place and the first words of its source."""
    return [
        OldSection(f"{at}: {piece.source.split(chr(10))[0]}", piece.heading, piece.level, piece.source)
        for at, piece in enumerate(split(text))
    ]


def revise(old: str, new: str) -> Alignment[str]:
    return align(named(old), split(new))


def states(alignment: Alignment[str]) -> list[str]:
    return [piece.state.value for piece in alignment.pieces]


def identities(alignment: Alignment[str]) -> list[int | None]:
    """For every new piece the place of the old section it continues."""
    return [None if piece.old_id is None else int(piece.old_id.split(":")[0]) for piece in alignment.pieces]


ALL = list(range(len(split(CHAPTER))))


def test_an_unaltered_text_keeps_every_section() -> None:
    alignment = revise(CHAPTER, CHAPTER)

    assert identities(alignment) == ALL
    assert set(states(alignment)) == {"kept"}
    assert alignment.count() == {**dict.fromkeys(State, 0), State.KEPT: len(ALL)}


def test_an_edited_body_is_the_same_section_changed() -> None:
    alignment = revise(CHAPTER, CHAPTER.replace("piętnastu radnych", "dwudziestu jeden radnych"))

    assert identities(alignment) == ALL
    assert states(alignment).count("changed") == 1
    assert alignment.pieces[5].state is State.CHANGED
    assert 0.5 < alignment.pieces[5].similarity < 1


def test_a_wholly_rewritten_body_under_its_heading_is_the_same_section() -> None:
    new = CHAPTER.replace(
        "Siedzibą organów gminy jest miasto powiatowe położone nad rzeką.",
        "O miejscu urzędowania rozstrzyga uchwała podjęta większością głosów.",
    )

    assert identities(revise(CHAPTER, new)) == ALL


def test_a_renamed_section_keeps_its_identity() -> None:
    alignment = revise(CHAPTER, CHAPTER.replace("### Art. 3. Sesje", "### Art. 3. Obrady i głosowania"))

    assert identities(alignment) == ALL
    assert alignment.pieces[6].state is State.RENAMED


def test_renumbering_after_an_insertion_moves_nobody() -> None:
    new = (
        CHAPTER.replace("Art. 4.", "Art. 5.")
        .replace("Art. 3.", "Art. 4.")
        .replace(
            "## Rozdział II Rada",
            "### Art. 3. Herb\n\nHerbem gminy jest dąb na złotym polu.\n\n## Rozdział II Rada",
        )
    )
    alignment = revise(CHAPTER, new)

    assert identities(alignment) == [0, 1, 2, 3, None, 4, 5, 6, 7, 8, 9]
    assert "moved" not in states(alignment)
    assert alignment.removed == ()


def test_an_article_put_under_an_old_number_does_not_inherit_the_old_article() -> None:
    new = CHAPTER.replace("### Art. 2. Siedziba", "### Art. 3. Siedziba").replace(
        "### Art. 3. Siedziba",
        "### Art. 2. Herb\n\nHerbem gminy jest dąb na złotym polu.\n\n### Art. 3. Siedziba",
    )
    alignment = revise(CHAPTER, new)

    assert alignment.pieces[3].old_id is None
    assert alignment.pieces[4].old_id == "3: ### Art. 2. Siedziba"


def test_a_moved_section_is_the_same_and_the_others_stand_still() -> None:
    pieces = [piece.source for piece in split(CHAPTER)]
    moved = [*pieces[:2], *pieces[3:8], pieces[2], *pieces[8:]]
    alignment = revise(CHAPTER, "".join(moved))

    assert identities(alignment) == [0, 1, 3, 4, 5, 6, 7, 2, 8, 9]
    assert [at for at, state in enumerate(states(alignment)) if state == "moved"] == [7]


def test_a_section_moved_renamed_and_edited_at_once_tells_all_three() -> None:
    pieces = [piece.source for piece in split(CHAPTER)]
    altered = pieces[2].replace("Art. 1. Przedmiot", "Art. 9. Zakres").replace("ustrój", "zasady ustroju")
    alignment = revise(CHAPTER, "".join([*pieces[:2], *pieces[3:], altered]))
    last = alignment.pieces[-1]

    assert last.old_id == "2: ### Art. 1. Przedmiot"
    assert (last.state, last.is_moved, last.is_renamed, last.is_changed) == (State.MOVED, True, True, True)


def test_equal_headings_in_several_chapters_are_told_apart() -> None:
    new = CHAPTER.replace("Rada liczy piętnastu", "Rada gminy liczy dwudziestu").replace(
        "Wójt wykonuje uchwały rady", "Wójt odpowiada przed radą i wykonuje jej uchwały"
    )

    assert identities(revise(CHAPTER, new)) == ALL


def test_equal_headings_without_a_body_are_told_apart_by_their_neighbours() -> None:
    def chapter(number: int, heading: str) -> str:
        body = f"Treść rozdziału {number} o sprawie {heading}, która nie powtarza się nigdzie.\n"
        return f"## Rozdział {number}\n\n### Przepisy ogólne\n\n### {heading}\n\n{body}\n"

    names = ["Woda", "Las", "Droga", "Szkoła"]
    old = "".join(chapter(number, name) for number, name in enumerate(names, 1))
    new = "".join(chapter(number, name) for number, name in enumerate(["Powietrze", *names], 1))

    assert identities(revise(old, new)) == [None, None, None, *range(12)]


def test_many_tiny_articles_of_nearly_equal_text_keep_their_identities() -> None:
    def article(number: int, topic: int) -> str:
        return f"### Art. {number}.\n\nMinister ogłasza w drodze obwieszczenia wykaz numer {topic}.\n\n"

    old = "".join(article(number, number) for number in range(1, 201))
    kept = [number for number in range(1, 201) if number not in (40, 120)]
    new = "".join(article(place, number) for place, number in enumerate(kept, 1))
    alignment = revise(old, new)

    assert identities(alignment) == [number - 1 for number in kept]
    assert [removed.split(":")[0] for removed in alignment.removed] == ["39", "119"]


def test_repealed_articles_of_equal_text_stay_in_their_places() -> None:
    def article(number: int) -> str:
        if number % 3 == 0:
            return f"### Art. {number}.\n\n(uchylony)\n\n"
        return f"### Art. {number}.\n\nPrzepis o sprawie numer {number}, różny od wszystkich innych przepisów.\n\n"

    old = "".join(article(number) for number in range(1, 31))
    new = old.replace(
        "### Art. 1.\n", "### Art. 1a.\n\nZupełnie nowy przepis wstępny na samym początku.\n\n### Art. 1.\n"
    )

    assert identities(revise(old, new)) == [None, *range(30)]


def test_a_removed_and_an_unlike_added_section_in_its_place_are_two_sections() -> None:
    new = CHAPTER.replace(
        "### Art. 3. Sesje\n\nSesje rady zwołuje przewodniczący nie rzadziej niż raz na kwartał.",
        "### Art. 3b. Diety\n\nRadnym przysługują diety w wysokości ustalonej uchwałą.",
    )
    alignment = revise(CHAPTER, new)

    assert alignment.pieces[6].state is State.ADDED
    assert alignment.removed == ("6: ### Art. 3. Sesje",)


def test_a_changed_level_changes_the_section_without_moving_it() -> None:
    alignment = revise(CHAPTER, CHAPTER.replace("### Art. 2.", "#### Art. 2."))

    assert identities(alignment) == ALL
    assert alignment.pieces[3].state is State.CHANGED


def test_the_preamble_stays_the_preamble_however_it_is_rewritten() -> None:
    alignment = revise("Tekst wstępny.\n\n# Tytuł\n", "Zupełnie co innego na początku.\n\n# Tytuł\n")

    assert identities(alignment) == [0, 1]


LONG = (
    "Gmina prowadzi rejestr umów zawieranych przez jednostki organizacyjne. "
    "Rejestr jest jawny i publikowany w biuletynie co miesiąc. "
)
MORE = (
    "Skargę wniesioną po raz drugi w tej samej sprawie pozostawia się bez rozpoznania. "
    "Skarżący może żądać wglądu do akt w siedzibie urzędu w godzinach pracy. "
)
SECOND = (
    "Skargi na działalność kierowników rozpatruje komisja w terminie trzydziestu dni. "
    "O wyniku zawiadamia się skarżącego na piśmie wraz z uzasadnieniem. "
)


def test_a_split_leaves_the_identity_with_the_first_part_and_hints_at_the_second() -> None:
    old = f"# A\n\nCałkiem inny tekst stoi tutaj.\n\n## Jawność\n\n{LONG}\n\n{SECOND}\n"
    new = f"# A\n\nCałkiem inny tekst stoi tutaj.\n\n## Rejestr\n\n{LONG}\n\n## Skargi\n\n{SECOND}\n"
    alignment = revise(old, new)

    assert identities(alignment) == [0, 1, None]
    assert alignment.lineage == (LineageHint(LineageKind.SPLIT, "1: ## Jawność", 2),)


def test_the_first_part_keeps_the_identity_even_where_the_second_is_longer() -> None:
    old = f"# A\n\nCałkiem inny tekst stoi tutaj.\n\n## Jawność\n\n{LONG}\n\n{SECOND}{MORE}\n"
    new = f"# A\n\nCałkiem inny tekst stoi tutaj.\n\n## Rejestr\n\n{LONG}\n\n## Skargi\n\n{SECOND}{MORE}\n"
    split_up, joined = revise(old, new), revise(new, old)

    assert identities(split_up) == [0, 1, None]
    assert split_up.lineage == (LineageHint(LineageKind.SPLIT, "1: ## Jawność", 2),)
    assert identities(joined) == [0, 1]
    assert joined.lineage == (LineageHint(LineageKind.JOIN, "2: ## Skargi", 1),)


def test_a_part_that_keeps_the_heading_keeps_the_identity() -> None:
    old = f"# A\n\nCałkiem inny tekst stoi tutaj.\n\n## Skargi\n\n{LONG}\n\n{SECOND}{MORE}\n"
    new = f"# A\n\nCałkiem inny tekst stoi tutaj.\n\n## Rejestr\n\n{LONG}\n\n## Skargi\n\n{SECOND}{MORE}\n"
    alignment = revise(old, new)

    assert identities(alignment) == [0, None, 1]
    assert alignment.lineage == (LineageHint(LineageKind.SPLIT, "1: ## Skargi", 1),)


def test_a_heading_of_words_is_known_again_wherever_it_went_with_whatever_text() -> None:
    pieces = [piece.source for piece in split(CHAPTER)]
    rewritten = "## Rejestr umów gminy\n\nZupełnie inne zdanie, którego dotąd nigdzie nie było.\n\n"
    old = f"## Rejestr umów gminy\n\n{LONG}\n\n" + "".join(pieces)
    alignment = revise(old, "".join(pieces) + rewritten)

    assert identities(alignment)[-1] == 0
    assert alignment.pieces[-1].state is State.MOVED


def test_a_join_keeps_the_first_and_hints_at_the_second() -> None:
    old = f"# A\n\nCałkiem inny tekst stoi tutaj.\n\n## Rejestr\n\n{LONG}\n\n## Skargi\n\n{SECOND}\n"
    new = f"# A\n\nCałkiem inny tekst stoi tutaj.\n\n## Jawność\n\n{LONG}\n\n{SECOND}\n"
    alignment = revise(old, new)

    assert identities(alignment) == [0, 1]
    assert alignment.removed == ("2: ## Skargi",)
    assert alignment.lineage == (LineageHint(LineageKind.JOIN, "2: ## Skargi", 1),)


@pytest.mark.parametrize(("old", "new"), [("", ""), ("", CHAPTER), (CHAPTER, "")])
def test_nothing_aligns_with_nothing(old: str, new: str) -> None:
    alignment = revise(old, new)

    assert len(alignment.removed) == len(split(old))
    assert set(states(alignment)) <= {"added"}


@dataclass(frozen=True, slots=True)
class Bare:
    """Anything with these three is a section."""

    heading: str
    level: int
    source: str


def test_identities_may_be_of_any_kind_and_pieces_of_any_make() -> None:
    old: Sequence[OldSection[int]] = [OldSection(7, "Cele", 1, "# Cele\n\nDługi tekst o celach.\n")]

    assert align(old, [Bare("Cele", 1, "# Cele\n\nDługi tekst o celach.\n")]).pieces[0].old_id == 7


def test_a_thousand_rewritten_sections_take_bounded_time() -> None:
    def text(seed: int) -> list[Piece]:
        words = [f"słowo{(number * 7919 + seed) % 997}" for number in range(40)]
        return [
            Piece(
                2,
                f"Art. {n}.",
                f"## Art. {n}.\n\n{' '.join(words[n % 17 :])} {n + seed}\n",
                f"## Art. {n}.\n",
            )
            for n in range(1_000)
        ]

    old = [OldSection(at, piece.heading, piece.level, piece.source) for at, piece in enumerate(text(0))]
    with within(5):
        align(old, text(1))
