"""When words appeared in a document and when they went is told exactly, whichever way they went through it."""

from __future__ import annotations

import functools
import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain

import pytest

from consult.domain.errors import InvalidInput, NotFound
from consult.domain.policy.actors import ANONYMOUS, SYSTEM, Actor
from consult.domain.text.normalise import normalise
from consult.services import appearances, dispositions, documents, drafting
from consult.services.appearances import Appearances, find_appearances
from consult.storage.queries import documents as queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store, analyser
from tests.factories.records import (
    TEXT,
    comment_on,
    new_document,
    new_people,
    open_consultation,
    publish,
    section,
)
from tests.real_data import real_data
from tests.services.indexer import NoWorker


def revise(store: Store, slug: str, text: str) -> int | None:
    return documents.revise_document(
        SYSTEM, slug, content=text.encode(), filename="projekt.md", note="", now=store.now
    ).change_no


def spans_of(found: Appearances) -> list[tuple[int, int | None]]:
    return [(period.from_no, period.until_no) for period in found.periods]


def ask(slug: str, words: str, actor: Actor = SYSTEM, **options: bool) -> Appearances:
    return find_appearances(actor, slug, words, limit=10_000, **options)


# Against a scan of everything there ever was


@functools.lru_cache(maxsize=20_000)
def evened(plain: str) -> str:
    return " ".join(plain.lower().split())


def stands_in(words: str) -> Callable[[str], bool]:
    """Whether a text holds words, looked for letter by letter."""
    wanted = " ".join(words.lower().split())

    def holds(plain: str) -> bool:
        text = evened(plain)
        at = text.find(wanted)
        while at >= 0:
            before, after = text[at - 1 : at], text[at + len(wanted) : at + len(wanted) + 1]
            if not (re.match(r"\w", before) and re.match(r"\w", wanted)) and not (
                re.match(r"\w", after) and re.match(r"\w", wanted[-1])
            ):
                return True
            at = text.find(wanted, at + 1)
        return False

    return holds


def forms_stand_in(words: str, language: str) -> Callable[[str], bool]:
    wanted = [token.terms for token in analyser().query_tokens(words, language)]

    def holds(plain: str) -> bool:
        terms = [token.terms for token in analyser().tokens(plain, language)]
        return any(
            all(one & other for one, other in zip(wanted, terms[at:], strict=False))
            for at in range(len(terms) - len(wanted) + 1)
        )

    return holds


@dataclass
class History:
    """Every text of a document at every change, section by section, and the changes of its versions."""

    slug: str
    texts: list[list[str]] = field(repr=False)
    versions: list[int]
    different: dict[str, int] = field(init=False, repr=False)
    at_change: list[frozenset[int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.different = {
            text: place for place, text in enumerate(dict.fromkeys(chain.from_iterable(self.texts)))
        }
        self.at_change = [frozenset(self.different[text] for text in texts) for texts in self.texts]

    def changes_with(self, holds: Callable[[str], bool]) -> list[bool]:
        """Whether any text holds it, change by change; every different text is looked at once."""
        holding = {place for text, place in self.different.items() if holds(text)}
        return [not holding.isdisjoint(texts) for texts in self.at_change]


def history_of(slug: str) -> History:
    document = queries.get_document(slug, EVERYTHING)
    texts = [
        [row.plain for row in queries.list_sections_at(document.id, number)]
        for number in range(1, document.last_change_no + 1)
    ]
    versions = [row.change_no for row in reversed(queries.list_versions(document.id))]
    return History(slug, texts, versions)


def periods_of(there: Sequence[bool]) -> list[tuple[int, int | None]]:
    periods: list[tuple[int, int | None]] = []
    began = None
    for number, is_there in enumerate(there, start=1):
        if is_there and began is None:
            began = number
        if not is_there and began is not None:
            periods.append((began, number))
            began = None
    return [*periods, (began, None)] if began is not None else periods


def scanned(history: History, holds: Callable[[str], bool]) -> list[tuple[int, int | None]]:
    return periods_of(history.changes_with(holds))


def phrases_of(history: History, chance: random.Random, count: int) -> list[str]:
    """Runs of words of the document at any time, some of them of no time."""
    found = []
    for _ in range(count):
        words = chance.choice(chance.choice(history.texts)).split()
        at, length = chance.randrange(max(1, len(words))), chance.choice([1, 1, 2, 3, 5, 8])
        found.append(" ".join(words[at : at + length])[:300])
    found += [" ".join(reversed(one.split())) for one in found[: count // 8]]
    return [one for one in found if any(sign.isalnum() for sign in one)]


def check(history: History, chance: random.Random, count: int) -> None:
    for words in phrases_of(history, chance, count):
        try:
            found = ask(history.slug, words)
        except InvalidInput:
            continue  # nothing but quotation marks around a sign
        there = history.changes_with(stands_in(found.phrase.words))
        assert (words, spans_of(found)) == (words, periods_of(there))
        for period in found.periods:
            assert period.versions == tuple(
                number
                for number, change in enumerate(history.versions, start=1)
                if period.from_no <= change and (period.until_no is None or change < period.until_no)
            )
        in_versions = [there[change - 1] for change in history.versions]
        shown = [
            number for period in ask(history.slug, words, ANONYMOUS).periods for number in period.versions
        ]
        assert shown == [number for number, is_there in enumerate(in_versions, start=1) if is_there]


def replay(store: Store, texts: list[str], chance: random.Random) -> History:
    """A document going through texts, with parts taken out, moved and brought back in between, and versions."""
    slug = new_document(store, texts[0])
    publish(store, slug)
    for text in texts[1:]:
        revise(store, slug, text)
        rows = queries.list_draft_sections(queries.get_document(slug, EVERYTHING).id)
        sources = [row.source for row in rows]
        for _ in range(2):
            if len(sources) < 2:
                break
            at = chance.randrange(len(sources))
            moved = sources.pop(at)
            if chance.random() < 0.7:
                sources.insert(chance.randrange(len(sources) + 1), moved)
            revise(store, slug, "".join(f"{one.rstrip()}\n\n" for one in sources) or text)
        if chance.random() < 0.6:
            publish(store, slug)
    revise(store, slug, texts[0])
    return history_of(slug)


def real_chains(name: str, count: int, longest: int = 40_000) -> list[list[str]]:
    """Texts of one statute or specification in the order of their dates."""
    chains: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    with gzip.open(real_data("revisions", f"{name}.sample.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            if len(line["old"]) + len(line["new"]) < 2 * longest:
                chains[line["doc"]].append((line["date"], line["old"], line["new"]))
    ordered = sorted(chains.values(), key=lambda one: -len(one))[:count]
    return [[normalise(text) for _, *pair in sorted(chain) for text in pair] for chain in ordered]


@pytest.mark.parametrize("name", ["ee", "ch", "de_bundestag", "quic"])
def test_the_answer_equals_a_scan_of_a_real_history(store: Store, name: str) -> None:
    chance = random.Random(f"{name} 1")
    for texts in real_chains(name, 1, longest=12_000 if name != "quic" else 40_000):
        check(replay(store, texts[:4], chance), chance, 25)


@pytest.mark.deep
@pytest.mark.parametrize("name", ["ee", "ch", "de_bundestag", "quic"])
def test_the_answer_equals_a_scan_of_all_real_histories(store: Store, name: str) -> None:
    chance = random.Random(f"{name} 2")
    with store.replaced(jobs=NoWorker()):  # nothing here is searched for in an index
        for texts in real_chains(name, 10_000, longest=100_000):
            check(replay(store, texts, chance), chance, 8 * len(texts))


def test_words_in_any_form_are_found_as_a_scan_finds_them(store: Store) -> None:
    chance = random.Random(5)
    texts = [
        TEXT,
        TEXT.replace("siedmiu dni roboczych", "siedem dni roboczych"),
        TEXT.replace("w ciągu siedmiu dni roboczych", "po siedmiu dniach roboczych"),
        TEXT.replace("organizacje współpracują", "organizacja współpracuje"),
        TEXT.replace("Projekt uchwały", "Projekty uchwał"),
    ]
    history = replay(store, texts, chance)
    for words in [
        "siedem dni",
        "siedem dni roboczy",
        "organizacja współpracuje",
        "projektem uchwały",
        "wspolpraca",
        "rada gminy",
        *phrases_of(history, chance, 20),
    ]:
        found = ask(history.slug, words, in_any_form=True)
        assert spans_of(found) == scanned(history, forms_stand_in(found.phrase.words, "pl")), words


# What counts as standing


def save(store: Store, slug: str, heading: str, old: str, new: str) -> None:
    standing = section(slug, heading)
    assert old in standing.source
    drafting.save_section(
        SYSTEM,
        slug,
        standing.section_id,
        source=standing.source.replace(old, new),
        base_text_id=standing.text_id,
        note="Poprawka.",
        now=store.now,
    )


def test_words_that_move_to_another_part_have_not_gone(store: Store) -> None:
    slug = new_document(store)
    sentence = "Wynik naboru ogłasza się w ciągu siedmiu dni roboczych."
    revise(
        store,
        slug,
        TEXT.replace(f"{sentence}\n\n", "").replace("elektronicznej.", f"elektronicznej. {sentence}"),
    )
    (period,) = ask(slug, "ogłasza się w ciągu siedmiu dni").periods
    assert (period.from_no, period.until_no) == (1, None)
    assert [place.heading for place in period.places] == ["Zlecanie zadań", "Forma konsultacji"]


def test_words_that_stand_twice_have_not_gone_when_one_of_them_goes(store: Store) -> None:
    slug = new_document(store, TEXT.replace("elektronicznej.", "elektronicznej w siedzibie urzędu."))
    save(store, slug, "Zlecanie zadań", " w siedzibie urzędu", "")
    assert spans_of(ask(slug, "w siedzibie urzędu")) == [(1, None)]
    save(store, slug, "Forma konsultacji", " w siedzibie urzędu", "")
    assert spans_of(ask(slug, "w siedzibie urzędu")) == [(1, 3)]


def test_a_split_a_join_and_a_restoring_keep_the_words(store: Store) -> None:
    slug = new_document(store)
    divided = TEXT.replace("\n\nWynik naboru", "\n\n### Wyniki\n\nWynik naboru")
    revise(store, slug, divided)
    revise(store, slug, TEXT)
    drafting.remove_section(SYSTEM, slug, section(slug, "Zlecanie zadań").section_id, note="", now=store.now)
    revise(store, slug, TEXT)
    assert spans_of(ask(slug, "w ciągu siedmiu dni roboczych")) == [(1, 4), (5, None)]


@pytest.mark.parametrize(
    "words",
    ["WYNIK  naboru\n ogłasza", "„wynik naboru ogłasza”", "wynik\u00a0naboru ogłasza", "ŻĄDANIE ŚRODKÓW"],
)
def test_sizes_of_letters_white_space_and_quotation_marks_do_not_matter(store: Store, words: str) -> None:
    slug = new_document(store, TEXT + "\nŻądanie środków.\n")
    assert spans_of(ask(slug, words)) == [(1, None)]


@pytest.mark.parametrize("words", ["ynik naboru", "wynik nabor", "100%", "w_nik naboru", "%"])
def test_only_whole_words_count_and_signs_stand_for_themselves(store: Store, words: str) -> None:
    slug = new_document(store)
    if words == "%":
        with pytest.raises(InvalidInput, match="phrase_empty"):
            ask(slug, words)
    else:
        assert ask(slug, words).periods == ()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "phrase_empty"),
        ("„”", "phrase_empty"),
        ("x" * 401, "phrase_too_long"),
        ("a\x00b", "control_characters"),
    ],
)
def test_what_is_no_phrase_is_refused(store: Store, words: str, code: str) -> None:
    slug = new_document(store)
    with pytest.raises(InvalidInput) as refused:
        ask(slug, words)
    assert refused.value.code == f"invalid.{code}"


# By which change, whose, and because of what


def test_a_change_made_for_a_comment_is_told_with_the_comment_and_its_answer(store: Store) -> None:
    people = new_people(store)
    slug = new_document(store, host_id=people.host_id)
    open_consultation(store, slug)
    (comment_id,) = comment_on(store, slug, "siedmiu dni roboczych").comment_ids
    standing = section(slug, "Zlecanie zadań")
    start = standing.source.index("siedmiu dni")
    dispositions.save_disposition(
        people.official,
        comment_id,
        outcome="accepted",
        justification="Słusznie.",
        wording=dispositions.Wording(
            standing.section_id,
            standing.text_id,
            appearances.Span(start, start + len("siedmiu dni")),
            "pięciu dni",
        ),
        expected_revision=0,
        now=store.now,
    )
    (gone,) = ask(slug, "siedmiu dni roboczych", people.official).periods
    (new,) = ask(slug, "pięciu dni roboczych", people.official).periods
    assert gone.went
    assert gone.went.number == new.came.number == 2
    for turn in (gone.went, new.came):
        assert turn.comment
        assert turn.comment.id == comment_id
        assert turn.comment.answer
        assert turn.comment.answer.outcome == "accepted"
    (step,) = new.came.steps
    assert step.heading == "Zlecanie zadań"
    assert [span.of(step.after) for span in step.spans] == ["pięciu dni roboczych"]
    assert ask(slug, "siedmiu dni roboczych", ANONYMOUS).periods[0].went is None
    assert ask(slug, "pięciu dni roboczych", ANONYMOUS).periods == ()


def test_outsiders_are_told_by_versions_and_nothing_of_the_team(store: Store) -> None:
    people = new_people(store)
    slug = new_document(store, host_id=people.host_id)
    publish(store, slug)
    save(store, slug, "Konsultacje", "poddaje się", "bezzwłocznie poddaje się")
    save(store, slug, "Konsultacje", "bezzwłocznie ", "zawsze ")
    save(store, slug, "Konsultacje", "zawsze ", "niezwłocznie ")
    assert ask(slug, "niezwłocznie poddaje", ANONYMOUS).periods == ()
    publish(store, slug)
    save(store, slug, "Konsultacje", "niezwłocznie ", "")
    (period,) = ask(slug, "niezwłocznie poddaje", ANONYMOUS).periods
    assert (period.versions, period.went) == ((2,), None)
    assert (period.came.number, period.came.version_no) == (4, 2)
    assert (period.came.by, period.came.note) == ("Urząd Miasta", "")
    (step,) = period.came.steps
    assert "zawsze" not in step.before + step.after, "a wording no version held"
    assert ask(slug, "bezzwłocznie poddaje", ANONYMOUS).periods == ()
    assert ask(slug, "bezzwłocznie poddaje", people.neighbour).periods == ()
    assert len(ask(slug, "bezzwłocznie poddaje", people.member).periods) == 1
    publish(store, slug)
    (period,) = ask(slug, "niezwłocznie poddaje", ANONYMOUS).periods
    assert period.went
    assert (period.went.number, period.went.version_no) == (5, 3)


def test_of_a_document_nobody_published_outsiders_learn_nothing(store: Store) -> None:
    people = new_people(store)
    slug = new_document(store, host_id=people.host_id)
    for outsider in (ANONYMOUS, people.neighbour):
        with pytest.raises(NotFound):
            ask(slug, "gmina", outsider)


def test_only_the_last_periods_are_told_in_full(store: Store) -> None:
    slug = new_document(store)
    for _ in range(3):
        save(store, slug, "Konsultacje", "poddaje się", "zawsze poddaje się")
        save(store, slug, "Konsultacje", "zawsze ", "")
    found = find_appearances(SYSTEM, slug, "zawsze poddaje", limit=2)
    assert (spans_of(found), found.earlier) == ([(4, 5), (6, 7)], 1)
